from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_refused"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE delivery_refusedaddress SET key = substr(key, 1, 20)",
            migrations.RunSQL.noop,
        ),
    ]
