import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zorgmessenger.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_quiet_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.UUIDField(default=zorgmessenger.ids.new, editable=False, primary_key=True, serialize=False),
                ),
                ("sealed", models.BinaryField()),
                ("since", models.DateTimeField()),
                ("used_at", models.DateTimeField()),
                (
                    "session",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="device",
                        to="accounts.session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KnownBrowser",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("used_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="browsers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
