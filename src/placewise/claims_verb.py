"""`claims`: what a partnership has stated, held against itself, and put into the record of a site."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from placewise.console import STORE, Json, Store, print_json, read_day, say
from placewise.floor.faults import refuse
from placewise.site_program import run_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placewise.floor.ledger.claim import StatedClaim
    from placewise.floor.ledger.finding import Finding

claims = typer.Typer(
    help="Figures that were stated: which cannot stand side by side, and put into the record.", no_args_is_help=True
)


@claims.command()
def load(
    file: Annotated[Path, typer.Argument(help="The claims, a row each (docs: claims.csv of a deployment).")],
    deployment: Annotated[
        str | None, typer.Option(envvar="PLACEWISE_DEPLOYMENT", help="A deployment's name or folder.")
    ] = None,
    store: Store = STORE,
) -> None:
    """Put a file's claims into the site's record, all or nothing; a changed row supersedes its earlier one."""
    from placewise.floor.ledger.claims_file import read_claims

    read_claims(file)  # its mistakes are told before the site is started
    raise typer.Exit(run_site("claims", str(file.resolve()), store=store, deployment=deployment))


@claims.command()
def conflicts(
    deployment: Annotated[str, typer.Argument(help="A deployment's name or folder, or a file of claims.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Judge targets by this day, not by their document's.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Hold them against the figures of the release in force in this store as well.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what cannot be true together, which blocks decisions, and what is easily misread, which warns."""
    from placewise.floor.ledger.build import find_conflicts
    from placewise.floor.ledger.claims_file import read_claims

    stated = read_claims(_find_file(deployment))
    found = (*find_conflicts(stated, _read_clock(as_of)), *_find_against_release(stated, store))
    if as_json:
        print_json([asdict(each) | {"blocks": each.blocks} for each in found])
        return
    for each in found:
        say.print(f"{each.type} ({'blocks' if each.blocks else 'warns'}): {', '.join(each.claims)}", style="bold")
        say.print(f"  {each.told}; {each.remedy}.", markup=False)
    blocking = sum(each.blocks for each in found)
    say.print(f"{len(stated)} claims: {blocking} contradictions, {len(found) - blocking} findings that warn.")


def _find_against_release(stated: "Sequence[StatedClaim]", store: Path | None) -> "list[Finding]":
    from placewise.publishing.against_stated import find_against_release
    from placewise.publishing.release import open_current

    if store is None:
        return []
    release = open_current(store)
    if release is None:
        raise refuse(store, "it holds no release", "build and release one, or leave --store out")
    return find_against_release(stated, release)


def _find_file(named: str) -> Path:
    from placewise.config import find_deployment
    from placewise.floor.ledger.claims_file import CLAIMS_FILE

    path = Path(named) if named.endswith(".csv") else find_deployment(named) / CLAIMS_FILE
    if not path.is_file():
        raise refuse(path, "there is no such file", "write what was stated there, a row a figure")
    return path


def _read_clock(written: str | None) -> date | None:
    return None if written is None else read_day("--as-of", written)
