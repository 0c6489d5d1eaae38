"""How the command line speaks: sentences and tables, a bar while it works, JSON for a machine; what its verbs share."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from placewise.floor.faults import refuse
from placewise.floor.progress import Report

if TYPE_CHECKING:
    from placewise.config import Deployment

say = Console(highlight=False, soft_wrap=True)  # a sentence stays on one line, as whoever reads it by program expects
warn = Console(stderr=True, highlight=False, soft_wrap=True)

Store = Annotated[Path, typer.Option(envvar="PLACEWISE_STORE", help="The folder of warehouse, builds and releases.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine to read.")]
DeploymentName = Annotated[str, typer.Argument(help="A deployment's name or folder.")]
STORE = Path("store")


@contextmanager
def progress() -> Iterator[Report]:
    """A progress bar on standard error while the work runs; nothing where nobody watches."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
        console=warn,
        transient=True,
        disable=not warn.is_terminal,
    )
    with bar:
        task = bar.add_task("Starting", total=1.0)
        yield lambda told, share: bar.update(task, description=told, completed=share)


def print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def say_lines(lines: list[str]) -> None:
    for line in lines:
        say.print(line, markup=False)


def screen_width() -> int | None:
    """Characters a line has where somebody watches; None where a program reads, which folds nothing."""
    return say.width if say.is_terminal else None


def read_named(name: str | None) -> "Deployment":
    """The deployment of this name, or the one that `demo` would use."""
    from placewise.config import find_demonstration, read_deployment

    return read_deployment(name or find_demonstration())


def read_day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(option, f"{text} is not a date", "write it as YYYY-MM-DD") from None
