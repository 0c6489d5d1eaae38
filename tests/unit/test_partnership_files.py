"""Bodies, agreements and powers of a deployment: what is written wrong is told all at once, each with its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from placewise.config import check_deployment, read_deployment

HEAD = "function,place,decider,limit_pounds,above,starts_on,expires_on,synthetic,source\n"


@pytest.fixture
def sandbox(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root / "deployments/sandbox", tmp_path / "sandbox"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path) -> list[str]:
    return [str(fault).removeprefix(f"{folder}/") for fault in check_deployment(str(folder))]


def test_every_mistake_of_the_three_files_is_told_at_once(sandbox: Path):
    change(sandbox / "bodies.yaml", "escalates_to: system_board", "escalates_to: system_bord")
    change(sandbox / "bodies.yaml", "organisation: SBX-C", "organisation: SBX-Q")
    change(sandbox / "instruments.yaml", "parties: [SBX, SBX-T, SBX-C]", "parties: [SBX, XYZ]")
    change(sandbox / "instruments.yaml", "coast_committee: {at_least", "coast_comittee: {at_least")
    change(sandbox / "delegation.csv", "district_grants,SBX-W", "district_grant,SBX-V")
    assert told(sandbox) == [
        "bodies.yaml, line 16: SBX-Q is not in organisations.csv; add it there or correct the code.",
        "bodies.yaml, line 25: there is no body system_bord; did you mean `system_board`.",
        "instruments.yaml, line 11: XYZ is not in organisations.csv; add it there or correct the code.",
        "instruments.yaml, line 24: there is no body coast_comittee; did you mean `coast_committee`.",
        "delegation.csv, line 5: district_grant is no function of instruments.yaml; did you mean `district_grants`.",
        "delegation.csv, line 5: SBX-V is no place of organisations.csv; did you mean `SBX-W`.",
    ]


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        ("yearly_plan,SBX,nobody,,,2023-04-01,,yes,invented", "there is no body nobody"),
        ("yearly_plan,SBX,system_board,1e6,,2023-04-01,,yes,invented", "limit_pounds is `1e6`"),
        ("yearly_plan,SBX,system_board,,,soon,,yes,invented", "starts_on is `soon`"),
        ("yearly_plan,SBX,system_board,,,2023-04-01,,maybe,invented", "synthetic is `maybe`"),
        ("yearly_plan,SBX,system_board,,,2023-04-01,,yes,", "the power has no source"),
        ("yearly_plan,SBX,system_board,,,2023-04-01,2023-03-31,yes,invented", "the power expires before it starts"),
    ],
)
def test_a_power_written_wrong_is_told(sandbox: Path, row: str, mistake: str):
    (sandbox / "delegation.csv").write_text(HEAD + row + "\n", encoding="utf-8")
    (only,) = told(sandbox)
    assert only.startswith(f"delegation.csv, line 2: {mistake}")


def test_a_power_does_not_outlast_the_body_that_holds_it(sandbox: Path):
    change(
        sandbox / "bodies.yaml", "    part_of: system_board\n", "    part_of: system_board\n    open_to: 2025-03-31\n"
    )
    assert told(sandbox) == [
        "delegation.csv, line 5: long_term_conditions_board closes on 2025-03-31, before the power expires; "
        "let it expire by that day."
    ]


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "mistake"),
    [
        ("2023-02-01", "2023-01-31", "it closes before it opens; put opens_on and closes_on in order"),
        ("2023-04-01", "2023-05-01", "it is put out for comment once it is in force; put out a draft"),
    ],
)
def test_a_draft_is_put_out_for_comment_before_it_is_in_force(
    sandbox: Path, opens_on: str, closes_on: str, mistake: str
):
    with (sandbox / "instruments.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  other:\n    name: Other\n    versions:\n      draft:\n        name: Draft\n        parties: [SBX]\n"
            f"        in_force_from: 2023-04-01\n        engagement: {{opens_on: {opens_on}, closes_on: {closes_on}, "
            "clauses: {seats: {title: Seats, says: Six., synthetic: true}}, synthetic: true, source: invented}\n"
            "        synthetic: true\n        source: invented\n"
        )
    (only,) = told(sandbox)
    assert mistake in only


def test_a_version_is_cited_by_its_slug_so_no_two_have_one(sandbox: Path):
    with (sandbox / "instruments.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  other:\n    name: Other\n    versions:\n      compact_first:\n        name: Again\n"
            "        parties: [SBX]\n        in_force_from: 2023-04-01\n"
            "        synthetic: true\n        source: invented\n"
        )
    assert told(sandbox) == ["instruments.yaml, line 30: compact has a version compact_first too; rename one."]


@pytest.mark.parametrize("slug", ["west_yorkshire", "sandbox"])
def test_whatever_the_documents_do_not_say_is_marked_as_invented(slug: str):
    partnership = read_deployment(slug).partnership
    assert all(body.terms is None or body.terms.synthetic for body in partnership.bodies.values())
    versions = [version for each in partnership.instruments.values() for version in each.versions.values()]
    assert all(quorum.synthetic for version in versions for quorum in version.quorum.values())
    assert all(power.synthetic for power in partnership.delegations)


@pytest.mark.requirement("S056")
def test_the_commissioners_committee_ends_on_its_day_and_names_its_successors():
    partnership = read_deployment("west_yorkshire").partnership
    ended = partnership.bodies["joint_committee_of_commissioners"]
    assert ended.open_to == date(2022, 6, 30)
    assert set(ended.successors) <= set(partnership.bodies)
    assert "integrated_care_board" in ended.successors
    powers = [each for each in partnership.delegations if each.decider == "joint_committee_of_commissioners"]
    assert powers and all(each.expires_on and each.expires_on <= ended.open_to for each in powers)
    collaboratives = [slug for slug, body in partnership.bodies.items() if body.kind == "collaborative"]
    held = {each.decider: each for each in partnership.delegations if each.decider in collaboratives}
    assert set(held) == set(collaboratives)
    assert all(each.expires_on for each in held.values())


def test_two_versions_that_bind_one_party_on_one_day_are_told(sandbox: Path):
    change(sandbox / "instruments.yaml", "in_force_to: 2024-12-31", "in_force_to: 2025-01-01")
    assert told(sandbox) == [
        "instruments.yaml, line 18: on 2025-01-01 compact_first still binds SBX as well; "
        "end compact_first the day before, or part their parties."
    ]
    change(sandbox / "instruments.yaml", "parties: [SBX, SBX-T, SBX-C]", "parties: [SBX-W]")
    assert told(sandbox) == [], "versions with no party in common may be in force together"
