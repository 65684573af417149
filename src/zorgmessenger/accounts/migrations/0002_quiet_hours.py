from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="quiet_from",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="quiet_until",
            field=models.SmallIntegerField(null=True),
        ),
    ]
