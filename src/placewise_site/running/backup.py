"""Back the record up to one file, and fill an empty database from it: SQLite or PostgreSQL, either way round.

The file is a zip of two parts: manifest.json (rows by table, the data's hash) and record.json (every row, as Django's
serialiser writes it). Sessions are left out, so that nobody stays signed in through a restore. The store of releases is
not part of it: releases are built again, never backed up.
"""

import hashlib
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.evidence.access_log import find_breaks
from placewise_site.running.start import Unready

LEFT_OUT = {"sessions.session", "contenttypes.contenttype", "auth.permission", "admin.logentry"}
MANIFEST, RECORD = "manifest.json", "record.json"


class ToTheMicrosecond(DjangoJSONEncoder):
    """Django's own encoder cuts times to the millisecond, and the access log's digests cover the microsecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def back_up(file: Path) -> int:
    """Written beside its final place and renamed, so that a full disk leaves the last backup whole."""
    with transaction.atomic():
        rows = [row for model in _models() for row in model._base_manager.order_by("pk").iterator()]
    record = serializers.serialize("json", rows, cls=ToTheMicrosecond).encode()
    counts = _count()
    manifest = {"made_at": timezone.now().isoformat(), "sha256": hashlib.sha256(record).hexdigest(), "rows": counts}
    draft = file.with_name(f".{file.name}.draft")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=2, sort_keys=True))
            archive.writestr(RECORD, record)
        draft.chmod(0o600)
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Unready(f"{file}: it could not be written ({error.strerror}); choose another place.") from error
    print(f"Backed up {sum(counts.values())} rows to {file}")
    return 0


def restore(file: Path) -> int:
    """All or nothing, into an empty database; afterwards the rows are counted and the access log is checked."""
    manifest, record = _read(file)
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    if User.objects.exists():
        raise Unready("The database holds people already; name an empty one in PLACEWISE_DATABASE, then restore.")
    with transaction.atomic():
        _fill(file, record)
        if (found := _count()) != manifest["rows"]:
            wrong = sorted(name for name in found if found[name] != manifest["rows"].get(name))
            raise Unready(f"{file}: the rows of {', '.join(wrong)} do not add up; take another backup.")
        _continue_numbers()
    breaks = list(find_breaks())
    print("\n".join(breaks) or f"Restored {sum(manifest['rows'].values())} rows from {file}")
    return 1 if breaks else 0


def _fill(file: Path, record: bytes) -> None:
    """What the database says of a row that does not fit may quote it, so none of it is told."""
    try:
        for row in serializers.deserialize("json", record.decode()):
            row.save()
    except (DeserializationError, DatabaseError):
        raise Unready(f"{file}: its rows do not fit this version; restore it with the one that made it.") from None


def _read(file: Path) -> tuple[dict[str, Any], bytes]:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest, record = json.loads(archive.read(MANIFEST)), archive.read(RECORD)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        raise Unready(f"{file}: it is not a backup, or it is cut short; use another one.") from None
    if hashlib.sha256(record).hexdigest() != manifest["sha256"]:
        raise Unready(f"{file}: its contents were changed after it was made; use another one.")
    return manifest, record


def _models() -> list[type[models.Model]]:
    """Every table of the record, those pointed to before those that point."""
    found = [model for model in apps.get_models(include_auto_created=False) if model._meta.label_lower not in LEFT_OUT]
    return serializers.sort_dependencies([(config, _of(config, found)) for config in apps.get_app_configs()])


def _of(config: Any, found: list[type[models.Model]]) -> list[type[models.Model]]:
    return [model for model in config.get_models() if model in found]


def _count() -> dict[str, int]:
    return {model._meta.label_lower: model._base_manager.count() for model in _models()}


def _continue_numbers() -> None:
    """New rows are numbered after the restored ones (PostgreSQL's sequences)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
