"""`effect`: whether a measure changed where something began, beside areas where it did not."""

from typing import Annotated

import typer
from rich.table import Table

from placewise.console import STORE, Json, Store, print_json, say
from placewise.floor.faults import refuse


def effect(
    measure: Annotated[str, typer.Argument(help="A measure's slug: a share.")],
    start: Annotated[str, typer.Option("--from", help="YYYY-MM: the first month of the programme.")],
    areas: Annotated[str, typer.Option(help="Where it began: codes of one level, with commas between.")],
    store: Store = STORE,
    breaks: Annotated[
        list[str] | None, typer.Option("--break", help="YYYY-MM: another change of level and slope, everywhere.")
    ] = None,
    steps: Annotated[list[str] | None, typer.Option("--step", help="YYYY-MM: another change of level.")] = None,
    as_json: Json = False,
) -> None:
    """Tell whether a measure changed in some areas beside matched or synthetic controls, from what is released."""
    from placewise.publishing.effect import get_effect
    from placewise.publishing.effect_words import CHANCE, as_row, tell_effect, tell_method
    from placewise.publishing.release import NotReleased, open_current

    release = open_current(store)
    if release is None:
        raise refuse(store, "nothing has been released from it", "run `placewise release`, or name another store")
    asked = [each.strip() for each in areas.split(",") if each.strip()]
    try:
        found = get_effect(release, measure, asked, start, breaks or (), steps or ())
    except NotReleased as reason:
        raise refuse(store, str(reason), "ask for what `placewise show` and the pages list") from reason
    if as_json:
        print_json(as_row(found))
        return
    say.print(tell_effect(found), markup=False)
    table = Table("method", "change", "what it rests on", box=None)
    for each in found.judgement.methods:
        decides = f"{each.method} (decides)" if each.method == found.judgement.deciding else each.method
        table.add_row(decides, *((tell_method(each), each.told) if each.change is not None else ("-", each.told)))
    say.print(table)
    for area, why in found.left_out.items():
        say.print(f"Left out: {area}, {why}.", markup=False)
    say.print(CHANCE)
