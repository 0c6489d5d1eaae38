"""What must hold of the code lists a build asks, and what a clinical owner of a list should look at."""

from collections.abc import Iterable, Mapping, Sequence

from placewise.coding.falling import add_lists, find_fallen_codes, find_fallen_lists
from placewise.coding.volumes import CodeVolume, MonthsCompared
from placewise.coding.words import ROOM, say_times
from placewise.floor.checking import Check
from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.publishing.definition import DisclosureRule

_LEFT = "no code with volume left a list"


def check_codes_left(
    gone: Iterable[CodeVolume], lists: Mapping[str, CodeList], rule: DisclosureRule, *, compared_with_one: bool
) -> Check:
    """Raises FaultsFound with every code that left a list since the last build, is recorded, and has no reason to go.

    gone: the codes that left, with their volume in this load. It would silently change every measure of the list.
    """
    why = {(name, row.code): row.removed for name, each in lists.items() for row in each.removed}
    faults, told = [], []
    for each in gone:
        if not each.ever:
            continue
        name = f"{each.code} ({each.term})"
        if reason := why.get((each.code_list, each.code)):
            told.append(f"{lists[each.code_list].title} counts {name} no more: {reason}.")
            continue
        faults.append(
            Fault(
                f"{each.code_list}.csv",
                None,
                f"the code {name} has left it since the last build, and is recorded {say_times(each.ever, rule)}, "
                f"in the last 12 months {say_times(each.last_year, rule)}",
                "add it back, or keep its row and write under `removed` why it left",
            )
        )
    if faults:
        raise FaultsFound(faults)
    if not told:
        told = [
            "Every code that counted at the last build and is recorded still counts."
            if compared_with_one
            else "There is no earlier build to compare with."
        ]
    return Check(ROOM, _LEFT, True, " ".join(told))


def tell_codes(
    volumes: Sequence[CodeVolume], lists: Mapping[str, CodeList], compared: MonthsCompared, rule: DisclosureRule
) -> list[Check]:
    """A check that has not passed for each fallen code or list, for each retired code still recorded, for each list
    without events or past its review; one that has passed for each kind that is not found.
    """
    retired = {
        (name, row.code): row.retired
        for name, each in lists.items()
        for row in each.rows
        if row.retired and row.retired <= compared.extracted_on
    }
    standing = [each for each in volumes if (each.code_list, each.code) not in retired]
    titles = {name: each.title for name, each in lists.items()}
    return [
        *_tell(
            "no code falls away",
            {
                f"{each.code} ({each.term}) of {titles[each.code_list]}": (
                    f"is recorded {say_times(each.recent, rule)} in the last six months and "
                    f"{say_times(each.before, rule)} in the same months a year before, while the rest of the list "
                    "keeps more: find the code that replaces it, or write when it was retired"
                )
                for each in find_fallen_codes(standing)
            },
            "No code is recorded less than half as often as a year before, beside the rest of its list.",
        ),
        *_tell(
            "no code list falls away",
            {
                titles[each.code_list]: (
                    f"is recorded {say_times(each.recent, rule)} in the last six months and "
                    f"{say_times(each.before, rule)} in the same months a year before: ask the sender what changed"
                )
                for each in find_fallen_lists(volumes)
            },
            "No code list is recorded less than half as often as a year before.",
        ),
        *_tell(
            "every code list is recorded",
            {
                titles[
                    name
                ]: "has no event at all in this load: ask the sender how it is recorded there, and add those codes"
                for name, each in add_lists(volumes).items()
                if not each.ever
            },
            "Every code list that is asked has events.",
        ),
        *_tell(
            "no retired code is recorded",
            {
                f"{each.code} ({each.term}) of {titles[each.code_list]}": (
                    f"was retired on {day:%-d %B %Y} and is still recorded {say_times(each.recent, rule)} in the last "
                    "six months: correct the date, or ask the sender which system still writes it"
                )
                for each in volumes
                if (day := retired.get((each.code_list, each.code))) and day <= compared.recent[0] and each.recent
            },
            "No code is recorded after the day it was retired.",
        ),
        *_tell(
            "code lists are reviewed in time",
            {
                each.title: f"was to be reviewed by {each.review_date:%-d %B %Y}: ask {each.owner} to review it"
                for each in lists.values()
                if each.review_date < compared.extracted_on
            },
            "No code list was past its review when the load was extracted.",
        ),
    ]


def _tell(check: str, found: Mapping[str, str], otherwise: str) -> list[Check]:
    if not found:
        return [Check(ROOM, check, True, otherwise)]
    return [Check(ROOM, check, False, f"{name} {told}.") for name, told in found.items()]
