"""Reviews of places by people of other places."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User, Words
from placewise_site.assurance.models.recorded import Recorded
from placewise_site.organisations.models import Organisation


class Review(Recorded):
    """One review of one place. What it found is what the place owes (commitments.py), and is closed like it."""

    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    opened_on = models.DateField()
    is_invented = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        ordering = ["-opened_on", "-pk"]
        verbose_name = "record of reviews"

    def __str__(self) -> str:
        return self.title


class Reviewer(Recorded):
    """Somebody of the team: never of the place under review (rules/reviewers.py). capacity: as what they come."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=100)

    class Meta(Recorded.Meta):
        verbose_name = "record of reviewers"
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="reviewer_once"),
            models.CheckConstraint(condition=~Q(capacity=""), name="reviewer_has_a_capacity"),
        ]

    def __str__(self) -> str:
        return self.capacity


class SelfAssessment(Recorded):
    """What the place says of itself before anybody comes."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="self_assessments")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        verbose_name = "record of self-assessments"

    def __str__(self) -> str:
        return str(self.review)
