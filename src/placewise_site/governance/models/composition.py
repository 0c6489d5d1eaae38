"""Who members say they are, and what all bodies together are made of. Nobody is shown what one member said."""

from django.db import models

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.governance.models.public import PublicQuerySet


class Characteristic(models.TextChoices):
    AGE_BAND = "age_band", "Age"
    SEX = "sex", "Sex"
    ETHNICITY = "ethnicity", "Ethnic group"
    DISABILITY = "disability", "Disability"
    LIVED_EXPERIENCE = "lived_experience", "Lived experience of illness or caring"


class SelfDescription(OnlyGrows):
    """What one person said of themselves, freely. It stands apart (accounts.Words, as JSON: characteristic -> group),
    so that it can be destroyed: by whoever said it, whenever they like. It has no scope by which a page could read it.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of what members said of themselves"

    def __str__(self) -> str:
        return "what a member said of themselves"


class Composition(OnlyGrows):
    """Members of all bodies together by what they said, as counted once in a quarter: hidden and rounded like a release
    and as lasting, so that two looks tell nothing of who answered in between.

    told: characteristic -> group -> count, None for hidden; a characteristic of which too little was said is not in it.
    """

    quarter_from = models.DateField(unique=True)
    members = models.PositiveIntegerField(null=True)  # rounded; null: too few
    told = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter_from"]
        verbose_name = "record of what bodies are made of"

    def __str__(self) -> str:
        return f"quarter from {self.quarter_from}"
