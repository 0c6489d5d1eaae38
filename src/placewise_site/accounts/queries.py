"""What a person may do here, asked by views."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from placewise_site.accounts.models import Agreement, Grant, Purpose, SignInRole, User
from placewise_site.accounts.remembering import recall
from placewise_site.organisations.models import Organisation

PRACTICE = "practice"
RECIPIENT = "screening_provider"
"""The role of those who open what goes to their organisation in place of the treating practices."""
OPENS_LISTS = Q(role__may_open_lists=True, purpose=Purpose.DIRECT_CARE)
RECEIVES_LISTS = Q(role__slug=RECIPIENT, purpose=Purpose.SCREENING_INVITATION)


def find_person(addresses: list[str]) -> User | None:
    """The person an administrator entered under one of these addresses, if they may still sign in."""
    return User.objects.filter(email__in=addresses, is_active=True).first()


def find_organisation(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).first()


def find_people_with_roles() -> QuerySet[User]:
    """Everybody who holds a role today, by name."""
    held = Grant.objects.in_force().values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("first_name", "last_name", "pk")


def find_sign_in_roles(names: list[str]) -> list[SignInRole]:
    """Those of these names, as an organisation's server says them, that are matched with a role here."""
    return list(SignInRole.objects.filter(said__in=names).select_related("role"))


def grants_in_force(user: User | AnonymousUser) -> QuerySet[Grant]:
    return Grant.objects.visible_to(user).in_force()


def get_grants(user: User | AnonymousUser) -> tuple[Grant, ...]:
    """Those of a person that are in force, with their roles and organisations; read once a request."""
    return recall(lambda: tuple(grants_in_force(user)), "grants", user.pk) if user.is_authenticated else ()


def holds_one_of(user: User | AnonymousUser, roles: Collection[str]) -> bool:
    """Whether a person holds one of these roles (slugs), wherever."""
    return any(grant.role.slug in roles for grant in get_grants(user))


def works_at(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Whether a person has a role at an organisation itself, whatever the role."""
    return any(grant.organisation_id == organisation.pk for grant in get_grants(user))


def is_at_the_top(grant: Grant) -> bool:
    """Whether it is held at the organisation of the whole system."""
    return grant.organisation.parent_id is None and grant.organisation.level not in ("", PRACTICE)


def practices_open_to(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The practices whose lists a person may open: their own, and under an agreement those of their network.

    Only a grant for direct care counts, only a role that may open lists, and only with a second factor.
    """
    grants = _grants_for_care(user)
    agreed = agreements_in_force().filter(network__in=grants.values("organisation"))
    return Organisation.objects.filter(
        Q(pk__in=grants.values("organisation")) | Q(pk__in=agreed.values("practice")), level=PRACTICE
    ).select_related("parent")


def recipients_open_to(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The organisations outside the levels whose lists, of people of all practices, a person may open: their own."""
    held = _grants_to_receive(user).values("organisation")
    return Organisation.objects.filter(pk__in=held, level="")


def holders_open_to(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The practices and recipients whose lists a person may open."""
    practices, recipients = practices_open_to(user), recipients_open_to(user)
    return Organisation.objects.filter(Q(pk__in=practices.values("pk")) | Q(pk__in=recipients.values("pk")))


def practices_worked_at(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The practices at which a person has a role of the practice itself, for whatever purpose."""
    at = grants_in_force(user).filter(role__may_open_lists=True).values("organisation")
    return Organisation.objects.filter(pk__in=at, level=PRACTICE)


def practices_below(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The practices of the networks, places and systems in which a person has a role: never the person's own."""
    found: set[int] = set()
    above = set(grants_in_force(user).exclude(organisation__level="").values_list("organisation", flat=True))
    while above:
        children = Organisation.objects.filter(parent__in=above)
        found.update(children.filter(level=PRACTICE).values_list("pk", flat=True))
        above = set(children.exclude(level=PRACTICE).values_list("pk", flat=True))
    return Organisation.objects.filter(pk__in=found)


def works_for_the_system(user: User | AnonymousUser) -> bool:
    """Whether a person has a role at the organisation at the top."""
    return any(is_at_the_top(grant) for grant in get_grants(user))


def agreements_in_force() -> QuerySet[Agreement]:
    """Agreements of practices with the network they belong to today."""
    return Agreement.objects.in_force().filter(practice__parent=F("network"))


def grant_to_ask_with(user: User | AnonymousUser, practice: Organisation) -> Grant | None:
    """The grant under which a person asks for the rows of a practice or recipient: the one nearest to allowing it, or
    None.

    Never one that waits for a second factor.
    """
    return (
        _grants_for_care(user).filter(organisation__in=[practice.pk, practice.parent_id]).first()
        or _grants_to_receive(user).filter(organisation=practice).first()
        or _grants_for_care(user).first()
        or _grants_to_receive(user).first()
        or grants_in_force(user).exclude(OPENS_LISTS | RECEIVES_LISTS).first()
    )


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the person signs in with a one-time code besides the password. A demo asks nobody for one."""
    return bool(settings.DEMO or is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def waits_for_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the person holds a grant that may open lists, and lacks only the second factor to use it."""
    return any(_opens_lists(grant) for grant in get_grants(user)) and not has_second_factor(user)


def has_lists(user: User | AnonymousUser) -> bool:
    """Whether there are lists that a person may open, or may once they have a second factor."""
    held = [grant for grant in get_grants(user) if _opens_lists(grant)]
    if any(grant.organisation.level == PRACTICE or grant.role.slug == RECIPIENT for grant in held):
        return True
    return bool(held) and (not has_second_factor(user) or practices_open_to(user).exists())


def _opens_lists(grant: Grant) -> bool:
    """As OPENS_LISTS and RECEIVES_LISTS ask the database."""
    if grant.role.slug == RECIPIENT:
        return bool(grant.purpose == Purpose.SCREENING_INVITATION)
    return bool(grant.role.may_open_lists and grant.purpose == Purpose.DIRECT_CARE)


def _grants_to_receive(user: User | AnonymousUser) -> QuerySet[Grant]:
    return grants_in_force(user).filter(RECEIVES_LISTS) if has_second_factor(user) else Grant.objects.none()


def _grants_for_care(user: User | AnonymousUser) -> QuerySet[Grant]:
    return grants_in_force(user).filter(OPENS_LISTS) if has_second_factor(user) else Grant.objects.none()
