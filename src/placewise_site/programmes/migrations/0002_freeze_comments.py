from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from placewise_site.accounts.freezing import freeze, thaw

TABLES = ("programmes_comment", "programmes_removal")


def freeze_comments(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        freeze(schema_editor, table)


def thaw_comments(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        thaw(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [migrations.RunPython(freeze_comments, thaw_comments)]
