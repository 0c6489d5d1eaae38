"""`impact`: what treating so many people does, good and bad, and who says so."""

from typing import TYPE_CHECKING, Annotated

import typer

from placewise.console import Json, print_json, say
from placewise.floor.faults import nearest, refuse

if TYPE_CHECKING:
    from placewise.plans.impact.contract import Events


def impact(
    measures: Annotated[list[str], typer.Argument(help="A measure's slug. Two are refused: effects do not add up.")],
    people: Annotated[int, typer.Option(min=0, help="How many are newly treated, those who decline left out.")],
    as_json: Json = False,
) -> None:
    """Tell events prevented beside events caused, the net as a range, each with its horizon and source."""
    from placewise.definitions import read_all_definitions
    from placewise.plans.impact.build import build_impact
    from placewise.plans.impact.checks import check_may_be_added
    from placewise.plans.impact.words import as_row, tell_net

    stated = {slug: each for programme in read_all_definitions().programmes for slug, each in programme.impact.items()}
    for measure in measures:
        if measure not in stated:
            raise refuse(measure, "no programme states what treating its people does", nearest(measure, stated))
    found = [build_impact(measure, stated[measure], people) for measure in dict.fromkeys(measures)]
    check_may_be_added([each.prevented[0] for each in found])
    (asked,) = found
    if as_json:
        print_json(as_row(asked))
        return
    say.print(f"{asked.people_are}: {people:,}", markup=False)
    for heading, events in (("Prevented", asked.prevented), ("Caused", asked.caused)):
        say.print(f"\n[bold]{heading}[/bold]")
        _say(events)
    say.print("\n[bold]Net[/bold]")
    say.print(f"  {tell_net(asked)}", markup=False)
    say.print("\nOf groups of people, never of one. Whoever is treated already gains less.", markup=False)


def _say(events: "tuple[Events, ...]") -> None:
    from placewise.plans.impact.words import tell_events

    for each in events:
        say.print(f"  {tell_events(each)}", markup=False)
        for line in (f"{each.population}.", f"Source: {each.source}.", each.note):
            if line:
                say.print(f"      {line}", markup=False)
