"""What was found among claims on a past day is kept, and is what the rules find among the claims as they stood then."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from builders.ledger import record
from builders.site import add_person_in_role
from placewise_site.evidence.ledger.actions import remove_claim, settle_conflict
from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.evidence.ledger.models import Conflict, ConflictsKept
from placewise_site.evidence.ledger.queries import holding
from placewise_site.evidence.ledger.queries.conflicts import find_conflicts
from placewise_site.evidence.ledger.queries.holding import find_past

pytestmark = pytest.mark.usefixtures("site")

FIRST = "a1 500 people measurand=seen\na2 600 people measurand=seen\nb1 80 people measurand=nurses family=nursing\n"
WHOLE = "c1 500 people measurand=frail family=frailty basis=people_on_the_register\n"
PART = "c2 300 people measurand=visited family=frailty basis=people_in_care_homes part_of=c1 nesting=stated\n"
POSTS = "b2 61.5 full-time_equivalents measurand=posts family=nursing\n"


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the clock on by a day, and gives the last moment of the day before."""
    began, passed = timezone.now(), [0]
    monkeypatch.setattr(timezone, "now", lambda: began + timedelta(days=passed[0]))

    def next_day() -> datetime:
        passed[0] += 1
        return timezone.now() - timedelta(hours=1)

    return next_day


def found_on(moment: datetime) -> set[tuple[str, tuple[str, ...]]]:
    """What is kept of a moment, once for each conflict."""
    kept = [(each.type, tuple(each.claims)) for each in Conflict.objects.standing(moment)]
    assert len(kept) == len(set(kept))
    return set(kept)


def worked_out(moment: datetime) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.type, each.claims) for each in find_past(moment)}


@pytest.mark.requirement("S186")
def test_what_is_kept_of_each_day_is_what_the_rules_find_among_the_claims_of_that_day(
    tmp_path: Path, days: Any
) -> None:
    secretary = add_person_in_role("board_secretary", "HVS")
    moments = [timezone.now() - timedelta(days=1)]
    record(tmp_path, FIRST)
    moments.append(days())
    record(tmp_path, FIRST + WHOLE + PART + POSTS)
    moments.append(days())
    record(tmp_path, FIRST.replace("a2 600", "a2 500") + WHOLE + PART.replace("300", "310") + POSTS)
    moments.append(days())
    settle_conflict(by=secretary, type="contradiction", claims=["c1", "c2"], stands=["c1"], source="Asked")
    moments.append(days())
    assert [len(found_on(each)) for each in moments] == [0, 1, 3, 2, 1]
    assert [found_on(each) for each in moments] == [worked_out(each) for each in moments]

    remove_claim(by=secretary, name="a2", kind=Removed.ERASED, reason="It named somebody.")
    moments.append(days())
    assert not any("a2" in claims for each in moments for _, claims in found_on(each)), "at no past day either"
    assert [found_on(each) for each in moments] == [worked_out(each) for each in moments]


def test_a_past_day_is_read_and_not_worked_out_however_much_changed_since(
    tmp_path: Path, days: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"n{each} {each + 5} people measurand=m{each // 2}" for each in range(40)]
    record(tmp_path, "\n".join(lines))
    past = days()
    record(tmp_path, "\n".join(f"{line} section=Corrected" for line in lines))
    monkeypatch.setattr(holding, "find_conflicts", lambda claims: pytest.fail("it was worked out"))
    director = add_person_in_role("director", "HVS")
    with CaptureQueriesContext(connection) as asked:
        count, blocking, shown = find_conflicts(director, "", past.date(), past, 0, 5)
    assert (count, blocking, len(shown)) == (20, 20, 5)
    assert len(asked) < 12


def test_of_the_time_before_they_were_kept_they_are_worked_out(tmp_path: Path, days: Any) -> None:
    record(tmp_path, FIRST)
    past = days()
    Conflict.objects.all().delete()  # as a record had them that knew only what is found now
    ConflictsKept.objects.create(since=timezone.now())
    director = add_person_in_role("director", "HVS")
    assert find_conflicts(director, "", past.date(), past, 0, 5)[0] == 1
    assert find_conflicts(director, "", None, None, 0, 5)[0] == 0
