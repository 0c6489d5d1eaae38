"""An assessment of equality as far as data go: who lives there by each characteristic, who fares worse already, and of
which characteristics nothing is recorded."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from placewise_site.assurance.models import Assessment, Effect, SignOff
from placewise_site.assurance.queries.group_figures import get_group_rows, get_people_rows
from placewise_site.assurance.rules.groups import CHARACTERISTICS, RECORDED_AS, Standing
from placewise_site.evidence.releases import NotReleased, Release
from placewise_site.evidence.sight import Sight


def build_prefilled(release: Release, area: str, programme: str) -> str:
    """Canonical JSON. Raises NotReleased for an area or programme that is not released, NotAllowed for a practice."""
    sight = Sight(release, AnonymousUser())
    where = sight.area(area)
    cards = [card for card in sight.measures() if card.programme == programme] if programme else []
    if programme and not cards:
        raise NotReleased(f"this release has no measure of the programme {programme}")
    people = get_people_rows(sight, area)
    measured = [(card, get_group_rows(sight, card.measure, area)) for card in cards]
    said = {
        "area": where.name,
        "release": release.manifest.release,
        "month": sight.last_month,
        "characteristics": [
            {"characteristic": each, "people": people.get(each, []), "measures": _of(each, measured)}
            for each in CHARACTERISTICS
        ],
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def _of(characteristic: str, measured: list[tuple[Any, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """Each measure with its groups by one characteristic; affected: those that fare worse than everybody together."""
    return [
        {
            "measure": card.measure,
            "title": card.title,
            "better": card.better,
            "groups": split["groups"],
            "affected": [each["title"] for each in split["groups"] if each["standing"] == Standing.WORSE],
            "not_known": [each["title"] for each in split["groups"] if each["standing"] == Standing.NOT_KNOWN],
        }
        for card, splits in measured
        for split in splits
        if RECORDED_AS[split["split"]] == characteristic
    ]


@dataclass(frozen=True, slots=True)
class Characteristic:
    """name; what the data say of it, as in `build_prefilled`; effect: what people say last, None while nobody did."""

    name: str
    people: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    effect: Effect | None

    @property
    def is_recorded(self) -> bool:
        return bool(self.people)

    @property
    def affected(self) -> list[str]:
        """The groups that fare worse in any of the measures, each once."""
        return list(dict.fromkeys(title for measure in self.measures for title in measure["affected"]))


def find_assessments(user: Any) -> QuerySet[Assessment]:
    """Those a person may read, the newest first, each with whether it was signed."""
    return Assessment.objects.visible_to(user).prefetch_related(Prefetch("sign_off", SignOff.objects.all()))


def get_characteristics(assessment: Assessment) -> list[Characteristic]:
    """All of them, whether or not anything is recorded or said."""
    said = _get_effects(assessment)
    return [
        Characteristic(each["characteristic"], each["people"], each["measures"], said.get(each["characteristic"]))
        for each in json.loads(assessment.prefilled)["characteristics"]
    ]


def find_unsaid(assessment: Assessment) -> list[str]:
    said = _get_effects(assessment)
    return [each for each in CHARACTERISTICS if each not in said]


def _get_effects(assessment: Assessment) -> dict[str, Effect]:
    rows = assessment.effects.select_related("words__text", "words__destruction")
    return {row.characteristic: row for row in rows}
