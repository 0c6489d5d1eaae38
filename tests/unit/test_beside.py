"""The words beside the whole system: by the outer and the inner limits, on the good side or the bad one."""

from datetime import date

import pytest

from placewise_site.evidence.beside import get_beside
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import Scale

MEAN, RATE = Scale("mean", unit="mmHg"), Scale("rate", 1000)


def cell(
    value: float | None, counts: tuple[int, int] | None = None, scale: Scale | None = None, **said: object
) -> Cell:
    numerator, denominator = counts or (None, None)
    told = {"lower": None, "upper": None, "state": "shown", "settled": True} | said
    return Cell(
        address="", level="network", area="N", area_name="N", split="all", group="all", group_title="Everyone",
        month=date(2026, 3, 31), numerator=numerator, denominator=denominator, value=value, scale=scale or Scale(),
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


WHOLE = cell(0.6, (6000, 10000))


@pytest.mark.parametrize(
    ("counted", "higher", "lower", "neither"),
    [
        (200, "worse", "better", "lower"),
        (220, "perhaps worse", "perhaps better", "perhaps lower"),
        (240, "similar", "similar", "similar"),
        (260, "perhaps better", "perhaps worse", "perhaps higher"),
        (290, "better", "worse", "higher"),
    ],
)
def test_a_share_of_400_beside_sixty_per_cent(counted: int, higher: str, lower: str, neither: str) -> None:
    own = cell(counted / 400, (counted, 400))
    assert [str(get_beside(each, [own], WHOLE)[0]) for each in ("higher", "lower", "neither")] == [
        higher,
        lower,
        neither,
    ]


@pytest.mark.parametrize(
    ("own", "word"),
    [
        (cell(None, state="hidden"), "hidden"),
        (cell(None, state="no_data"), "not reported"),
        (cell(None, (0, 0)), "nobody to count"),
        (cell(0.2, (20, 100), settled=False), "not complete yet"),
    ],
)
def test_why_there_is_no_word(own: Cell, word: str) -> None:
    assert get_beside("higher", [own], WHOLE) == [word]
    assert get_beside("higher", [cell(0.5, (50, 100))], cell(None, state="hidden")) == ["not compared"]


@pytest.mark.parametrize(
    ("lower", "upper", "word"), [(131, 139, "similar"), (135, 137, "worse"), (134.3, 138, "perhaps worse")]
)
def test_a_mean_is_judged_by_its_released_limits_and_wider_ones(lower: float, upper: float, word: str) -> None:
    own = cell((lower + upper) / 2, scale=MEAN, lower=lower, upper=upper)
    assert get_beside("lower", [own], cell(134.0, scale=MEAN)) == [word]


def test_a_rate_is_judged_by_the_exact_limits_of_its_count() -> None:
    whole = cell(50.0, (5000, 100_000), RATE)
    words = get_beside("lower", [cell(x, (int(x), 1000), RATE) for x in (100.0, 67.0, 50.0, 20.0)], whole)
    assert words == ["worse", "perhaps worse", "similar", "better"]
