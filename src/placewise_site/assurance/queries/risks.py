"""The register of risks with colours, grounds and gaps, as it stands or stood on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from placewise_site.assurance.models import Control, ControlTest, Risk, Score, Watch
from placewise_site.assurance.queries.rows import Rows, up_to
from placewise_site.assurance.rules import risks as rules
from placewise_site.assurance.rules.risks import Colour, ControlState, Line, Rating


@dataclass(frozen=True, slots=True)
class KeptControl:
    row: Control
    rule: rules.Control
    state: ControlState
    due: date | None


@dataclass(frozen=True, slots=True)
class RiskCard:
    """score: the newest; rating: its colour on the day asked; gaps: lines of assurance without a control tested."""

    risk: Risk
    score: Score
    rating: Rating
    controls: tuple[KeptControl, ...]
    gaps: tuple[Line, ...]


def get_cards(risks: QuerySet[Risk], on: date, rows: Rows | None = None) -> list[RiskCard]:
    """The worst first. rows: only what was noted (rows.py)."""
    held = (
        risks.filter(up_to(Risk, rows))
        .select_related("owner")
        .prefetch_related(
            Prefetch("watch", Watch.objects.all()),
            Prefetch(
                "scores",
                Score.objects.filter(up_to(Score, rows)).select_related("reason__text", "reason__destruction", "by"),
            ),
            Prefetch("controls", Control.objects.filter(up_to(Control, rows))),
            Prefetch(
                "controls__tests",
                ControlTest.objects.filter(up_to(ControlTest, rows)).select_related(
                    "evidence__text", "evidence__destruction"
                ),
            ),
        )
    )
    order = list(Colour)
    cards = [_get_card(risk, on) for risk in held]
    return sorted(cards, key=lambda card: (order.index(card.rating.colour), -card.rating.score, card.risk.pk))


def _get_card(risk: Risk, on: date) -> RiskCard:
    score = list(risk.scores.all())[-1]
    kept = tuple(_keep(control, on) for control in risk.controls.all())
    held = [each.rule for each in kept]
    return RiskCard(
        risk=risk,
        score=score,
        rating=rules.rate(score.likelihood, score.impact, held, on),
        controls=kept,
        gaps=rules.find_gaps(held, on),
    )


def _keep(control: Control, on: date) -> KeptControl:
    rule = rules.Control(
        title=control.title,
        line=Line(control.line),
        test_every_days=control.test_every_days,
        tests=tuple(rules.Trial(on=test.on, passed=test.passed) for test in control.tests.all()),
    )
    return KeptControl(control, rule, rules.judge_control(rule, on), rules.get_due(rule))


def count_colours(cards: Iterable[RiskCard]) -> dict[Colour, int]:
    colours = [card.rating.colour for card in cards]
    return {colour: colours.count(colour) for colour in Colour}
