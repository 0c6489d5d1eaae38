"""The risk register: risks, what holds them down, whether that was tested, and every score with its ground."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import Words
from placewise_site.assurance.models.recorded import Recorded
from placewise_site.assurance.rules.risks import LEAST, MOST, Line
from placewise_site.organisations.models import Organisation

LINES = [(Line.MANAGEMENT, "Management"), (Line.OVERSIGHT, "Oversight"), (Line.INDEPENDENT, "Independent")]
ON_THE_SCALE = {
    f"{name}__{bound}": value for name in ("likelihood", "impact") for bound, value in (("gte", LEAST), ("lte", MOST))
}


class Risk(Recorded):
    """What may go wrong and what would follow. programme: slug, or blank for the whole system."""

    title = models.CharField(max_length=200)
    what_follows = models.CharField(max_length=500)
    programme = models.SlugField(max_length=60, blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_invented = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        verbose_name = "register of risks"

    def __str__(self) -> str:
        return self.title


class Watch(Recorded):
    """The measure that a risk is watched by: its value says how likely the risk is (rules/risks.py, get_likelihood)."""

    risk = models.OneToOneField(Risk, on_delete=models.PROTECT, related_name="watch")
    measure = models.SlugField(max_length=80)
    area = models.CharField(max_length=20)  # code of an area of the release
    steps = models.JSONField()  # four values of the measure, the best first

    class Meta(Recorded.Meta):
        verbose_name = "record of measures that risks are watched by"

    def __str__(self) -> str:
        return self.measure


class Ground(models.TextChoices):
    OPENED = "opened", "When the risk was entered"
    MEASURE = "measure", "The measure moved"
    REASON = "reason", "For a recorded reason"


class Score(Recorded):
    """How likely and how grave from now on, and on what ground: a measure's claim or a reason in words."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="scores")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=20, choices=Ground)
    claim = models.CharField(max_length=300, blank=True)  # address of the figure that moved it
    reason = models.ForeignKey(Words, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Recorded.Meta):
        verbose_name = "record of scores"
        constraints = [
            models.CheckConstraint(condition=Q(**ON_THE_SCALE), name="score_on_the_scale"),
            models.CheckConstraint(
                condition=Q(ground=Ground.MEASURE, reason=None) & ~Q(claim="")
                | Q(ground__in=(Ground.REASON, Ground.OPENED), claim="", reason__isnull=False),
                name="score_has_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.likelihood} x {self.impact}"


class Control(Recorded):
    """What holds a risk down, and how long one test of it is worth."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls")
    title = models.CharField(max_length=200)
    line = models.PositiveSmallIntegerField(choices=LINES)
    test_every_days = models.PositiveSmallIntegerField()

    class Meta(Recorded.Meta):
        verbose_name = "register of controls"
        constraints = [models.CheckConstraint(condition=Q(test_every_days__gte=1), name="control_tested_some_day")]

    def __str__(self) -> str:
        return self.title


class ControlTest(Recorded):
    """That somebody tried whether a control works, with what they found."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="tests")
    on = models.DateField()
    passed = models.BooleanField()
    evidence = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        ordering = ["on", "pk"]
        verbose_name = "record of tests of controls"

    def __str__(self) -> str:
        return f"{self.on}: {'passed' if self.passed else 'failed'}"
