"""What is wrong with this site, if anything is."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from placewise_site.accounts.models import AccessEvent
from placewise_site.evidence.access_log import find_breaks, has_notes, note_end
from placewise_site.evidence.deployment import FaultsFound, get_deployment
from placewise_site.evidence.releases import NotReleased, current_release
from placewise_site.running.start import Unready, has_database


def doctor() -> int:
    faults = 0
    for title, find in EXAMINED:
        try:
            found = list(find())
        except DatabaseError:
            found = ["It cannot be read; mend the database first."]
        faults += len(found)
        print(f"{'wrong' if found else 'well':<6} {title}")
        for fault in found:
            print(f"       {fault}")
    return 1 if faults else 0


def audit() -> int:
    """The latest rows of the access log, and whether it is whole."""
    for event in AccessEvent.objects.all()[:20]:
        told = f"denied: {event.denied}" if event.denied else f"{event.shown} shown"
        who = f"{event.name} as {event.role} of {event.place}"
        print(f"{event.number:>6}  {event.at:%Y-%m-%d %H:%M}  {who}: {event.what} of {event.practice}, {told}")
    return verify_audit(None)


def verify_audit(noted: Path | None) -> int:
    """Whether the access log is whole, beside what was noted of it in this file. Raises Unready for no such file.

    Where nobody ever prepared a site there is no log; where its end was noted before, it was taken away.
    """
    try:
        if not has_database():
            return _verify_nothing(noted)
        breaks = list(find_breaks(noted))
    except FaultsFound as found:
        raise Unready(str(found)) from found
    except DatabaseError as error:
        raise Unready("The access log of the site cannot be read; run prepare, or check PLACEWISE_DATABASE.") from error
    print(
        "\n".join(breaks) or f"The access log of the site is as it was written: {AccessEvent.objects.count():,} rows."
    )
    return 1 if breaks else 0


def _verify_nothing(noted: Path | None) -> int:
    is_gone = noted is not None and has_notes(noted)
    told = "is gone: its access log was noted, and there is none" if is_gone else "is not here, so it holds no log"
    print(f"The database of the site {told}.")
    return 1 if is_gone else 0


def note_audit(file: Path) -> int:
    """Note where the log ends now. Raises Unready where the file cannot be written."""
    try:
        if has_database():
            note_end(file)
    except FaultsFound as found:
        raise Unready(str(found)) from found
    print(f"Where the access logs end now is noted in {file}; keep it where those who run this site cannot change it.")
    return 0


def _database() -> Iterator[str]:
    try:
        if MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes()):
            yield "Its tables are not up to date; run prepare."
    except DatabaseError as error:
        yield f"It cannot be reached ({str(error).strip()}); check PLACEWISE_DATABASE."


def _static() -> Iterator[str]:
    if settings.STATIC_ROOT and not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield "They were not collected; run prepare."


def _deployment() -> Iterator[str]:
    try:
        get_deployment()
    except FaultsFound as found:
        yield from (str(fault) for fault in found.faults)


def _release() -> Iterator[str]:
    try:
        if current_release() is None:
            yield f"There is none in {settings.PLACEWISE_STORE}; build and release one."
    except FaultsFound as found:
        yield from (str(fault) for fault in found.faults)
    except NotReleased as refused:
        yield f"It is not shown: {refused}."


EXAMINED: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("database", _database),
    ("static files", _static),
    ("deployment", _deployment),
    ("release in force", _release),
    ("access log", find_breaks),
)
