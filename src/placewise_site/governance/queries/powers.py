"""Which rule applied and who decides, on a day, as the files last said it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from placewise_site.evidence.deployment import get_deployment
from placewise_site.governance.models import Body, Delegation, InstrumentVersion, Quorum, Seat
from placewise_site.governance.rules.delegation import Gap, Overlap, Power, find_decider
from placewise_site.governance.rules.instruments import NoOneAnswer, Version, get_version
from placewise_site.governance.rules.quorum import QuorumRule, get_number_needed
from placewise_site.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides. limit: in pounds; expires: the last day; None for none; above: who decides above the limit."""

    body: Body
    limit: int | None
    expires: date | None
    above: Body | None
    is_invented: bool
    power: Power


def places_on(on: date) -> QuerySet[Organisation]:
    """The places of the system on a day, by name: also one that has left since."""
    level = get_deployment().hierarchy.levels[1]
    return Organisation.objects.filter(
        Q(open_from=None) | Q(open_from__lte=on), Q(open_to=None) | Q(open_to__gte=on), kind=level
    )


def get_powers() -> list[Power]:
    """The whole scheme of delegation, every day of it."""
    return [_power(each) for each in _delegations()]


def get_decider(function: str, place: str, on: date) -> Decider | Gap | Overlap:
    """Who decides a function (its slug) in a place (its code) on a day; else the gap or overlap."""
    rows = {_power(each): each for each in _delegations().filter(function__slug=function)}
    found = find_decider(list(rows), function, place, on)
    if not isinstance(found, Power):
        return found
    row = rows[found]
    return Decider(row.decider, row.limit_pounds, row.expires_on, row.above, row.is_invented, found)


def get_versions() -> QuerySet[InstrumentVersion]:
    """Every version of every instrument, as the files last said it."""
    return InstrumentVersion.objects.newest().select_related("instrument")


def find_version(instrument: str, parties: Collection[str], on: date) -> InstrumentVersion:
    """The one version that bound these parties on a day. Raises NoOneAnswer."""
    rows = {each.slug: each for each in get_versions().filter(instrument__slug=instrument)}
    return rows[get_version([as_version(each) for each in rows.values()], instrument, parties, on).slug]


def as_version(row: InstrumentVersion) -> Version:
    return Version(
        instrument=row.instrument.slug,
        slug=row.slug,
        name=row.name,
        parties=frozenset(row.parties),
        in_force_from=row.in_force_from,
        in_force_to=row.in_force_to,
    )


def get_quorum_rule(body: Body, on: date) -> QuorumRule | None:
    """What the version in force on a day says of a body; None where it says nothing. Raises NoOneAnswer for two."""
    said = list(
        Quorum.objects.filter(
            Q(version__in_force_to=None) | Q(version__in_force_to__gte=on),
            version__in=InstrumentVersion.objects.newest(),
            version__in_force_from__lte=on,
            body=body,
        ).select_related("version")
    )
    if len(said) > 1:
        named = " and ".join(sorted(each.version.slug for each in said))
        raise NoOneAnswer(f"{named} both say the quorum of {body} on {on}; take it out of one of them")
    if not said:
        return None
    voting = Seat.objects.filter(body=body, votes=True, is_closed=False).count()
    return QuorumRule(
        at_least=get_number_needed(said[0].at_least, said[0].share_of_voting_seats, voting),
        of_kinds=said[0].of_kinds,
        said_by=said[0].version.name,
        is_invented=said[0].is_invented,
    )


def _delegations() -> QuerySet[Delegation]:
    return Delegation.objects.newest().select_related("function", "place", "decider", "above")


def _power(row: Delegation) -> Power:
    return Power(
        function=row.function.slug,
        place=row.place.code if row.place else None,
        decider=row.decider.slug,
        limit=row.limit_pounds,
        above=row.above.slug if row.above else "",
        starts=row.starts_on,
        expires=row.expires_on,
    )
