"""Equality impact assessments: what the release says of who lives there and fares how, and what people conclude."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import Words
from placewise_site.assurance.models.recorded import Recorded
from placewise_site.assurance.rules.groups import CHARACTERISTICS


class Assessment(Recorded):
    """Of one proposal. prefilled: from a release (queries/assessments.py), never typed; it can be worked out again."""

    title = models.CharField(max_length=200)
    programme = models.SlugField(max_length=60, blank=True)
    area = models.CharField(max_length=20)  # code of an area of the release
    release = models.CharField(max_length=40)
    prefilled = models.TextField()  # canonical JSON
    is_invented = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        ordering = ["-pk"]
        verbose_name = "record of equality impact assessments"

    def __str__(self) -> str:
        return self.title


class Expected(models.TextChoices):
    BETTER = "better", "Better for them"
    SAME = "same", "No difference"
    WORSE = "worse", "Worse for them"
    UNKNOWN = "unknown", "Not known"


class Effect(Recorded):
    """What is expected for the people of one characteristic, and why, or what will be done; the newest counts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="effects")
    characteristic = models.CharField(max_length=40, choices=[(each, each.capitalize()) for each in CHARACTERISTICS])
    expected = models.CharField(max_length=20, choices=Expected)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        verbose_name = "record of effects"
        constraints = [
            models.CheckConstraint(condition=Q(characteristic__in=CHARACTERISTICS), name="effect_of_a_known_kind"),
            models.CheckConstraint(condition=Q(expected__in=Expected.values), name="effect_known"),
        ]

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.expected}"


class SignOff(Recorded):
    """Somebody puts their name to a complete assessment; from then on it is closed."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="sign_off")

    class Meta(Recorded.Meta):
        verbose_name = "record of assessments signed"

    def __str__(self) -> str:
        return str(self.assessment)
