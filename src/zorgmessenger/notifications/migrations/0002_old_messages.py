"""What was there before anybody could be told of it is no news."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO notifications_noted (conversation_id, seq) SELECT id, last_seq FROM conversations_conversation",
            migrations.RunSQL.noop,
        )
    ]
