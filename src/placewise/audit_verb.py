"""`audit`: are the logs of who looked at persons' rows as they were written? The store's own, and the site's."""

from pathlib import Path
from typing import Annotated

import typer

from placewise.console import STORE, Store, say
from placewise.site_program import run_site

STORE_LOG = "store"
"""What the store's own log is called among notes."""

audit = typer.Typer(
    help="Who looked at persons' rows: whether the logs are as they were written.", no_args_is_help=True
)


@audit.command()
def verify(
    noted: Annotated[Path | None, typer.Option(help="The file written by `audit note`, kept elsewhere.")] = None,
    store: Store = STORE,
) -> None:
    """Say of each log how many rows it has and that none was touched, or which one was; exit 1 where any was."""
    from placewise.explanation import ACCESS_LOG
    from placewise.floor.access import FileAccessLog
    from placewise.floor.access_notes import read_noted

    log = FileAccessLog(store / ACCESS_LOG)
    faults = log.verify(read_noted(noted, STORE_LOG) if noted else {})
    for fault in faults:
        say.print(str(fault), style="red", markup=False)
    if not faults:
        say.print(f"The access log of the store is as it was written: {log.end[0]:,} rows.")
    of_site = run_site("audit", "verify", *(("--noted", str(noted.resolve())) if noted else ()), store=store)
    raise typer.Exit(1 if faults or of_site else 0)


@audit.command()
def note(
    file: Annotated[Path, typer.Argument(help="A file on another machine, or one that is carried there.")],
    store: Store = STORE,
) -> None:
    """Note where each log ends now. Kept elsewhere, it shows a log that was rewritten whole or cut short."""
    from placewise.explanation import ACCESS_LOG
    from placewise.floor.access import FileAccessLog
    from placewise.floor.access_notes import note_end

    note_end(file, STORE_LOG, FileAccessLog(store / ACCESS_LOG).end)
    raise typer.Exit(run_site("audit", "note", "--noted", str(file.resolve()), store=store))
