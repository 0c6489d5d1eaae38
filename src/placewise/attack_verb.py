"""`attack`: what a reader of a release can work out of the counts that it hides."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from placewise.console import STORE, Json, Store, print_json, progress, say
from placewise.floor.faults import refuse

if TYPE_CHECKING:
    from placewise.publishing.attack.contract import Attack


def attack(
    release: Annotated[str | None, typer.Argument(help="A release's name; without it, the one in force.")] = None,
    store: Store = STORE,
    exact: Annotated[bool, typer.Option("--exact", help="Solve also what sums tell only together: minutes.")] = False,
    as_json: Json = False,
) -> None:
    """Try to work out what a release hides, from all that is released; exit 1 where something comes out."""
    from placewise.publishing.attack.build import attack as try_release
    from placewise.publishing.contract import RELEASES
    from placewise.publishing.in_force import get_standing, release_names
    from placewise.publishing.release import open_for_audit

    names = release_names(store)
    if not names or release not in (None, *names):
        fault = f"it has no release called {release}" if names else "there is no release in it"
        raise refuse(store / RELEASES, fault, "run `placewise release`, or name another release or store")
    opened = {name: open_for_audit(store / RELEASES / name) for name in names}
    asked = opened.pop(release or (get_standing(store) or names)[0])
    earlier = [each for each in opened.values() if each.manifest.made_on <= asked.manifest.made_on]
    with progress() as report:
        found = try_release(asked, earlier, exact=exact, report=report)
    if as_json:
        print_json(asdict(found))
    else:
        _say(found)
    raise typer.Exit(1 if found.succeeded else 0)


def _say(found: "Attack") -> None:
    table = Table("table", "cells hidden", "recovered", "narrowed", box=None)
    for name, cells in found.by_table.items():
        table.add_row(name, *(f"{cells[what]:,}" for what in ("hidden", "recovered", "narrowed")))
    say.print(table)
    for each in found.found:
        where = ", ".join(dict.fromkeys(each.cell))
        say.print(f"{each.table}, {where}, {each.month}: {each.counted} is {each.count}. {each.told}", markup=False)
    against = f"{len(found.earlier)} earlier releases" if found.earlier else "no earlier release"
    say.print(f"{found.release} ({found.scheme}), with {against}: {found.hidden:,} cells are hidden.", markup=False)
    say.print(
        f"{found.recovered:,} come out exactly; of {found.narrowed:,} more some small numbers can be ruled out. "
        f"{found.shown_before:,} were shown before. {found.official:,} counts are known from official figures. "
        f"{found.shown_narrowed:,} counts shown are known more closely than "
        "they are rounded."
    )
    if found.asked_exactly:
        say.print(
            f"Of {found.asked_exactly:,} hidden counts all sums were solved together; of {found.undecided:,} of them "
            "the work allowed did not settle it, and they stand as single sums leave them."
        )
