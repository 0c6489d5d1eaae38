"""Which rule applied and who decides, on a day, as the record had it on that day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from placewise_site.evidence.deployment import get_deployment
from placewise_site.governance.models import Body, Delegation, Function, InstrumentVersion, Quorum
from placewise_site.governance.queries.bodies import get_seats
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


@dataclass(frozen=True, slots=True)
class Matrix:
    """Functions down, places across: in each place of the table who decides, or what is wrong."""

    places: list[Organisation]
    rows: list[tuple[Function, list[Decider | Gap | Overlap]]]

    @property
    def gaps(self) -> list[tuple[Function, Organisation, Gap]]:
        return [each for each in self._cells() if isinstance(each[2], Gap)]

    @property
    def overlaps(self) -> list[tuple[Function, Organisation, Overlap]]:
        return [each for each in self._cells() if isinstance(each[2], Overlap)]

    def _cells(self) -> list[tuple[Function, Organisation, Any]]:
        return [
            (function, place, found)
            for function, deciders in self.rows
            for place, found in zip(self.places, deciders, strict=True)
        ]


def places_on(on: date) -> QuerySet[Organisation]:
    """The places of the system on a day, by name: also one that has left since."""
    level = get_deployment().hierarchy.levels[1]
    return Organisation.objects.filter(
        Q(open_from=None) | Q(open_from__lte=on), Q(open_to=None) | Q(open_to__gte=on), kind=level
    )


def get_powers(function: str = "") -> list[Power]:
    """The whole scheme of delegation as the files last said it, every day of it; or that of one function."""
    newest = _with_names(Delegation.objects.newest())
    rows = newest.filter(function__slug=function) if function else newest
    return [_power(each) for each in rows]


def get_decider(function: str, place: str, on: date) -> Decider | Gap | Overlap:
    """Who decides a function (its slug) in a place (its code) on a day; else the gap or overlap."""
    rows = {_power(each): each for each in _delegations(on).filter(function__slug=function)}
    return _find_decider(rows, function, place, on)


def get_matrix(on: date) -> Matrix:
    """Who decides each function in each place on a day."""
    places = list(places_on(on))
    rows = {_power(each): each for each in _delegations(on)}
    functions = Function.objects.filter(is_closed=False)
    return Matrix(
        places,
        [(each, [_find_decider(rows, each.slug, place.code, on) for place in places]) for each in functions],
    )


def get_delegations_of(body: Body, on: date) -> QuerySet[Delegation]:
    """What a body may decide on a day."""
    return (
        _delegations(on)
        .filter(Q(expires_on=None) | Q(expires_on__gte=on), decider=body, starts_on__lte=on)
        .order_by("function__rank", "place__sort_name")
    )


def get_versions(known_on: date) -> QuerySet[InstrumentVersion]:
    """Every version of every instrument, of any time, as the record had them on a day."""
    return InstrumentVersion.objects.known_on(known_on).select_related("instrument")


def find_version(instrument: str, parties: Collection[str], on: date) -> InstrumentVersion:
    """The one version that bound these parties on a day. Raises NoOneAnswer."""
    rows = {each.slug: each for each in get_versions(on).filter(instrument__slug=instrument)}
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
            version__in=InstrumentVersion.objects.known_on(on),
            version__in_force_from__lte=on,
            body=body,
        ).select_related("version")
    )
    if len(said) > 1:
        named = " and ".join(sorted(each.version.slug for each in said))
        raise NoOneAnswer(f"{named} both say the quorum of {body} on {on}; take it out of one of them")
    if not said:
        return None
    voting = get_seats(body, on).filter(votes=True).count()
    return QuorumRule(
        at_least=get_number_needed(said[0].at_least, said[0].share_of_voting_seats, voting),
        of_kinds=said[0].of_kinds,
        said_by=said[0].version.name,
        is_invented=said[0].is_invented,
    )


def _find_decider(rows: Mapping[Power, Delegation], function: str, place: str, on: date) -> Decider | Gap | Overlap:
    found = find_decider(rows, function, place, on)
    if not isinstance(found, Power):
        return found
    row = rows[found]
    return Decider(row.decider, row.limit_pounds, row.expires_on, row.above, row.is_invented, found)


def _delegations(on: date) -> QuerySet[Delegation]:
    return _with_names(Delegation.objects.known_on(on))


def _with_names(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return rows.select_related("function", "place", "decider", "above")


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
