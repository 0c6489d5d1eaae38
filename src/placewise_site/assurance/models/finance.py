"""The system plan of a financial year, each organisation's own plan, the shares of the risk, and forecasts by month."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from placewise_site.assurance.models.recorded import Recorded
from placewise_site.assurance.rules.finance import WHOLE, Money, get_year
from placewise_site.organisations.models import Organisation


class Figure(models.Model):
    """Money that rests on a claim, or is marked as invented. citation: a claim of the ledger, or a claim's address."""

    citation = models.CharField(max_length=300, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(citation="") | Q(is_invented=True), name="%(class)s_rests_on_a_claim")
        ]


class OfOrganisation(models.Model):
    """Whole pounds of one organisation in the whole year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    income = models.PositiveBigIntegerField()
    spending = models.PositiveBigIntegerField()

    class Meta:
        abstract = True

    @property
    def money(self) -> Money:
        return Money(self.income, self.spending)


class SystemPlan(Recorded, Figure):
    """starts_in: the calendar year of its April; envelope: whole pounds. Of several of one year the newest is read."""

    starts_in = models.PositiveSmallIntegerField(validators=[MinValueValidator(1948), MaxValueValidator(2200)])
    envelope = models.PositiveBigIntegerField()

    class Meta(Figure.Meta):
        ordering = ["-starts_in", "-pk"]
        verbose_name = "record of system plans"

    def __str__(self) -> str:
        return f"System plan {get_year(self.starts_in)}"


class PlanPart(Recorded, OfOrganisation):
    """What the system plans for one organisation. share: of an overspend, in hundredths of a percent."""

    plan = models.ForeignKey(SystemPlan, on_delete=models.PROTECT, related_name="parts")
    share = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WHOLE)])

    class Meta(Recorded.Meta):
        verbose_name = "record of parts of system plans"
        constraints = [models.UniqueConstraint(fields=["plan", "organisation"], name="part_once_a_plan")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.plan}"


class OrganisationPlan(Recorded, Figure, OfOrganisation):
    """What an organisation itself plans. The newest is read, until the system plan is closed."""

    plan = models.ForeignKey(SystemPlan, on_delete=models.PROTECT, related_name="own_plans")

    class Meta(Figure.Meta):
        ordering = ["pk"]
        verbose_name = "record of organisations' plans"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.plan}"


class PlanClosing(Recorded):
    """That the organisations' plans add up to the system plan, and stand."""

    plan = models.OneToOneField(SystemPlan, on_delete=models.PROTECT, related_name="closing")

    class Meta(Recorded.Meta):
        verbose_name = "record of closed system plans"

    def __str__(self) -> str:
        return str(self.plan)


class Forecast(Recorded, Figure, OfOrganisation):
    """What an organisation expects of the whole year, as of a month. The newest of a month is read."""

    plan = models.ForeignKey(SystemPlan, on_delete=models.PROTECT, related_name="forecasts")
    month = models.DateField()  # its first day

    class Meta(Figure.Meta):
        ordering = ["month", "pk"]
        verbose_name = "record of forecasts"

    def __str__(self) -> str:
        return f"{self.organisation}, {self.month:%B %Y}: {self.plan}"
