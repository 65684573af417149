import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_file_policy"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredCallRules",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="organisations.organisation",
                    ),
                ),
                ("waiting_room", models.BooleanField()),
                ("question_sealed", models.BinaryField()),
            ],
            options={
                "db_table": "organisations_callrules",
            },
        ),
    ]
