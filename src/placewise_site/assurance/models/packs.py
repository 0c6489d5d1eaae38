"""Packs of check-and-confirm sessions as they were built, what goes into them by hand, and how they were challenged."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import Words
from placewise_site.assurance.models.recorded import Recorded


class MoneyLine(Recorded):
    """One figure of a programme's money, as a claim. citation: a claim of the ledger, or a claim's address."""

    programme = models.SlugField(max_length=60)
    heading = models.CharField(max_length=200)
    period = models.CharField(max_length=40)
    pounds = models.BigIntegerField()
    citation = models.CharField(max_length=300)
    is_invented = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        verbose_name = "record of money"
        constraints = [models.CheckConstraint(condition=~Q(citation=""), name="money_rests_on_a_claim")]

    def __str__(self) -> str:
        return f"{self.heading}: {self.pounds}"


class Involvement(Recorded):
    """That people concerned were involved in a programme, when, how many, and what changed because of them."""

    programme = models.SlugField(max_length=60)
    on = models.DateField()
    title = models.CharField(max_length=200)
    people = models.PositiveIntegerField()
    what_changed = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    is_invented = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        ordering = ["on", "pk"]
        verbose_name = "record of involvement"

    def __str__(self) -> str:
        return self.title


class Pack(Recorded):
    """A pack as it was built: from a release and from what the record held at that moment. It can be built again."""

    programme = models.SlugField(max_length=60)
    release = models.CharField(max_length=40)
    content = models.TextField()  # canonical JSON (queries/packs.py)
    sha256 = models.CharField(max_length=64)

    class Meta(Recorded.Meta):
        ordering = ["-pk"]
        verbose_name = "record of packs"

    def __str__(self) -> str:
        return f"{self.programme}, {self.release}"


class Challenge(Recorded):
    """What somebody asks of a pack in plain words. It stays open until it is answered."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="challenges")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        verbose_name = "record of challenges"

    def __str__(self) -> str:
        return str(self.pack)


class Answer(Recorded):
    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="answer")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        verbose_name = "record of answers"

    def __str__(self) -> str:
        return str(self.challenge)
