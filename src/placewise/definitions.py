"""What a deployment asks: the code lists, and the programmes it runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from placewise.config import Deployment, data_folder
from placewise.floor.faults import nearest, refuse
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.measures.definition import Measure
from placewise.measures.unit_definition import UnitMeasure
from placewise.measures.weights import read_weights
from placewise.population.segments import read_segments
from placewise.programme import Programme, read_programmes
from placewise.programme_cards import build_case_finding
from placewise.publishing.contract import CaseFinding
from placewise.publishing.expected import read_expected


@dataclass(frozen=True)
class Definitions:
    code_lists: Mapping[str, CodeList]
    programmes: tuple[Programme, ...]

    @property
    def versions(self) -> dict[str, str]:
        """Programme -> its version: what a build rests on."""
        return {each.slug: each.version for each in self.programmes}

    @property
    def measures(self) -> tuple[Measure | UnitMeasure, ...]:
        return tuple(measure for programme in self.programmes for measure in programme.all_measures)

    @property
    def asked(self) -> frozenset[str]:
        """Every code list that the programmes and the segments of the population name."""
        segments = read_segments(self.code_lists)
        return segments.code_lists.union(*(each.code_lists for each in self.programmes))

    @property
    def lists(self) -> list[CodeList]:
        """The same, themselves."""
        return [self.code_lists[name] for name in sorted(self.asked)]


def read_definitions(deployment: Deployment) -> Definitions:
    every = read_all_definitions()
    return Definitions(every.code_lists, tuple(each for each in every.programmes if each.slug in deployment.programmes))


def read_all_definitions() -> Definitions:
    """Every programme, whoever runs it."""
    code_lists = read_code_lists(data_folder("codelists"))
    weights = read_weights(data_folder("codelists") / "weights")
    return Definitions(code_lists, read_programmes(data_folder("programmes"), code_lists, weights))


def read_case_finding(deployment: Deployment, definitions: Definitions) -> tuple[CaseFinding, ...]:
    stated = read_expected(deployment.expected) if deployment.expected else {}
    found = build_case_finding(definitions.programmes, stated)
    for register in stated.keys() - {each.register for each in found}:
        fault = f"none of the programmes of {deployment.name} counts the people on a register `{register}`"
        raise refuse(deployment.expected or "", fault, nearest(register, [each.register for each in found]))
    return found
