from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Max


def as_far_as_the_team_is(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    conversations = apps.get_model("conversations", "Conversation").objects.exclude(team=None)
    participants = apps.get_model("conversations", "Participant").objects.exclude(person=F("conversation__client"))
    for conversation in conversations.only("id").iterator():
        mine = participants.filter(conversation=conversation)
        marks = mine.aggregate(delivered=Max("delivered"), read=Max("read"))
        conversations.filter(pk=conversation.pk).update(
            team_delivered=marks["delivered"] or 0, team_read=marks["read"] or 0
        )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_quiet")]

    operations = [
        migrations.AddField("conversation", "team_delivered", models.BigIntegerField(default=0)),
        migrations.AddField("conversation", "team_read", models.BigIntegerField(default=0)),
        migrations.RunPython(as_far_as_the_team_is, migrations.RunPython.noop),
    ]
