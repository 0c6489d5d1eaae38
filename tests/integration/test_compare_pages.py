"""Pages that look across measures and areas, over a wide planted system: words, peers, opportunities, who sees what.

What a page says is worked out once more here, slowly and from the released numbers alone.
"""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import NormalDist
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from builders.pages import links_in, words_in
from builders.wide_system import (
    BETTER,
    MEASURES,
    RETIRED,
    STUDENTS,
    WORSE,
    WORSE_PRACTICE,
    build_wide_hierarchy,
    build_wide_release,
    write_wide_deployment,
)

NETWORKS = "/compare/?level=network"
PRACTICES_OF_ONE = f"/compare/?area={WORSE}&level=practice"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    parent = tmp_path_factory.mktemp("wide")
    release = build_wide_release(parent / "store")
    return SimpleNamespace(store=parent / "store", deployment=write_wide_deployment(parent), release=release)


@pytest.fixture
def public(settings: Any, wide: SimpleNamespace, site: SimpleNamespace) -> Client:
    from placewise_site.organisations.actions import load_organisations

    settings.PLACEWISE_STORE, settings.PLACEWISE_DEPLOYMENT = Path(wide.store), str(wide.deployment)
    load_organisations(build_wide_hierarchy().organisations.values())
    return Client()


@pytest.fixture
def analyst(public: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in("analyst", "WID")


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def wilson(counted: int, of: int, confidence: float) -> tuple[float, float]:
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), counted / of
    reach = z * math.sqrt(z * z + 4 * counted * (1 - share))
    return tuple((2 * counted + z * z + sign * reach) / (2 * (of + z * z)) for sign in (-1, 1))  # type: ignore[return-value]


def word_of(row: dict[str, str]) -> str:
    """One word from what stands in a row of the file, worked out without any of the site's code."""
    if not row["Figure"]:
        return row["Beside the whole system"]
    counted, of = int(row["Counted"]), int(row["Out of"])
    whole = WHOLES[row["Measure"]]
    words = {"Lower": ("better", "worse"), "Higher": ("worse", "better"), "Neither": ("lower", "higher")}
    low, high = words[row["Which way is better"].split()[0]]
    for confidence, before in ((0.998, ""), (0.95, "perhaps ")):
        lower, upper = wilson(counted, of, confidence)
        if upper < whole or lower > whole:
            return f"{before}{low if upper < whole else high}"
    return "similar"


WHOLES: dict[str, float] = {}


@pytest.fixture
def wholes(wide: SimpleNamespace) -> Iterator[None]:
    for card in wide.release.manifest.measures:
        rows = wide.release.trend(card.measure, "WID").to_pylist()
        WHOLES[card.title] = rows[-1]["numerator"] / rows[-1]["denominator"]
    yield
    WHOLES.clear()


@pytest.mark.parametrize("address", [NETWORKS, "/compare/?level=place"])
def test_each_word_is_what_a_slow_count_from_the_released_numbers_gives(
    public: Client, wholes: None, address: str
) -> None:
    rows = rows_of(public, f"{address}&format=csv")
    assert len(rows) == MEASURES * (50 if "network" in address else 5)
    assert [row["Beside the whole system"] for row in rows] == [word_of(row) for row in rows]


def test_the_practices_of_a_network_in_words_for_somebody_with_a_role(analyst: Client, wholes: None) -> None:
    rows = rows_of(analyst, f"{PRACTICES_OF_ONE}&format=csv")
    assert {row["Area"] for row in rows} == {f"Invented Practice {each:03}" for each in range(5)}
    assert [row["Beside the whole system"] for row in rows] == [word_of(row) for row in rows]
    rare = [row for row in rows if row["Measure"].startswith(f"People with invented condition {MEASURES - 1} ")]
    assert {(row["Beside the whole system"], row["Figure"], row["Counted"]) for row in rare} == {("hidden", "", "")}


def test_what_was_planted_is_worse_and_better_and_chance_is_called_neither(public: Client) -> None:
    rows = rows_of(public, f"{NETWORKS}&format=csv")
    first = {row["Area"]: row["Beside the whole system"] for row in rows if "condition 0 " in row["Measure"]}
    assert first[f"Invented Network {WORSE[1:]}"] == "worse"
    assert first[f"Invented Network {BETTER[1:]}"] == "better"
    rest = [row["Beside the whole system"] for row in rows if "condition 0 " not in row["Measure"]]
    told = sum(word in ("worse", "better", "lower", "higher") for word in rest)
    assert told <= 6  # of 550 comparisons by chance alone, 1 in 500 would be


def test_the_table_the_file_and_the_api_say_the_same(public: Client) -> None:
    page = public.get(NETWORKS).content.decode()
    desk = page[page.index("app-desk") :]
    cells = re.findall(
        r'app-patch app-patch--([a-z-]+)"(?:(?!</td>).)*?app-patch__word">([a-z ]+)</span></td>', desk, re.S
    )
    assert all(kind.replace("-", " ") == word for kind, word in cells)
    rows = rows_of(public, f"{NETWORKS}&format=csv")
    by_network = {row["Area"]: [each for each in rows if each["Area"] == row["Area"]] for row in rows}
    told = [
        by_network[f"Invented Network {network:02}"][measure]["Beside the whole system"]
        for place in range(5)
        for measure in range(MEASURES)
        for network in range(place * 10, place * 10 + 10)
    ]
    assert [word for _, word in cells] == told
    api = public.get("/api/v1/rug?level=network&page_size=1000").json()["items"]
    assert [each["beside"] for each in api] == [row["Beside the whole system"] for row in rows]
    assert [f"{each['value'] * 100:.1f}" if each["value"] is not None else "" for each in api] == [
        row["Figure"] for row in rows
    ]


def test_the_table_is_a_real_one_and_a_phone_gets_a_list(public: Client) -> None:
    page = public.get(NETWORKS).content.decode()
    assert page.count('<th scope="rowgroup"') == 5 * 3  # programmes in each place's table
    assert page.count("<tbody>") == 5 * 3
    assert 'scope="row"' in page and 'scope="col"' in page
    assert "style=" not in page
    listed = re.search(r'<ul class="app-areas">(.*?)</ul>', page, re.S)
    assert listed and listed[1].count("<li>") == 50
    assert "1 worse" in words_in(listed[1])


def test_an_area_has_its_own_list_of_measures(public: Client) -> None:
    words = words_in(public.get(f"/compare/area/{WORSE}/").content.decode())
    assert "Invented Network 00: all measures" in words
    assert "29.2% , check this figure 59.7% worse" in words


@pytest.mark.requirement("S085")
@pytest.mark.parametrize(
    "address",
    [
        f"/compare/area/{WORSE_PRACTICE}/",
        f"/compare/?area={WORSE_PRACTICE}",
        f"/compare/gain/?area={WORSE_PRACTICE}",
        f"/compare/areas/?with={WORSE_PRACTICE}",
        f"/compare/areas/?peers_of={WORSE_PRACTICE}",
        f"/compare/areas/measure_0.csv?with={WORSE_PRACTICE}",
        f"/compare/needs/?area={WORSE_PRACTICE}",
    ],
)
def test_the_public_is_shown_no_practice(public: Client, address: str) -> None:
    answer = public.get(address)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize(
    "address",
    ["/compare/?level=practice", PRACTICES_OF_ONE, "/compare/map/?level=practice", "/compare/areas/?level=practice"],
)
def test_a_level_the_public_may_not_see_is_not_there(public: Client, address: str) -> None:
    words = words_in(public.get(address).content.decode())
    assert "Invented Practice" not in words


@pytest.mark.parametrize(
    "asked", ["rug?level=practice", f"opportunities?area={WORSE_PRACTICE}", f"peers?area={WORSE_PRACTICE}"]
)
def test_the_api_gives_the_public_no_practice(public: Client, analyst: Client, asked: str) -> None:
    answer = Client().get(f"/api/v1/{asked}")
    assert answer.status_code == 403
    assert "people with a role" in answer.json()["detail"]
    assert analyst.get(f"/api/v1/{asked}").status_code == 200


def test_planted_look_alikes_compare_with_each_other(public: Client) -> None:
    for one, other in (STUDENTS, STUDENTS[::-1], RETIRED):
        rows = rows_of(public, f"/compare/areas/measure_3.csv?peers_of={one}")
        assert [row["Network"] for row in rows[:2]] == [f"Invented Network {each[1:]}" for each in (one, other)]
        assert len(rows) == 11
        api = public.get(f"/api/v1/peers?area={one}").json()["items"]
        assert [each["area_name"] for each in api] == [row["Network"] for row in rows[1:]]
        assert [each["rank"] for each in api] == list(range(1, 11))


def test_a_page_of_peers_says_how_they_are_found(public: Client) -> None:
    words = words_in(public.get(f"/compare/areas/?peers_of={STUDENTS[0]}").content.decode())
    assert "Invented Network 10 among the 10 areas most alike in who is registered there." in words
    assert "the distance between two areas is Euclidean" in words


def test_areas_ticked_stand_side_by_side_in_chart_table_and_file(public: Client) -> None:
    chosen = "with=W03&with=W47&with=W00&what=programme_0"
    page = public.get(f"/compare/areas/?{chosen}").content.decode()
    assert page.count('class="app-chart"') == 4
    rows = rows_of(public, "/compare/areas/measure_0.csv?with=W03,W47,W00")
    assert [row["Network"] for row in rows] == [f"Invented Network {each}" for each in ("00", "03", "47")]
    drawn = json.loads(public.get("/compare/areas/measure_0.json?with=W03,W47,W00").content)
    sets = [each["data"].get("values") or drawn["datasets"][each["data"]["name"]] for each in drawn["layer"]]
    marks = next(values for values in sets if "lower" in values[0])
    assert [f"{each['value'] * 100:.1f}" for each in marks] == [row["Per cent"] for row in rows]
    assert [f"{each['lower'] * 100:.1f}" for each in marks] == [row["Lower 95% limit (%)"] for row in rows]
    by_value = rows_of(public, "/compare/areas/measure_0.csv?with=W03,W47,W00&sort=measure_0.-value")
    assert by_value[-1]["Network"] == "Invented Network 00"


def test_opportunities_are_those_of_a_slow_count_and_the_largest_comes_first(public: Client, wide: Any) -> None:
    api = public.get(f"/api/v1/opportunities?area={WORSE}&page_size=1000").json()["items"]
    peers = [each["area"] for each in public.get(f"/api/v1/peers?area={WORSE}").json()["items"]]
    assert api[0]["measure"] == "measure_0"
    for each in api:
        rows = {
            row["area"]: row
            for row in wide.release.at_month(each["measure"], "network", "2026-03").to_pylist()
            if row["value"] is not None
        }
        own, shares = rows[WORSE], sorted(rows[code]["value"] for code in peers if code in rows)
        is_higher = wide.release.measure(each["measure"]).better == "higher"
        best = shares[-(len(shares) // 4 + (len(shares) % 4 > 0)) :] if is_higher else shares
        if is_higher:
            assert each["peers"]["level"] in best
        sign = 1 if is_higher else -1
        for gain in (each["peers"], each["whole"], each["ambition"]):
            if gain is None:
                continue
            people = sign * (gain["level"] - own["value"]) * own["denominator"]
            lower, upper = wilson(own["numerator"], own["denominator"], 0.95)
            ends = sorted(max(sign * (gain["level"] - limit) * own["denominator"], 0) for limit in (lower, upper))
            assert gain["is_reached"] == (people <= 0)
            assert gain["people"] == (5 * math.floor(people / 5 + 0.5) if people >= 8 else None)
            assert abs(gain["upper"] - ends[1]) <= 2.5
            assert gain["lower"] == 0 or (ends[0] >= 8 and abs(gain["lower"] - ends[0]) <= 2.5)
    found = [each["peers"]["people"] or 0 for each in api]
    assert found == sorted(found, reverse=True)


def test_fewer_than_eight_are_never_told(public: Client) -> None:
    told = words_in(public.get(f"/compare/gain/?area={WORSE}").content.decode())
    numbers = [int(each.replace(",", "")) for each in re.findall(r"about ([\d,]+) \(", told)]
    assert numbers and all(number >= 8 and number % 5 == 0 for number in numbers)
    assert "fewer than 8, to " in told
    assert numbers[:3] == [400, 395, 790]  # of the planted measure: best peers, whole system, ambition


def test_the_file_of_opportunities_is_what_is_on_screen(public: Client) -> None:
    rows = rows_of(public, f"/compare/gain/?area={WORSE}&format=csv")
    words = words_in(public.get(f"/compare/gain/?area={WORSE}").content.decode())
    for row in rows:
        for column in ("People who would gain: best quarter of its peers", "People who would gain: whole system"):
            assert row[column].replace("about ", "")[:12] in words.replace(",", "")


@pytest.mark.parametrize("level", ["place", "network"])
def test_a_map_says_in_each_area_what_the_table_of_all_measures_says(public: Client, level: str) -> None:
    page = public.get(f"/compare/map/?what=measure_0&level={level}").content.decode()
    titles = dict(re.findall(r"<title>(.*?): (.*?)</title>", page[page.index("app-map--wide") :]))
    rows = rows_of(public, f"/compare/?level={level}&format=csv")
    said = {
        row["Area"]: f"{row['Figure']}%, {row['Beside the whole system']}"
        for row in rows
        if "condition 0 " in row["Measure"]
    }
    assert titles == said
    table = rows_of(public, f"/compare/map/?what=measure_0&level={level}&format=csv")
    assert {row["Area"]: f"{row['Figure']}, {row['Class on the map']}" for row in table} == said


def test_every_tile_is_a_link_and_no_two_stand_in_one_place(public: Client) -> None:
    page = public.get("/compare/map/?what=measure_0&level=network").content.decode()
    drawn = page[page.index("app-map--wide") : page.index("app-map--narrow")]
    assert drawn.count("<a href=") == 50
    corners = re.findall(r'<a [^>]*><title>[^<]*</title><rect x="([\d.]+)" y="([\d.]+)"', drawn)
    assert len(set(corners)) == len(corners) == 50
    assert (
        drawn
        == public.get("/compare/map/?what=measure_0&level=network").content.decode()[
            page.index("app-map--wide") : page.index("app-map--narrow")
        ]
    )
    addresses = [each for each in links_in(page) if "//" in each.split("?")[0]]
    assert addresses == []


def test_a_map_to_take_away_has_a_legend_and_no_links(public: Client) -> None:
    answer = public.get("/compare/map/map.svg?what=measure_0&level=network")
    svg = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "<a " not in svg and "script" not in svg
    assert ">worse (1)<" in svg and ">better (1)<" in svg
    assert re.findall(r'(?:href|src)="[^#]', svg) == []


def test_hidden_practices_are_hatched_and_told(analyst: Client) -> None:
    page = analyst.get(f"/compare/map/?what=measure_{MEASURES - 1}&level=practice").content.decode()
    assert "250 hidden" in words_in(page)
    assert 'fill="url(#map-860-hidden)"' in page
    assert "Invented Practice 000: hidden" in page


def test_the_home_of_a_network_shows_its_three_largest_opportunities(
    public: Client, sign_in: Callable[..., Client]
) -> None:
    words = words_in(sign_in("pcn_staff", WORSE).get("/").content.decode())
    section = words[words.index("Where most would gain") :]
    assert "condition 0 who have their care : about 790 more people, at the level of the" in section
    assert section.index("All opportunities, and how they are worked out") > section.index("condition 0")
    assert section[: section.index("All opportunities")].count("more people") == 3


def test_the_home_of_a_place_lead_shows_those_of_the_place(public: Client, sign_in: Callable[..., Client]) -> None:
    words = words_in(sign_in("place_lead", "D0").get("/").content.decode())
    section = words[words.index("Where most would gain") :]
    assert "condition 0 who have their care" in section[: section.index("All opportunities")]


def test_more_practices_than_a_page_holds_are_shown_once_a_smaller_area_is_chosen(analyst: Client) -> None:
    words = words_in(analyst.get("/compare/").content.decode())
    assert "There are too many areas of the level practice here for one page" in words
    assert "too many areas" not in words_in(analyst.get("/compare/?area=D0").content.decode())
