"""Waiting for planned treatment: official statistics as their publisher released them, by trust and by specialty."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pytest

from builders.pages import links_in
from builders.release import MADE_AT, build_hierarchy, build_planted_release, build_published
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.publishing.contract import RELEASED_PUBLISHED

RTT_BY_HAND = {
    # trust or system -> waiting, share under 18 weeks, over 52 weeks: computed by hand from the published extract
    "QWO": ("237,741", "68.0%", "1,852"),
    "RR8": ("86,915", "65.5%", "1,343"),
    "RXF": ("54,326", "62.5%", "184"),
    "RWY": ("35,564", "74.6%", "21"),
    "RAE": ("31,610", "64.1%", "70"),
    "RCF": ("14,438", "71.0%", "66"),
    "RCD": ("19,380", "73.6%", "3"),
}


def read(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_every_trust_and_the_system_are_shown_with_their_source(client, site):
    text = read(client, "/waiting/")
    for told in ("Haven General Hospitals", "86,915", "65.5%", "1,343", "Haven System", "98,765"):
        assert told in text
    assert "Referral to treatment waiting times, Invented statistics office, January 2026" in text


def test_trusts_are_compared_in_one_specialty(client, site):
    text = read(client, "/waiting/?specialty=110")
    assert "9,100" in text
    assert "98,765" not in text  # the whole system's list is of all specialties
    assert read(client, "/waiting/?specialty=999", status=404)


def test_a_trust_is_shown_by_specialty_and_nothing_small_is_hidden(client, site):
    text = read(client, "/waiting/RT2/")
    assert "14,438" in text
    assert ">3<span" in text


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("-waiting", "Haven General Hospitals"),
        ("waiting", "South Haven Infirmary"),
        ("-share_within_18", "South Haven Infirmary"),
    ],
)
def test_the_file_holds_exactly_the_rows_on_screen_in_their_order(client, site, sort, first):
    text = client.get(f"/waiting/?sort={sort}&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["Trust"] == first
    assert {row["Trust"]: row["Waiting"] for row in rows} == {
        "Haven General Hospitals": "86915",
        "South Haven Infirmary": "14438",
    }


def test_an_unknown_order_or_trust_does_no_harm(client, site):
    assert "86,915" in read(client, "/waiting/?sort=__class__")
    assert "Page not found" in read(client, "/waiting/RT9/", status=404)


@pytest.mark.requirement("S186")
def test_waits_are_shown_as_they_stood_in_a_past_release_and_on_a_past_day(client, site, settings, tmp_path):
    settings.PLACEWISE_STORE = tmp_path
    build_planted_release(tmp_path)
    later = [row | {"numerator": (row["numerator"] or 0) - 1000} for row in build_published().to_pylist()]
    published = pa.Table.from_pylist(later, schema=RELEASED_PUBLISHED)
    build_planted_release(tmp_path, made_at=MADE_AT + timedelta(days=30), published=published)
    assert "86,915" not in read(client, "/waiting/")
    then = client.get(f"/waiting/?as_of={MADE_AT:%Y-%m-%d}", follow=True)
    for page in (then.content.decode(), read(client, f"/waiting/RT1/?{then.redirect_chain[0][0].split('?')[1]}")):
        assert "86,915" in page
        assert "This page is as it stood on 20 April 2026" in page
    past = [link for link in links_in(then.content.decode()) if link.startswith("/waiting/RT1/")]
    assert past
    assert all("release=r-" in link for link in past)


def test_the_whole_system_is_found_whatever_its_level_is_called(client, site, settings, tmp_path):
    settings.PLACEWISE_STORE = tmp_path
    told = build_published().to_pylist()
    rows = [row | {"area_kind": "region"} if row["area_kind"] == "system" else row for row in told]
    levels, organisations = build_hierarchy().levels, dict(build_hierarchy().organisations)
    organisations["HVS"] = replace(organisations["HVS"], level="region", kind="region")
    build_planted_release(
        tmp_path,
        hierarchy=Hierarchy(("region", *levels[1:]), organisations),
        published=pa.Table.from_pylist(rows, schema=RELEASED_PUBLISHED),
    )
    assert "98,765" in read(client, "/waiting/")


@pytest.mark.realdata
def test_the_real_extract_shows_what_its_publisher_released(client, site, settings, tmp_path, root, realdata):
    from placewise.config import read_deployment
    from placewise.demonstration import run_demonstration

    deployment = read_deployment(str(root / "deployments/west_yorkshire"))
    run_demonstration(deployment, tmp_path, people=0, seed=1, published=realdata, report=lambda told, share: None)
    settings.PLACEWISE_STORE, settings.PLACEWISE_DEPLOYMENT = tmp_path, str(deployment.folder)
    for code, figures in RTT_BY_HAND.items():
        text = read(client, f"/waiting/{code}/")
        assert all(figure in text for figure in figures), code
