"""`ambitions`: what was promised, and what became of it, target by target."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from placewise.console import STORE, Json, Store, print_json, read_day, read_named, say
from placewise.floor.faults import refuse

if TYPE_CHECKING:
    from placewise.gaps.ambitions.contract import AmbitionCard, TargetCard

NOBODY = "nobody answers for it yet"


def ambitions(
    deployment: Annotated[
        str | None, typer.Argument(envvar="PLACEWISE_DEPLOYMENT", help="A deployment's name or folder.")
    ] = None,
    store: Store = STORE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="YYYY-MM-DD: judged on that day, by what had ended by then.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell every ambition, target by target: wording, where it began, where it is, and whether it is met."""
    from placewise.publishing.ambitions import get_ambitions
    from placewise.publishing.release import open_current

    if as_of:
        from placewise import pipeline

        day = read_day("--as-of", as_of)
        cards = pipeline.judge(read_named(deployment), store, day).ambitions
    else:
        release = open_current(store)
        if release is None:
            raise refuse(store, "nothing has been released from it", "run `placewise release`, or give --as-of")
        if deployment and (asked := read_named(deployment).slug) != release.manifest.deployment:
            told = f"what is released from it is of {release.manifest.deployment}, not of {asked}"
            raise refuse(store, told, "name that deployment, or another store")
        cards = get_ambitions(release.manifest.ambitions)
    if as_json:
        print_json([{**each.model_dump(mode="json"), "owner": each.owner or NOBODY} for each in cards])
        return
    for card in cards:
        _say(card)


def _say(card: "AmbitionCard") -> None:
    say.print(f"\n[bold]{card.title}[/bold]  ({card.owner or NOBODY})")
    say.print(f"  “{card.wording}”", markup=False)
    if card.doubt:
        say.print(f"  In doubt: {card.doubt}", markup=False)
    for target in card.targets:
        say.print(f"  {target.verdict.upper()}: {target.says}{_by(target.due)}", markup=False)
        for line in (_figures(target), target.told, *target.notes, *_doubt(target)):
            if line:
                say.print(f"      {line}", markup=False)


def _by(due: date | None) -> str:
    return f", by {due:%Y-%m-%d}" if due else ", no date"


def _figures(target: "TargetCard") -> str:
    said = [
        f"{name} {target.scale.words(point.value)} ({point.when})"
        for name, point in (("start", target.baseline), ("latest", target.latest))
        if point is not None and point.value is not None
    ]
    aim = [f"aim {target.scale.words(target.aim)}"] if target.aim is not None else []
    return "; ".join([*said, *aim])


def _doubt(target: "TargetCard") -> list[str]:
    return [f"In doubt: {target.doubt}"] if target.doubt else []
