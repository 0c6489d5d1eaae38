"""What a claim says is never altered, and goes only once its removal is recorded; and its words can be searched."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from placewise_site.accounts.freezing import freeze, thaw
from placewise_site.evidence.ledger.search import TABLE, build_index, drop_index

NAME = f"{TABLE}_only_removed"
TOLD = "what a claim says is destroyed only once its removal is recorded"
IS_KEPT = "NOT EXISTS (SELECT 1 FROM evidence_removal WHERE claim_id = OLD.claim_id)"


def keep(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    freeze(schema_editor, TABLE, ("UPDATE",))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {IS_KEPT} THEN "
            f"RAISE EXCEPTION '{TOLD}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$"
        )
        schema_editor.execute(f"CREATE TRIGGER {NAME} BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()")
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON {TABLE} WHEN {IS_KEPT} BEGIN SELECT RAISE(ABORT, '{TOLD}'); END"
        )
    build_index(schema_editor)


def let_go(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    drop_index(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {NAME} ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {NAME}()")
    else:
        schema_editor.execute(f"DROP TRIGGER {NAME}")
    thaw(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_ledger")]
    operations = [migrations.RunPython(keep, let_go)]
