from django.db import migrations

from placewise_site.accounts.freezing import freeze, thaw

TABLE = "evidence_claim"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: freeze(schema_editor, TABLE),
            lambda apps, schema_editor: thaw(schema_editor, TABLE),
        )
    ]
