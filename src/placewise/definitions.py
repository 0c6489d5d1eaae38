"""What a deployment asks: the code lists, and the programmes it runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from placewise.config import Deployment, data_folder
from placewise.floor.faults import nearest, refuse
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.programme import Programme, build_cards, build_case_finding, read_programmes
from placewise.publishing.contract import CaseFinding, MeasureCard
from placewise.publishing.expected import read_expected


@dataclass(frozen=True)
class Definitions:
    code_lists: Mapping[str, CodeList]
    programmes: tuple[Programme, ...]

    @property
    def versions(self) -> dict[str, str]:
        """Programme -> its version: what a build rests on."""
        return {each.slug: each.version for each in self.programmes}


def read_definitions(deployment: Deployment) -> Definitions:
    code_lists = read_code_lists(data_folder("codelists"))
    programmes = read_programmes(data_folder("programmes"), code_lists)
    return Definitions(code_lists, tuple(each for each in programmes if each.slug in deployment.programmes))


def read_case_finding(deployment: Deployment, definitions: Definitions) -> tuple[CaseFinding, ...]:
    stated = read_expected(deployment.expected) if deployment.expected else {}
    found = build_case_finding(definitions.programmes, stated)
    for register in stated.keys() - {each.register for each in found}:
        fault = f"none of the programmes of {deployment.name} counts the people on a register `{register}`"
        raise refuse(deployment.expected or "", fault, nearest(register, [each.register for each in found]))
    return found


def read_card(measure: str) -> MeasureCard:
    """The card of one measure of any programme. Raises FaultsFound where none has this slug."""
    code_lists = read_code_lists(data_folder("codelists"))
    cards = {
        each.measure: each for each in build_cards(read_programmes(data_folder("programmes"), code_lists), code_lists)
    }
    if measure not in cards:
        raise refuse(measure, "there is no measure of this name", nearest(measure, cards))
    return cards[measure]
