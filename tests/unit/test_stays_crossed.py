"""Where somebody is registered and where they live, both at once."""

import numpy as np

from placewise.population.stays import Stays, cross


def build_stays(*rows: tuple[int, int, int]) -> Stays:
    """person, where and word of each."""
    person, where, word = zip(*rows, strict=True)
    return Stays(np.array(person, np.int32), np.array(where, np.int32), np.array(word, np.uint64))


def test_each_month_at_a_practice_is_in_the_area_lived_in_then_or_in_none() -> None:
    registered = build_stays((0, 7, 0b111100), (0, 5, 0b000011), (2, 5, 0b1111), (3, 9, 0b0110))
    lived = build_stays((0, 2, 0b001110), (1, 4, 0b1111), (3, 8, 0b0100), (3, 6, 0b1011))

    both, area = cross(registered, lived)

    found = zip(both.person.tolist(), both.where.tolist(), area.tolist(), both.word.tolist(), strict=True)
    assert list(found) == [
        (0, 5, -1, 0b000001),
        (0, 5, 2, 0b000010),
        (0, 7, -1, 0b110000),
        (0, 7, 2, 0b001100),
        (2, 5, -1, 0b1111),
        (3, 9, 6, 0b0010),
        (3, 9, 8, 0b0100),
    ]
