"""What one organisation owes another: recommendations, findings of reviews, promises; and each step to its evidence."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from placewise_site.accounts.models import Words
from placewise_site.assurance.lifecycle import Kind, State
from placewise_site.assurance.models.recorded import Recorded
from placewise_site.assurance.models.reviews import Review
from placewise_site.organisations.models import Organisation


class Commitment(Recorded):
    """owner owes it to `owed_to`, by a day. measure: by which it will be seen to have worked; without one, why none."""

    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=300)  # the document, review or decision it comes from, and the place in it
    programme = models.SlugField(max_length=60, blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owed_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    measure = models.SlugField(max_length=80, blank=True)
    no_measure_because = models.CharField(max_length=200, blank=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    is_invented = models.BooleanField(default=False)

    open_to_all: ClassVar[Q | None] = Q(kind=Kind.RECOMMENDATION)  # made in public, so followed up in public

    class Meta(Recorded.Meta):
        ordering = ["due", "pk"]
        verbose_name = "record of what organisations owe one another"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="commitment_kind_known"),
            models.CheckConstraint(condition=~Q(owner=F("owed_to")), name="commitment_owed_to_another"),
            models.CheckConstraint(
                condition=Q(measure="") & ~Q(no_measure_because="") | ~Q(measure="") & Q(no_measure_because=""),
                name="commitment_measured_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.REVIEW_FINDING, review__isnull=False)
                | ~Q(kind=Kind.REVIEW_FINDING) & Q(review=None),
                name="commitment_finding_has_its_review",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(Recorded):
    """What became of it. words: the evidence, or why what was given is not enough. evidence_on: the day it is of."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=State)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, null=True, related_name="+")
    evidence_on = models.DateField(null=True)

    class Meta(Recorded.Meta):
        verbose_name = "record of steps"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.EVIDENCED) | Q(words__isnull=False, evidence_on__isnull=False),
                name="step_has_its_evidence",
            )
        ]

    def __str__(self) -> str:
        return State(self.state).label
