"""Who owes whom what, and how far it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from placewise_site.assurance.lifecycle import State, is_overdue
from placewise_site.assurance.models import Commitment, Step
from placewise_site.assurance.queries.rows import Rows, up_to
from placewise_site.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Owed:
    """last_evidence: the day the newest evidence is of; None where none was ever given."""

    commitment: Commitment
    state: State
    last_evidence: date | None
    is_overdue: bool
    steps: tuple[Step, ...]

    @property
    def measured_by(self) -> str:
        """The measure's slug, or why there is none."""
        return self.commitment.measure or f"No measure: {self.commitment.no_measure_because}"


def get_owed(commitments: QuerySet[Commitment], on: date, rows: Rows | None = None) -> list[Owed]:
    """What is due first. rows: only what was noted (rows.py)."""
    steps = Step.objects.filter(up_to(Step, rows)).select_related("words__text", "words__destruction", "by")
    held = (
        commitments.filter(up_to(Commitment, rows))
        .select_related("owner", "owed_to", "review")
        .prefetch_related(Prefetch("steps", steps))
    )
    return [_get_owed(row, on) for row in held]


def _get_owed(commitment: Commitment, on: date) -> Owed:
    steps = tuple(commitment.steps.all())
    state = State(steps[-1].state) if steps else State.OPEN
    days = [step.evidence_on for step in steps if step.evidence_on]
    return Owed(commitment, state, max(days, default=None), is_overdue(state, commitment.due, on), steps)


def by_pair(owed: Iterable[Owed]) -> dict[tuple[Organisation, Organisation], list[Owed]]:
    """(who owes, to whom) -> what is not closed yet, by the owner's name and then by whom it is owed to."""
    found: dict[tuple[Organisation, Organisation], list[Owed]] = defaultdict(list)
    for each in owed:
        if each.state != State.CLOSED:
            found[each.commitment.owner, each.commitment.owed_to].append(each)
    return dict(sorted(found.items(), key=lambda pair: (pair[0][0].sort_name, pair[0][1].sort_name)))
