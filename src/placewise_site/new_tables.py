"""Make the tables of a migration at once, as they stand at its end.

Django works out every model that a change may concern again after each single operation, which on a new database takes
most of the time of `migrate`: each of ours concerns people, and so nearly everything. SQLite also copies a table for
each constraint added to it. Tables that nobody has filled yet need neither.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

Additions = Sequence[CreateModel | AddField | AddConstraint | AddIndex]


class NewTables(Operation):
    """The same tables as these operations would make one after another. Raises ValueError where one of them adds to a
    table that is not made here."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Additions) -> None:
        self.operations = operations
        self.made = [each.name.lower() for each in operations if isinstance(each, CreateModel)]
        for each in operations:
            if not isinstance(each, CreateModel) and each.model_name.lower() not in self.made:
                raise ValueError(f"{each.describe()}: {each.model_name} is not among the tables made here")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        rendered = state.__dict__.pop("apps", None)  # while there are none, no operation works them out again
        for each in self.operations:
            each.state_forwards(app_label, state)
        if rendered is not None:
            state.apps = rendered
            state.reload_models([(app_label, name) for name in self.made], delay=False)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in self._find_models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in reversed(self._find_models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Create the tables {', '.join(self.made)}"

    def _find_models(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: Any) -> list[Any]:
        """Those that belong into this database."""
        models = [state.apps.get_model(app_label, name) for name in self.made]
        return [each for each in models if self.allow_migrate_model(schema_editor.connection.alias, each)]
