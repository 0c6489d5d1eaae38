"""`digest`: a practice's week, for the team that treats its patients."""

import getpass
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from placewise.console import STORE, Json, Store, print_json, say

if TYPE_CHECKING:
    from placewise.publishing.release import Release


def digest(
    practice: Annotated[str, typer.Argument(help="The treating practice's code: the place you read for.")],
    role: Annotated[str, typer.Option(help="Your role.")] = "practice",
    purpose: Annotated[str, typer.Option(help="Why you look.")] = "direct_care",
    store: Store = STORE,
    as_json: Json = False,
) -> None:
    """Tell a practice what is new on its lists, what worsened and whom to see first. Names nobody. Logged."""
    from placewise.explanation import ACCESS_LOG
    from placewise.floor.access import FileAccessLog, Reader
    from placewise.plans.lists.digest import read_digest
    from placewise.plans.lists.read import find_lists, read_lists
    from placewise.publishing.release import open_current

    reader = Reader(name=getpass.getuser(), role=role, purpose=purpose, place=practice)
    found = read_digest(store, practice, reader, FileAccessLog(store / ACCESS_LOG))
    titles = {slug: said["title"] for slug, said in read_lists(find_lists(store)).items()}
    release = open_current(store)
    worse = _find_worse(release, practice) if release else []
    if as_json:
        first = [{"rank": each.rank, "lists": each.lists} for each in found.first]
        changes = [asdict(each) | {"title": titles[each.slug]} for each in found.changes]
        print_json({"practice": practice, "lists": changes, "first": first, "worse": worse})
        return
    table = Table("list", "to see", "new", "left", "done by the record", box=None)
    for each in sorted(found.changes, key=lambda each: -each.to_call):
        table.add_row(titles[each.slug], *(_told(n) for n in (each.to_call, each.new, each.left, each.done)))
    say.print(table)
    grew = [each for each in found.changes if (each.new or 0) > (each.left or 0)]
    for each in grew:
        say.print(f"Grew: {titles[each.slug]}, {(each.new or 0) - (each.left or 0)} more than before.", markup=False)
    for sentence in worse:
        say.print(f"Worse: {sentence}", markup=False)
    for person in found.first:
        told = "; ".join(titles[each] for each in person.lists)
        say.print(f"See first: row {person.rank} of every contact. {told}", markup=False)
    say.print("Work recorded on the site is not looked at here: see This week among your pages.")


def _find_worse(release: "Release", practice: str) -> list[str]:
    """What was found of the practice to its disadvantage; falling measurement is nobody's improvement."""
    from placewise.gaps.contract import Kind, Side, Standing, Verdict

    is_worse = {Verdict.DETERIORATED, Side.WORSE}
    standing = [
        row for row in release.findings().to_pylist() if row["area"] == practice and row["standing"] != Standing.GONE
    ]
    return [
        f"{release.measure(row['measure']).title}: {row['sentence']}"
        for row in standing
        if row["kind"] == Kind.FALLING or row["word"] in is_worse
    ]


def _told(number: Any) -> str:
    return "not known yet" if number is None else f"{number:,}"
