import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zorgmessenger.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_passkey_challenges"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactorRecovery",
            fields=[
                (
                    "id",
                    models.UUIDField(default=zorgmessenger.ids.new, editable=False, primary_key=True, serialize=False),
                ),
                ("organisation", models.UUIDField(db_index=True)),
                ("asked_by", models.UUIDField()),
                ("how", models.CharField(max_length=16)),
                ("note_sealed", models.BinaryField()),
                ("token", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(default="", max_length=8)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recoveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("person",), name="one_recovery_at_a_time"
                    )
                ],
            },
        ),
    ]
