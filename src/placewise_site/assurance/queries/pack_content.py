"""What a check-and-confirm pack holds: worked out from a release and from the rows of the record up to noted ones.

Both never change, since a release is immutable and the record only grows: so a pack can be built again at any time, and
is the same byte for byte. Personal text is not in it, only where to find it, so that it can still be destroyed.
"""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from placewise_site.assurance.lifecycle import Kind
from placewise_site.assurance.models import Assessment, Commitment, Involvement, MoneyLine, Pack, Risk, SignOff
from placewise_site.assurance.queries.commitments import get_owed
from placewise_site.assurance.queries.group_figures import get_group_rows
from placewise_site.assurance.queries.risks import get_cards
from placewise_site.assurance.queries.rows import Rows, up_to
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.findings import get_above_practices
from placewise_site.evidence.releases import NotReleased, Release, find_release
from placewise_site.evidence.sight import Sight

NOT_RECORDED = "not recorded"


def build_content(programme: str, release: Release, at: datetime, rows: Rows) -> str:
    """Canonical JSON, from what everybody may see of a release. Raises NotReleased where it has no such programme."""
    sight = Sight(release, AnonymousUser())
    cards = [card for card in sight.measures() if card.programme == programme]
    if not cards:
        raise NotReleased(f"this release has no measure of the programme {programme}")
    measures = {card.measure for card in cards}
    day = timezone.localdate(at)
    said = {
        "programme": programme,
        "title": cards[0].programme_title,
        "release": release.manifest.release,
        "as_at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "rows": rows,
        "area": sight.whole.name,
        "measures": [_measure(sight, card) for card in cards],
        "findings": [
            {"measure": each.measure, "area": each.area_name, "word": str(each.word), "sentence": each.sentence}
            for each in get_above_practices(sight)
            if each.measure in measures and each.is_known
        ],
        "inequality": [_inequality(sight, card) for card in cards],
        "money": _money(programme, rows) or NOT_RECORDED,
        "risks": _risks(programme, day, rows) or NOT_RECORDED,
        "involvement": _involvement(programme, rows) or NOT_RECORDED,
        "recommendations": _recommendations(programme, day, rows) or NOT_RECORDED,
        "assessments": _assessments(programme, rows) or NOT_RECORDED,
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def get_hash(content: str) -> str:
    """SHA-256 of the pack's bytes."""
    return hashlib.sha256(content.encode()).hexdigest()


def is_same_again(pack: Pack) -> bool:
    """Whether the pack, built again from the data, equals the stored one byte for byte. Raises NotReleased (Withdrawn)
    where its release opens no more."""
    rows = json.loads(pack.content)["rows"]
    again = build_content(pack.programme, find_release(pack.release), pack.at, rows)
    return again == pack.content and get_hash(again) == pack.sha256


def _measure(sight: Sight, card: Any) -> dict[str, Any]:
    said = {"measure": card.measure, "title": card.title, "better": card.better, "lead": card.lead, "unit": card.unit}
    with suppress(NotReleased):
        return said | _cell(sight.latest(card.measure, sight.whole.code))
    return said | {"state": "not_released"}


def _cell(cell: Cell) -> dict[str, Any]:
    names = ("numerator", "denominator", "value", "lower", "upper", "state", "address")
    return {name: getattr(cell, name) for name in names} | {"month": f"{cell.month:%Y-%m}"}


def _inequality(sight: Sight, card: Any) -> dict[str, Any]:
    rows = get_group_rows(sight, card.measure, sight.whole.code)
    return {"measure": card.measure, "title": card.title, "splits": rows or NOT_RECORDED}


def _money(programme: str, noted: Rows) -> list[dict[str, Any]]:
    rows = MoneyLine.objects.filter(up_to(MoneyLine, noted), programme=programme)
    names = ("heading", "period", "pounds", "citation", "is_invented")
    return [{name: getattr(row, name) for name in names} for row in rows]


def _risks(programme: str, day: date, noted: Rows) -> list[dict[str, Any]]:
    return [
        {
            "risk": card.risk.pk,
            "title": card.risk.title,
            "owner": card.risk.owner.name,
            "likelihood": card.score.likelihood,
            "impact": card.score.impact,
            "score": card.rating.score,
            "colour": str(card.rating.colour),
            "because": list(card.rating.because),
            "gaps": [line.name.lower() for line in card.gaps],
            "is_invented": card.risk.is_invented,
        }
        for card in get_cards(Risk.objects.filter(programme=programme), day, noted)
    ]


def _involvement(programme: str, noted: Rows) -> list[dict[str, Any]]:
    rows = Involvement.objects.filter(up_to(Involvement, noted), programme=programme)
    return [
        {
            "on": row.on.isoformat(),
            "title": row.title,
            "people": row.people,
            "words": row.what_changed_id,
            "is_invented": row.is_invented,
        }
        for row in rows
    ]


def _recommendations(programme: str, day: date, noted: Rows) -> list[dict[str, Any]]:
    rows = Commitment.objects.filter(programme=programme).exclude(kind=Kind.REVIEW_FINDING)
    return [
        {
            "commitment": each.commitment.pk,
            "title": each.commitment.title,
            "owner": each.commitment.owner.name,
            "owed_to": each.commitment.owed_to.name,
            "due": each.commitment.due.isoformat(),
            "state": str(each.state),
            "last_evidence": each.last_evidence.isoformat() if each.last_evidence else None,
            "is_overdue": each.is_overdue,
            "is_invented": each.commitment.is_invented,
        }
        for each in get_owed(rows, day, noted)
    ]


def _assessments(programme: str, noted: Rows) -> list[dict[str, Any]]:
    signed = set(SignOff.objects.filter(up_to(SignOff, noted)).values_list("assessment_id", flat=True))
    rows = Assessment.objects.filter(up_to(Assessment, noted), programme=programme)
    return [{"assessment": row.pk, "title": row.title, "is_signed": row.pk in signed} for row in rows]
