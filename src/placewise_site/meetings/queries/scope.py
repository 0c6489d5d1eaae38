"""Whose record is open to whom: the bodies a person sits on or keeps, and the items whose papers are kept from them.

Every `visible_to` of this app and every policy asks here, so that no page, feed or answer can know better.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from placewise_site.accounts.queries import get_grants, is_at_the_top
from placewise_site.accounts.remembering import recall
from placewise_site.governance.models import Body, Interest, Membership
from placewise_site.governance.policies import SECRETARY
from placewise_site.meetings import clock
from placewise_site.meetings.past import as_it_is
from placewise_site.meetings.rules.interests import COMPETITIVE, Ruling


def memberships_of(user: Any) -> QuerySet[Membership]:
    """The seats a person holds today, deputies' among them."""
    return Membership.objects.on(clock.today()).filter(member__person_id=user.pk or 0)


def bodies_kept_by(user: Any) -> QuerySet[Body]:
    """The bodies a board secretary keeps: all of them, or those of the places where they have the role."""
    grants = [grant for grant in get_grants(user) if grant.role.slug == SECRETARY]
    if any(is_at_the_top(grant) for grant in grants):
        return Body.objects.all()
    if not grants:
        return Body.objects.none()
    places = {grant.organisation.code for grant in grants}
    kept = [pk for pk, covers in Body.objects.values_list("pk", "covers") if covers and set(covers) <= places]
    return Body.objects.filter(pk__in=kept)


def bodies_open_to(user: Any) -> QuerySet[Body]:
    """The bodies whose private record a person may read: those they sit on, and those they keep."""
    if not user.is_authenticated:
        return Body.objects.none()

    def read() -> frozenset[int]:
        kept = bodies_kept_by(user).values_list("pk", flat=True)
        return frozenset((*kept, *memberships_of(user).values_list("seat__body", flat=True)))

    return Body.objects.filter(pk__in=recall(read, "bodies", user.pk, clock.today()))


def keep_from(items: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those of the items of which this person receives no papers, by a ruling or, until there is one, by default."""
    from placewise_site.meetings.models.part import Declaration, InterestRuling

    if not user.is_authenticated:
        return items.none()
    own = recall(lambda: _get_seats_ever(user), "seats", user.pk)
    if not own:
        return items.none()
    with as_it_is():
        ruled = InterestRuling.objects.filter(item=OuterRef("pk"), membership__in=own).order_by("-pk")
        declared = Declaration.objects.filter(item=OuterRef("pk"), membership__in=own)
    interests = Interest.objects.filter(
        Q(end=None) | Q(end__last_day__gte=OuterRef("at__date")),
        member__person_id=user.pk,
        held_from__lte=OuterRef("at__date"),
    )
    return items.annotate(own_ruling=Subquery(ruled.values("ruling")[:1])).filter(
        Q(own_ruling=Ruling.NO_PAPERS)
        | Q(Exists(declared) | Exists(interests), own_ruling=None, subject__in=COMPETITIVE),
        body__in=set(own.values()),
    )


def _get_seats_ever(user: Any) -> dict[int, int]:
    """Key of each membership a person has or had -> that of its body."""
    return dict(Membership.objects.filter(member__person_id=user.pk).values_list("pk", "seat__body"))
