"""Units of values are written as people write them, the same on every page and in every explanation."""

import pytest

from placewise.floor.vocabulary.units import read_units, spell_unit


@pytest.mark.parametrize(
    ("unit", "spelt"),
    [
        ("mm[Hg]", "mmHg"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m2"),
        ("mg/mmol{creat}", "mg/mmol"),
        ("kg/m2", "kg/m2"),
        ("{score}", ""),
        ("1", ""),
    ],
)
def test_a_unit_is_spelt_as_people_write_it(unit: str, spelt: str) -> None:
    assert spell_unit(unit) == spelt


def test_no_unit_we_know_is_shown_in_the_brackets_of_the_standard() -> None:
    assert not any(set(spell_unit(unit)) & set("[]{}_") for unit in read_units())
