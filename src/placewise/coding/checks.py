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


def check_codes_left(gone: Iterable[CodeVolume] | None, lists: Mapping[str, CodeList], rule: DisclosureRule) -> Check:
    """Raises FaultsFound with every code that left a list since the last build, is recorded, and has no reason to go.

    gone: the codes that left, with their volume in this load; None where there is no earlier build to compare with.
    A code that goes without a word would change every measure of the list without one.
    """
    if gone is None:
        return Check(ROOM, _LEFT, True, "There is no earlier build to compare with.")
    why = {(name, row.concept_id): row.removed for name, each in lists.items() for row in each.removed}
    faults, told = [], []
    for each in gone:
        if not each.ever:
            continue
        if reason := why.get((each.code_list, each.concept_id)):
            told.append(f"{lists[each.code_list].title} counts {each.code} ({each.term}) no more: {reason}.")
            continue
        faults.append(
            Fault(
                f"{each.code_list}.csv",
                None,
                f"the code {each.code} ({each.term}, concept {each.concept_id}) has left it since the last build, and "
                f"is recorded {say_times(each.ever, rule)}, in the last 12 months {say_times(each.last_year, rule)}",
                "add it back, or keep its row and write under `removed` why it left",
            )
        )
    if faults:
        raise FaultsFound(faults)
    return Check(ROOM, _LEFT, True, " ".join(told) or "No code that is recorded left its list since the last build.")


def tell_codes(
    volumes: Sequence[CodeVolume], lists: Mapping[str, CodeList], compared: MonthsCompared, rule: DisclosureRule
) -> list[Check]:
    """A check that has not passed for each fallen code or list, for each retired code still recorded, for each list
    without events or past its review; one that has passed for each kind that is not found.
    """
    retired = {
        (name, row.concept_id): row.retired
        for name, each in lists.items()
        for row in each.rows
        if row.retired and row.retired <= compared.extracted_on
    }
    standing = [each for each in volumes if (each.code_list, each.concept_id) not in retired]
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
                if (day := retired.get((each.code_list, each.concept_id))) and day <= compared.recent[0] and each.recent
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
