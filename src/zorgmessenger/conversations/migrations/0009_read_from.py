from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def begin_above(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Who sees messages above a number only began there."""
    apps.get_model("conversations", "Participant").objects.filter(above__gt=0).update(read_from=F("above"))


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_team_marks")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="read_from",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="participant",
            name="read_earlier",
            field=models.TextField(default=""),
        ),
        migrations.RunPython(begin_above, migrations.RunPython.noop),
    ]
