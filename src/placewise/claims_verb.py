"""`claims`: what a deployment's partnership has stated, held against itself."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from placewise.console import Json, print_json, read_day, say
from placewise.floor.faults import refuse

CLAIMS_FILE = "claims.csv"
claims = typer.Typer(help="Figures that were stated, and which of them cannot stand side by side.")


@claims.callback()
def tell_what_claims_are() -> None:
    """Figures that were stated, and which of them cannot stand side by side."""


@claims.command()
def conflicts(
    deployment: Annotated[str, typer.Argument(help="A deployment's name or folder.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Judge targets by this day, not by their document's.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what cannot be true together, which blocks decisions, and what is easily misread, which warns."""
    from placewise.config import find_deployment
    from placewise.floor.ledger.build import find_conflicts
    from placewise.floor.ledger.claims_file import read_claims

    path = find_deployment(deployment) / CLAIMS_FILE
    if not path.is_file():
        raise refuse(path, "there is no such file", "write what was stated there, a row a figure")
    stated = read_claims(path)
    found = find_conflicts(stated, _read_clock(as_of))
    if as_json:
        print_json([asdict(each) | {"blocks": each.blocks} for each in found])
        return
    for each in found:
        say.print(f"{each.type} ({'blocks' if each.blocks else 'warns'}): {', '.join(each.claims)}", style="bold")
        say.print(f"  {each.told}; {each.remedy}.", markup=False)
    blocking = sum(each.blocks for each in found)
    say.print(f"{len(stated)} claims: {blocking} contradictions, {len(found) - blocking} findings that warn.")


def _read_clock(written: str | None) -> date | None:
    return None if written is None else read_day("--as-of", written)
