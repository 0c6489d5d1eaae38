from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from placewise_site.accounts.freezing import freeze, thaw

TABLES = ("accounts_event", "accounts_accessevent")


def freeze_logs(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        freeze(schema_editor, table)


def thaw_logs(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        thaw(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(freeze_logs, thaw_logs)]
