"""Waiting for planned treatment: official statistics as their publisher released them, by trust and by specialty."""

import csv
import io

import pytest

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


@pytest.mark.parametrize(("sort", "first"), [("-waiting", "RT1"), ("waiting", "RT2"), ("-share_within_18", "RT2")])
def test_the_file_holds_exactly_the_rows_on_screen_in_their_order(client, site, sort, first):
    rows = list(csv.DictReader(io.StringIO(read(client, f"/waiting/?sort={sort}&format=csv"))))
    assert rows[0]["code"] == first
    assert {row["code"]: row["Waiting"] for row in rows} == {"RT1": "86915", "RT2": "14438"}


def test_an_unknown_order_or_trust_does_no_harm(client, site):
    assert "86,915" in read(client, "/waiting/?sort=__class__")
    assert "Page not found" in read(client, "/waiting/RT9/", status=404)


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
