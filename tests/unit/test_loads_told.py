"""What a release tells of the tables it rests on: rounded, and no few rows set aside are what is left."""

import pytest

from placewise.publishing.definition import DisclosureRule
from placewise.publishing.loads import tell_table

LOAD = {"source": "practices", "purpose": "planning", "load": "l-1"}


def tell(kept: int, **rejected: int) -> dict[str, object]:
    table = {"table": "person", "rows_in": kept + sum(rejected.values()), "rows_kept": kept, "rejected": rejected}
    return tell_table(table, LOAD, DisclosureRule())


@pytest.mark.parametrize("few", range(1, 8))
def test_how_few_rows_were_set_aside_is_told_by_no_other_number(few: int) -> None:
    told = tell(3_998, no_practice=few, no_birth=20)
    assert told["rejected"] == {"no_practice": None, "no_birth": 20}
    assert told == tell(3_998, no_practice=4, no_birth=20)


def test_where_nothing_is_hidden_all_rows_are_told() -> None:
    told = tell(3_974, no_practice=12, no_birth=0)
    assert (told["rows_in"], told["rows_kept"], told["rejected"]) == (3_985, 3_975, {"no_practice": 10, "no_birth": 0})
