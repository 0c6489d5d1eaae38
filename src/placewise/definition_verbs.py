"""`show` and `explain`: what a measure means, and what it makes of one person."""

import getpass
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from placewise.console import STORE, Json, Store, print_json, read_named, say, say_lines, screen_width

if TYPE_CHECKING:
    from placewise.showing import Lines, ShownMeasure

INDENT = "  "


def show(
    measure: Annotated[str, typer.Argument(help="A measure's slug.")],
    store: Store = STORE,
    codes: Annotated[bool, typer.Option("--codes", help="List the codes of each code list.")] = False,
    as_json_: Json = False,
) -> None:
    """Print a measure's definition in plain English, its code lists, and what changed since its last version."""
    from placewise.showing import as_json, show_measure

    shown = show_measure(measure, store)
    if as_json_:
        print_json(as_json(shown, codes=codes))
        return
    card = shown.card
    say.print(f"[bold]{card.title}[/bold]  ({card.measure}, version {card.version}, {card.status})")
    say_lines(_folded(f"Programme: {card.programme_title}. {card.why_it_matters}"))
    say_lines(_folded(f"Better: {card.better}. Owner: {card.owner}."))
    say_lines(_folded(f"Reviewed {card.reviewed}, next {card.next_review}. {card.note}".strip()))
    _say_questions(shown)
    _say_code_lists(shown, codes=codes)
    _say_history(shown)


def explain(
    measure: Annotated[str, typer.Argument(help="A measure's slug.")],
    person: Annotated[int, typer.Option(help="The person's pseudonym.")],
    deployment: Annotated[str, typer.Option(help="A deployment's name or folder.")],
    practice: Annotated[str, typer.Option(help="The treating practice's code: the place you read for.")],
    role: Annotated[str, typer.Option(help="Your role.")] = "practice",
    purpose: Annotated[str, typer.Option(help="Why you look.")] = "direct_care",
    store: Store = STORE,
    plain: Annotated[bool, typer.Option("--plain", help="Print in plain ASCII.")] = False,
) -> None:
    """Print one person's events and the months each part of a definition holds. Logged."""
    from placewise.explanation import explain as explain_person
    from placewise.floor.access import Reader
    from placewise.measures.explain_text import tell_explanation

    reader = Reader(name=getpass.getuser(), role=role, purpose=purpose, place=practice)
    explained = explain_person(read_named(deployment), store, measure, person, practice, reader)
    say_lines(tell_explanation(explained, plain=plain, width=screen_width()))


def _say_questions(shown: "ShownMeasure") -> None:
    for heading, lines in shown.questions.items():
        say.print(f"\n{heading}", style="bold")
        say_lines(_listed(lines))
    if shown.registers:
        say.print("\nThe registers it rests on", style="bold")
    for title, lines in shown.registers.items():
        say_lines([f"{INDENT}“{title}”: a person who", *_listed(lines, deeper=1)])


def _say_code_lists(shown: "ShownMeasure", *, codes: bool) -> None:
    say.print("\nCode lists", style="bold")
    for each in shown.code_lists:
        counted = f"{len(each.rows)} code{'' if len(each.rows) == 1 else 's'}"
        say_lines(
            [
                *_folded(f"{each.title} ({each.name})", INDENT),
                *_folded(f"version {each.version}, {each.status}, {counted}, owner {each.owner}", INDENT * 2),
                *_folded(f"review due {each.review_date}; source: {each.source}", INDENT * 2),
                *(f"{INDENT * 3}{row.vocabulary} {row.code}  {row.term}" for row in each.rows if codes),
            ]
        )


def _say_history(shown: "ShownMeasure") -> None:
    from placewise.showing import tell_what_changed

    heading, changes = tell_what_changed(shown)
    say.print(f"\n{heading}", style="bold")
    say_lines([line for change in changes for line in _folded(change, f"{INDENT}- ")])
    if len(shown.built) > 1:
        say_lines(["", "Versions built here"])
        say_lines([f"{INDENT}{each.version}  first built {each.first_built[:10]}" for each in shown.built])


def _listed(lines: "Lines", deeper: int = 0) -> list[str]:
    return [line for depth, told in lines for line in _folded(told, INDENT * (depth + deeper + 1) + "- ")]


def _folded(text: str, before: str = "") -> list[str]:
    """Lines that fit the screen, the text hanging under itself; one line where nobody watches."""
    width = screen_width()
    if width is None:
        return [before + text]
    return textwrap.wrap(text, max(width, 40), initial_indent=before, subsequent_indent=" " * len(before))
