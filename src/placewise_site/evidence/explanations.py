"""Why somebody is on a call list, as the page of the treating practice shows it: no pseudonym is handed on."""

from dataclasses import dataclass
from datetime import date

from placewise.explanation import explain_listed
from placewise.floor.faults import FaultsFound
from placewise.floor.timeline.months import iter_years, month_runs
from placewise.floor.timeline.window import Window
from placewise.measures.explain import Explanation, PersonEvent
from placewise_site.accounts.models import User
from placewise_site.evidence.access_log import SiteAccessLog
from placewise_site.evidence.deployment import get_deployment
from placewise_site.evidence.persons import agreements_on_record, lists_in_force, reader_of, store_folder
from placewise_site.organisations.models import Organisation

__all__ = ["Case", "FaultsFound", "Months", "Part", "PersonEvent", "explain_case"]


@dataclass(frozen=True, slots=True)
class Months:
    """years: each calendar year, and for each of its months in the window whether a part holds on its last day; runs:
    the first and last month, as YYYY-MM, of each run in which it does."""

    years: tuple[tuple[int, tuple[bool, ...]], ...]
    runs: tuple[tuple[str, str], ...]

    @property
    def hold_now(self) -> bool:
        return self.years[-1][1][-1]

    @property
    def hold_always(self) -> bool:
        return all(all(holds) for _, holds in self.years)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the definition. depth: how far it stands inside others."""

    depth: int
    told: str
    months: Months


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's months. last_day: of the window; questions: the parts under the heading of each question."""

    measure: str
    title: str
    born: str
    last_day: date
    events: tuple[PersonEvent, ...]
    registered: Part
    questions: tuple[tuple[str, tuple[Part, ...]], ...]
    asked: Part
    counts: Part


def explain_case(*, by: User, practice: Organisation, list_slug: str, build: str, rank: int) -> Case:
    """The person in a row of a practice's list. One log row; AccessDenied, logged too, where they may not see it.

    Raises FaultsFound, logged as well, where the list has been made anew since or does not rest on what stands now.
    """
    lists_in_force()  # refuses records of real people where live use is not recorded
    explained = explain_listed(
        get_deployment(),
        store_folder(),
        build,
        list_slug,
        practice.code,
        rank,
        reader_of(by, practice),
        SiteAccessLog(by),
        agreements_on_record(),
    )
    return _case(explained)


def _case(explained: Explanation) -> Case:
    def part(told: str, word: int, depth: int = 0) -> Part:
        return Part(depth, told, _months(word, explained.window))

    return Case(
        measure=explained.measure,
        title=explained.title,
        born=explained.born,
        last_day=explained.window.month_ends[-1],
        events=explained.events,
        registered=part("is registered with a practice, and alive", explained.registered),
        questions=tuple(
            (heading, tuple(part(each.told, each.months, each.depth) for each in parts))
            for heading, parts in explained.questions.items()
        ),
        asked=part("is one of those of whom the measure asks", explained.asked),
        counts=part("counts", explained.counts),
    )


def _months(word: int, window: Window) -> Months:
    return Months(
        years=tuple((year, tuple(bool(word >> month & 1) for month in months)) for year, months in iter_years(window)),
        runs=tuple(month_runs(word, window)),
    )
