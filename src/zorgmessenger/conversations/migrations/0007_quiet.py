from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_until")]

    operations = [
        migrations.AddField(model_name="conversation", name=name, field=models.DateTimeField(null=True))
        for name in ("replied_at", "quiet_until")
    ]
