from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_last_rev")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="until",
            field=models.DateTimeField(null=True),
        ),
    ]
