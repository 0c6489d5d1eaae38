"""In which units the values of each code list come, and what becomes of them."""

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa

from placewise.coding.words import ROOM, say_values
from placewise.floor.checking import Check
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import AS_IT_IS, NOT_STATED, PLAIN_NUMBER, find_conversions, name_unit
from placewise.publishing.definition import DisclosureRule


def tell_units(volumes: pa.Table, lists: Mapping[str, CodeList], rule: DisclosureRule) -> list[Check]:
    """A check for each code list with values; it has not passed where values come in a unit that cannot be read."""
    found: dict[str, Counter[int]] = {}
    totals = volumes.group_by(["code_list", "unit_concept_id"]).aggregate([("values", "sum")])
    for row in totals.sort_by([("code_list", "ascending"), ("unit_concept_id", "ascending")]).to_pylist():
        if row["values_sum"]:
            found.setdefault(row["code_list"], Counter())[row["unit_concept_id"]] = row["values_sum"]
    return [_tell_list(lists[name], units, rule) for name, units in found.items()]


def _tell_list(code_list: CodeList, units: Counter[int], rule: DisclosureRule) -> Check:
    known = find_conversions(code_list.unit, code_list.quantity)
    own = "plain numbers" if code_list.unit == PLAIN_NUMBER else code_list.unit
    told = []
    for concept, values in units.most_common():
        said = say_values(values, rule)
        if concept not in known:
            told.append(
                f"{said} are in {name_unit(concept)}, which cannot be turned into {own}: they are not read. "
                "Map them in the source, or state the conversion."
            )
        elif concept == NOT_STATED and code_list.unit != PLAIN_NUMBER:
            told.append(f"{said} have no unit recorded and are taken to be in {own}.")
        elif known[concept] == AS_IT_IS:
            told.append(f"{said} are {'' if own == 'plain numbers' else 'in '}{own}.")
        else:
            told.append(f"{said} are in {name_unit(concept)} and turned into {own}.")
    passed = all(concept in known for concept in units)
    return Check(ROOM, f"units of {code_list.title}", passed, " ".join(told))
