from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from zorgmessenger.audit import chain, writer


def give_codes(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Gives each head that there is the code of where it stands."""
    for head in apps.get_model("audit", "AuditHead").objects.all():
        head.code = chain.head_code(writer.chain_key(), head.organisation, head.position, bytes(head.link))
        head.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("crypto", "0001_initial")]

    operations = [
        migrations.AddField(model_name="audithead", name="code", field=models.BinaryField(default=b"")),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
