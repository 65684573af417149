from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0010_second_factor_policy"),
    ]

    operations = [
        migrations.AddField(
            model_name="secondfactorpolicy",
            name="recovery_hours",
            field=models.IntegerField(default=24),
        ),
    ]
