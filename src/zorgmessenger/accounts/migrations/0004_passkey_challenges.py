from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasskeyChallenge",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("session", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=8)),
                ("ends_at", models.DateTimeField()),
            ],
        ),
    ]
