"""Every mistake of every programme file is told at once: file, line, fault and remedy."""

from pathlib import Path

import pytest

from builders.asked import code_lists
from placewise.floor.faults import FaultsFound
from placewise.programme import Programme, read_programmes

HEARTS = """
programme: hearts
title: Hearts
why_it_matters: It does.
owner: Network
status: preview
reviewed: 2026-01-15
next_review: 2027-01-15
registers:
  af: {has: af_codes, not_resolved_by: af_resolved_codes}
measures:
  protected:
    title: Protected
    of: {in: af}
    count: {on_medicine: anticoagulants, within: 6 months}
    better: higher
call_lists:
  unprotected:
    title: Unprotected
    missed_by: protected
    first: [cha2ds2vasc desc]
    next_action: Call.
page: {lead: protected}
"""


def read(folder: Path, **files: str) -> tuple[Programme, ...]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_programmes(folder, code_lists())


def told(folder: Path, **files: str) -> list[str]:
    with pytest.raises(FaultsFound) as found:
        read(folder, **files)
    return [str(fault).removeprefix(f"{folder}/") for fault in found.value.faults]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (programme,) = read(tmp_path, hearts=HEARTS)
    assert list(programme.registers) == ["af"]
    assert programme.measures["protected"].written.splitlines()[0] == "protected:"
    assert programme.code_lists == {"af_codes", "af_resolved_codes", "anticoagulants", "cha2ds2vasc"}


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        (
            "call_lists:",
            "call_list:",
            "hearts.yaml, line 17: `call_list` is not a key here; did you mean `call_lists`.",
        ),
        (
            "has: af_codes",
            "has: af_code",
            "hearts.yaml, line 10: there is no code list `af_code`; did you mean `af_codes`.",
        ),
        ("{in: af}", "{in: fa}", "hearts.yaml, line 14: there is no register `fa`; use one of af."),
        (
            "within: 6 months",
            "within: 6 moons",
            "hearts.yaml, line 15: `6 moons` is not a period; "
            "write it like `12 months`, `90 days`, `5 years` or `financial year`.",
        ),
        (
            "on_medicine: anticoagulants",
            "on_medicine: af_codes",
            "hearts.yaml, line 15: `af_codes` holds condition codes; name a list of drug codes.",
        ),
        (
            "{in: af}",
            '{latest: cha2ds2vasc, value: "2+"}',
            "hearts.yaml, line 14: `2+` is not a comparison; write it like `>= 2`, `< 80`, `45 to 64` or `recorded`.",
        ),
        ("{in: af}", "{inn: af}", "hearts.yaml, line 14: `inn` asks nothing; did you mean `in`."),
        (
            "{in: af}",
            "{in: af, has: af_codes}",
            "hearts.yaml, line 14: `in` and `has` are two questions in one; put them under `all` or `any`.",
        ),
        (
            "status: preview",
            "status: live",
            "hearts.yaml, line 6: `status` is `live`; give one of `draft`, `preview`, `published` or `archived`.",
        ),
        (
            "better: higher",
            "better: more",
            "hearts.yaml, line 16: `measures.protected.better` is `more`; give one of `higher`, `lower` or `neither`.",
        ),
        (
            "missed_by: protected",
            "missed_by: protect",
            "hearts.yaml, line 20: this programme has no measure `protect`; did you mean `protected`.",
        ),
        (
            "cha2ds2vasc desc",
            "cha2ds2vasc down",
            "hearts.yaml, line 21: `call_lists.unprotected.first`: `cha2ds2vasc down` is no order; "
            "write a code list and asc or desc, like `cha2ds2vasc desc`.",
        ),
        (
            "{lead: protected}",
            "{lead: protected}\npublished: {deaths: {title: Deaths}}",
            "hearts.yaml, line 24: the key `published.deaths.note` is missing; add it.",
        ),
        (
            "{lead: protected}",
            "{lead: safe}",
            "hearts.yaml, line 23: this programme has no measure `safe`; use one of protected.",
        ),
        (
            "programme: hearts",
            "programme: heart",
            "hearts.yaml, line 2: the programme `heart` is in hearts.yaml; give both one name.",
        ),
        (
            "next_review: 2027-01-15",
            "next_review: 2025-01-15",
            "hearts.yaml, line 1: the next review is not after the last; set next_review to a later date.",
        ),
        (
            "{in: af}",
            "{all: [{in: af}, {age: old}]}",
            "hearts.yaml, line 14: `old` is not a comparison; write it like `>= 2`, `< 80`, `45 to 64` or `recorded`.",
        ),
    ],
)
def test_each_mistake_is_one_sentence(tmp_path: Path, written: str, instead: str, expected: str) -> None:
    assert told(tmp_path, hearts=HEARTS.replace(written, instead)) == [expected]


def test_a_published_programme_names_no_unchecked_code_list(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, hearts=HEARTS.replace("status: preview", "status: published"))
    published = "hearts.yaml, line 6: it is published, and these code lists are not yet checked"
    assert fault.startswith(f"{published}: af_resolved_codes")


def test_slugs_are_used_once_over_all_programmes(tmp_path: Path) -> None:
    other = HEARTS.replace("programme: hearts", "programme: kidneys")
    assert told(tmp_path, hearts=HEARTS, kidneys=other) == [
        "kidneys.yaml, line 10: `af` is used for registers in hearts.yaml too; give it another name.",
        "kidneys.yaml, line 12: `protected` is used for measures in hearts.yaml too; give it another name.",
        "kidneys.yaml, line 18: `unprotected` is used for call lists in hearts.yaml too; give it another name.",
    ]


def test_registers_may_not_rest_on_each_other(tmp_path: Path) -> None:
    circle = HEARTS.replace("registers:\n", "registers:\n  one: {in: two}\n  two: {in: one}\n")
    (fault,) = told(tmp_path, hearts=circle)
    assert "these registers rest on each other" in fault


def test_mistakes_of_several_files_come_together(tmp_path: Path) -> None:
    faulty = HEARTS.replace("{in: af}", "{in: fa}").replace("status: preview", "status: live")
    broken = "programme: [unclosed"
    faults = told(tmp_path, hearts=faulty, kidneys=broken)
    assert [fault.split(":")[0] for fault in faults] == [
        "hearts.yaml, line 6",
        "hearts.yaml, line 14",
        "kidneys.yaml, line 1",
    ]


def test_the_version_changes_with_the_question_and_not_with_the_title(tmp_path: Path) -> None:
    (first,) = read(tmp_path, hearts=HEARTS)
    (renamed,) = read(tmp_path, hearts=HEARTS.replace("title: Protected", "title: Safe"))
    (changed,) = read(tmp_path, hearts=HEARTS.replace("6 months", "5 months"))
    (resolved,) = read(tmp_path, hearts=HEARTS.replace(", not_resolved_by: af_resolved_codes", ""))
    assert renamed.measures["protected"].version == first.measures["protected"].version
    assert changed.measures["protected"].version != first.measures["protected"].version
    assert resolved.measures["protected"].version != first.measures["protected"].version


@pytest.mark.parametrize("trait", ["sex", "ethnicity", "deprivation_decile", "age"])
def test_nobody_is_ranked_by_what_they_are(tmp_path: Path, trait: str) -> None:
    (fault,) = told(tmp_path, hearts=HEARTS.replace("cha2ds2vasc desc", f"{trait} desc"))
    assert f"`{trait}`" in fault
    assert "code list" in fault
