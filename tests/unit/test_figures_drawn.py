"""Charts as they leave the server: self-contained, described, and drawn once."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from placewise_site.evidence.cells import PeopleCell
from placewise_site.web.figures import drawing
from placewise_site.web.figures.house import ALONE, NARROW, WIDE, Shape
from placewise_site.web.figures.people import people


def build_people():
    def cell(group: str, number: int | None, state: str = "shown") -> PeopleCell:
        return PeopleCell(
            address=f"r-1/people/HVS/2026-03/sex/{group}", level="system", area="HVS", area_name="Haven & <Hill>",
            split="sex", group=group, group_title=group.capitalize(), people=number, state=state,
        )  # fmt: skip

    return people("sex", "Sex", [cell("female", 500), cell("male", None, "hidden")], cell("all", 1000), "March 2026")


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.mark.parametrize("shape", [WIDE, NARROW, ALONE])
def test_a_drawing_names_no_address_but_its_own_language(shape: Shape) -> None:
    svg = drawing.draw_svg(build_people(), shape)
    addresses = set(re.findall(r"(?:https?:)?//[^\s\"'<>)]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_drawing_is_a_group_with_a_title_and_a_description() -> None:
    svg = drawing.draw_svg(build_people(), WIDE)
    assert 'role="group"' in svg.split(">", 1)[0]
    assert 'role="img"' not in svg
    assert '<title id="title">People by sex, Haven &amp; &lt;Hill&gt;, March 2026</title>' in svg
    assert '<desc id="description">Bar chart of 2 rows' in svg
    assert "hidden to protect privacy" in svg


@pytest.mark.parametrize("shape", [WIDE, NARROW, ALONE])
def test_a_drawing_has_the_size_the_page_keeps_for_it(shape: Shape) -> None:
    figure = build_people()
    width, height = figure.size(shape)
    assert f'width="{width}" height="{height}"' in drawing.draw_svg(figure, shape)


def test_a_drawing_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawing.draw_svg(build_people(), WIDE)
    monkeypatch.setattr(drawing.vl_convert, "vegalite_to_svg", None)
    assert drawing.draw_svg(build_people(), WIDE) == first


def test_a_picture_for_slides_is_a_png() -> None:
    assert drawing.draw_png(build_people()).startswith(b"\x89PNG")


def test_months_are_told_in_words() -> None:
    from placewise_site.web.figures.wording import month_words

    assert month_words("2026-03") == month_words(date(2026, 3, 31)) == "March 2026"
