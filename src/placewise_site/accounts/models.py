"""People, what each may see and why, and who looked at what."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q

from placewise_site.organisations.models import Organisation


class PeopleManager(UserManager["User"]):
    """People are known by e-mail address; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":  # type: ignore[override]
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":  # type: ignore[override]
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField("email address", unique=True)
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PeopleManager] = PeopleManager()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Role(models.Model):
    """What a person is here as. The rows come with the first migration (roles.py)."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=80)
    home = models.SlugField()  # the home page of this role: web/homes
    may_open_lists = models.BooleanField(default=False)  # rows about persons, for direct care only
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.title


class Purpose(models.TextChoices):
    DIRECT_CARE = "direct_care", "Direct care"
    POPULATION_HEALTH_PLANNING = "population_health_planning", "Planning for the population's health"


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, on: object) -> "GrantQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def visible_to(self, user: object) -> "GrantQuerySet":
        """A person sees their own grants; an administrator sees all."""
        if getattr(user, "is_superuser", False):
            return self
        return self.filter(user_id=getattr(user, "pk", None))


class Grant(models.Model):
    """One person holds one role at one organisation, for one purpose, between two dates."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=40, choices=Purpose)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["role__rank", "organisation__sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="grant_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="grant_purpose_known"),
            models.UniqueConstraint(fields=["user", "role", "organisation", "purpose", "starts_on"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, on: object) -> "AgreementQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class Agreement(models.Model):
    """A practice lets the staff of the network above it open the practice's lists: the recorded agreement."""

    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements_given")
    reference = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="agreement_dates_in_order"
            ),
            models.UniqueConstraint(fields=["practice", "network", "starts_on"], name="agreement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} with {self.network}"
