"""Conflicts are kept with the days on which they were found; before this their past had to be worked out."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def note_beginning(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A record that holds claims already knows only what is found now."""
    if apps.get_model("evidence", "StatedClaim").objects.exists():
        apps.get_model("evidence", "ConflictsKept").objects.create(since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_measured_claims")]
    operations = [
        migrations.AlterModelOptions(name="conflict", options={"ordering": ["-blocks", "type", "subject", "pk"]}),
        migrations.AddField("conflict", "since", models.DateTimeField(default=timezone.now), preserve_default=False),
        migrations.AddField("conflict", "until", models.DateTimeField(null=True)),
        migrations.AddIndex("conflict", models.Index(fields=["until", "since"], name="conflict_from_until")),
        migrations.CreateModel(
            name="ConflictsKept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
            ],
            options={"verbose_name": "record of when conflicts began to be kept"},
        ),
        migrations.RunPython(note_beginning, migrations.RunPython.noop),
    ]
