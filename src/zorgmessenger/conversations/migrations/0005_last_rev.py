from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_answer_by")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="last_rev",
            field=models.BigIntegerField(default=0),
        ),
    ]
