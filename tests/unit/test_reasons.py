"""Why somebody is on a call list, in the words of their record, whatever the measure asks."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from builders.asked import code_lists, read_question
from builders.warehouse import write_shard
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.timeline.events import read_events
from placewise.plans.lists.reasons import build_reasons, find_lines

RECORD = """
    1 stroke_codes      2024-03-05
    1 medication_review 2024-02-05
    1 cha2ds2vasc       2024-01-05 3
"""
SCORE, STROKE, REVIEW = (code_lists()[name].title for name in ("cha2ds2vasc", "stroke_codes", "medication_review"))


@pytest.mark.parametrize(
    ("missed", "told"),
    [
        ("{has: medication_review, after: {first: stroke_codes}}", f"{REVIEW}: recorded 5 Feb 2024"),
        ("{first: medication_review, within: 1 month}", f"{REVIEW}: recorded 5 Feb 2024"),
        ("{nth: 2, of: medication_review}", f"{REVIEW}: recorded 5 Feb 2024"),
        ('{value: cha2ds2vasc, is: ">= 4"}', f"{SCORE}: 3, 5 Jan 2024"),
        (
            "{resolved: stroke_codes, by: af_resolved_codes}",
            f"{code_lists()['af_resolved_codes'].title}: none recorded",
        ),
        ("{began: {has: af_codes}, since: 1 year}", f"{code_lists()['af_codes'].title}: none recorded"),
    ],
)
def test_what_is_missing_is_told(tmp_path: Path, missed: str, told: str) -> None:
    of, count = read_question("{has: stroke_codes}"), read_question(missed)
    names = named_code_lists(of) | named_code_lists(count)
    events = read_events(
        write_shard(tmp_path / "shard", code_lists(), people="1 1950-03", events=RECORD), names, code_lists()
    )
    titles = {name: each.title for name, each in code_lists().items()}
    last_day = (date(2024, 12, 31) - date(1970, 1, 1)).days
    reasons = build_reasons(find_lines(of, count, {}), events, np.array([0]), last_day, titles)
    assert reasons.to_pylist() == [[f"{STROKE}: recorded 5 Mar 2024", told]]
