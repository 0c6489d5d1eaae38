"""Expected, known and gap: from whose words, of whom, and never one population over another."""

from pathlib import Path

import pytest

from builders.asked import code_lists
from builders.release import CARDS, build_planted_release
from builders.release_texts import CASE_FINDING, KNOWN_AND_EXPECTED
from placewise.floor.faults import FaultsFound
from placewise.programme import read_programmes
from placewise.programme_cards import build_case_finding, get_not_measured
from placewise.publishing.case_finding import get_expectations, get_unprotected
from placewise.publishing.contract import CaseFinding
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import NotReleased, Release, open_release
from placewise.registers.case_finding import Basis

PROGRAMME = """\
programme: hearts
title: Hearts
why_it_matters: It does.
owner: Network
status: preview
reviewed: 2026-01-15
next_review: 2027-01-15
registers:
  af: {title: Atrial fibrillation, has: af_codes}
case_finding:
  af:
    - {title: A study, share: 0.025, kind: estimated, source: A study of 2017, note: Of the whole country.}
measures:
  known: {title: Known, of: registered, count: {in: af}, better: neither}
  protected: {title: Protected, of: {in: af}, count: {on_medicine: anticoagulants, within: 6 months}, better: higher}
not_measured:
  lives: {title: Years of life lost, because: No deaths are linked.}
call_lists:
  unprotected: {title: Unprotected, missed_by: protected, first: [cha2ds2vasc desc], next_action: Call.}
page: {lead: protected}
"""
(CARERS,) = CASE_FINDING


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_planted_release(tmp_path_factory.mktemp("store"), **KNOWN_AND_EXPECTED)


def read(folder: Path, text: str, stated: dict[str, tuple[Basis, ...]] | None = None) -> tuple[CaseFinding, ...]:
    (folder / "hearts.yaml").write_text(text, encoding="utf-8")
    return build_case_finding(read_programmes(folder, code_lists()), stated or {})


def test_the_known_are_counted_by_the_measure_of_everyone_registered(tmp_path: Path) -> None:
    (found,) = read(tmp_path, PROGRAMME)
    assert (found.register, found.measure, found.missed_by) == ("af", "known", ("protected",))


def test_what_a_deployment_states_of_its_own_people_stands_beside_the_programmes_own(tmp_path: Path) -> None:
    stated = Basis(title="A statement", people=400000, of=2400000, kind="told", source="A document", note="No method.")
    (found,) = read(tmp_path, PROGRAMME, {"af": (stated,)})
    assert [each["title"] for each in found.bases] == ["A study", "A statement"]


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("case_finding:\n  af:", "case_finding:\n  fa:", "this programme has no register `fa`"),
        ("count: {in: af}, better: neither", "count: {has: af_codes}, better: neither", "no measure counts the people"),
        ("share: 0.025", "share: 2.5", "share"),
        ("share: 0.025", "share: 0.025, people: 5, of: 9", "how many are expected is not told once"),
        ("share: 0.025", "people: 9, of: 5", "more people are expected than there are"),
        ("share: 0.025", "people: 9", "how many are expected is not told once"),
        ("share: 0.025", "share: 0.025, from_age: 16", "people are counted from the ages 0, 18, 25, 45, 65, 80"),
        ("source: A study of 2017, ", "", "source"),
    ],
)
def test_a_basis_without_source_or_sense_is_refused(tmp_path: Path, written: str, instead: str, fault: str) -> None:
    with pytest.raises(FaultsFound, match=fault):
        read(tmp_path, PROGRAMME.replace(written, instead, 1))


@pytest.mark.requirement("S005")
def test_four_hundred_thousand_carers_are_16_7_per_cent_of_the_population() -> None:
    assert f"{Basis.model_validate(CARERS.bases[1]).expected_share:.1%}" == "16.7%"


@pytest.mark.requirement("S005")
@pytest.mark.parametrize("area", ["HVS", "HVN", "HVT", "NW1", "NW2", "NW3"])
def test_known_and_gap_make_the_expected_in_every_place_and_for_every_basis(release: Release, area: str) -> None:
    census, claim = get_expectations(release, CARERS, area)
    for each in (census, claim):
        assert each.known.people is not None
        assert each.gap is not None
        assert each.known.people + each.gap == each.expected
        assert each.expected is not None
        assert each.expected % 5 == 0
    everyone = release.population(area)["people"][0].as_py()
    adults = sum(release.population(area, "age_band")["people"].to_pylist()[1:])
    assert claim.expected == pytest.approx(everyone / 6, abs=2.5)
    assert census.expected == pytest.approx(adults / 10, abs=2.5)


def test_what_is_expected_is_rounded_as_the_deployment_rounds_every_count(tmp_path: Path) -> None:
    coarse = build_planted_release(tmp_path, rule=DisclosureRule(suppress_below=10, round_to=10), **KNOWN_AND_EXPECTED)
    for each in get_expectations(coarse, CARERS, "HVN"):
        assert each.expected is not None
        assert each.expected % 10 == 0


def test_the_gap_is_hidden_where_the_known_are(tmp_path: Path) -> None:
    strict = build_planted_release(tmp_path, rule=DisclosureRule(suppress_below=2000), **KNOWN_AND_EXPECTED)
    for each in get_expectations(strict, CARERS, "NW2"):
        assert each.known.state == "hidden"
        assert (each.known.people, each.gap) == (None, None)


def test_nothing_is_expected_of_one_practice(release: Release) -> None:
    with pytest.raises(NotReleased, match="not estimated for one practice"):
        get_expectations(release, CARERS, "A01")


def test_expected_known_and_unprotected_are_separate_populations(release: Release) -> None:
    """The unprotected are counted among the known, from another measure; no figure is a share of another."""
    (missed,) = get_unprotected(release, CARERS, "HVS")
    row = release.trend("carers_reviewed", "HVS").to_pylist()[-1]
    assert missed.people == row["denominator"] - row["numerator"]
    found = get_expectations(release, CARERS, "HVS")
    assert {each.known.people for each in found} == {release.trend("carers_known", "HVS")["numerator"][-1].as_py()}
    told = {name for each in (*found, missed) for name in type(each).__slots__}
    assert not [name for name in told if "share" in name or "ratio" in name or "proportion" in name]


def test_a_release_keeps_what_is_expected_and_what_is_not_measured(release: Release) -> None:
    again = open_release(release.folder).manifest
    assert again.case_finding == KNOWN_AND_EXPECTED["case_finding"]
    assert again.not_measured == KNOWN_AND_EXPECTED["not_measured"]


def test_a_release_of_before_has_neither(tmp_path: Path) -> None:
    manifest = build_planted_release(tmp_path, cards=CARDS).manifest
    assert (manifest.case_finding, manifest.not_measured) == ((), ())


@pytest.mark.requirement("S188")
def test_what_is_not_measured_has_a_reason_and_no_number(tmp_path: Path) -> None:
    (tmp_path / "hearts.yaml").write_text(PROGRAMME, encoding="utf-8")
    (each,) = get_not_measured(read_programmes(tmp_path, code_lists()))
    assert (each.programme, each.title, each.because) == ("hearts", "Years of life lost", "No deaths are linked.")
