"""The pages of ambitions: misses as plain as hits, orphans shown, each in the words in which it was said."""

import csv
import io

import pytest
from django.test import Client

from builders.pages import words_in
from placewise.publishing.ambitions import get_ambitions
from placewise.publishing.release import open_current

FILES = ("svg", "png", "csv", "json")


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_every_ambition_has_a_row_with_its_wording_its_verdict_and_who_answers(client: Client, site) -> None:
    words = words_in(read(client, "/ambitions/"))
    assert "2 ambitions with 2 targets: 1 off course, 1 not measured." in words
    assert "Nobody answers for 1 of the ambitions yet." in words
    assert "take an anticoagulant by March 2029.”" in words
    assert "Off course Nine in ten by March 2029" in words
    assert "Not measured No number was promised" in words
    assert "In doubt: Nobody says how one would know." in words
    assert "Heart Board" in words
    assert "Nobody answers for it yet" in words


def test_the_api_tells_the_same_verdicts_and_what_each_rests_on(client: Client, site) -> None:
    listed = client.get("/api/v1/ambitions").json()["items"]
    assert [(each["title"], each["verdicts"], each["owner"]) for each in listed] == [
        ("Fewer strokes", ["off course"], "Heart Board"),
        ("Kinder places", ["not measured"], ""),
    ]
    one = client.get(f"/api/v1/ambitions/{listed[0]['ambition']}").json()
    assert one["targets"][0]["due"] == listed[0]["due"][0]
    assert one["targets"][0]["points"]
    assert client.get("/api/v1/ambitions/nothing_of_the_kind").status_code == 404


def test_the_file_has_a_row_a_target_with_the_same_words(client: Client, site) -> None:
    response = client.get("/ambitions/?format=csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Ambition"], row["Verdict"]) for row in rows] == [
        ("Fewer strokes", "off course"),
        ("Kinder places", "not measured"),
    ]
    assert (rows[0]["Latest"], rows[0]["Promised level"], rows[0]["Unit"]) == ("74.3", "90.0", "%")
    assert rows[1]["Who answers for it"] == "Nobody answers for it yet"


def test_an_ambition_has_its_trajectory_with_a_sentence_a_table_and_files(client: Client, site) -> None:
    words = words_in(read(client, "/ambitions/fewer_strokes/"))
    assert "The newest figure is 74.3% (March 2026); what was promised is 90.0% by 31 March 2029." in words
    assert "The chance of meeting it by 31 March 2029 is less than 1%, by the trend so far." in words
    assert "What is measured: People with AF at stroke risk who take an anticoagulant. Higher is better." in words
    assert "Expected, by the trend" in words
    assert "The measure's own page" in words
    for kind in FILES:
        assert client.get(f"/ambitions/fewer_strokes/target-1.{kind}").status_code == 200
    assert client.get("/ambitions/fewer_strokes/target-2.svg").status_code == 404
    assert client.get("/ambitions/no_such_ambition/").status_code == 404


def test_every_point_is_the_cell_that_the_release_shows_and_no_count_made_anew(planted) -> None:
    release = open_current(planted.store)
    shown = {f"{row['month']:%Y-%m}": row for row in release.trend("af_anticoagulated", "HVS").to_pylist()}
    [target] = get_ambitions(release.manifest.ambitions)[0].targets
    for point in target.points:
        row = shown[point.period]
        assert (point.number, point.of, point.value) == (row["numerator"], row["denominator"], row["value"])
    assert len(target.points) == 60


def test_the_newest_figure_can_be_checked_at_its_address(client: Client, site, planted) -> None:
    release = open_current(planted.store).manifest.release
    address = f"/evidence/{release}/ambition.fewer_strokes.1/HVS/2026-03/all/all/"
    assert f'href="{address}"' in read(client, "/ambitions/fewer_strokes/")
    words = words_in(read(client, address))
    assert "Fewer strokes: People with AF at stroke risk who take an anticoagulant 74.3%" in words
    assert "Haven System (HVS)" in words
    assert client.get(address.replace("2026-03", "1999-03")).status_code == 404
    assert client.get(address.replace("strokes.1", "strokes.2")).status_code == 404


def test_what_is_shown_is_made_of_released_counts_alone(client: Client, site) -> None:
    response = client.get("/ambitions/fewer_strokes/target-1.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    counts = [row[name] for row in rows for name in ("Number", "Out of") if row[name]]
    assert counts
    assert all(int(count) % 5 == 0 for count in counts)


@pytest.mark.requirement("S041")
def test_each_statement_of_the_vision_is_traced_or_shown_untested(client: Client, site) -> None:
    words = words_in(read(client, "/ambitions/"))
    assert "1 of 2 statements can be traced to a measure or an ambition; the others are untested." in words
    assert "Hearts are well Traced Fewer strokes People with AF" in words
    assert "Everybody is at home Untested none none none" in words
