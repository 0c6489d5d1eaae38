"""Bring the bodies, agreements and powers of the deployment's files into the database."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.evidence.deployment import Partnership
from placewise_site.governance.actions.engaging import open_engagement
from placewise_site.governance.models import (
    Body,
    Delegation,
    Edition,
    Engagement,
    Function,
    Instrument,
    InstrumentVersion,
    Quorum,
    Seat,
    SeatVersion,
)
from placewise_site.organisations.models import Organisation


@transaction.atomic
def load_partnership(*, by: User | None, partnership: Partnership) -> Edition:
    """Add and update bodies, seats and functions by slug, none is deleted; seats and powers as a new edition where
    they differ.

    The organisations named must have been loaded before.
    """
    bodies = _load_bodies(partnership)
    seats = _load_seats(partnership, bodies)
    functions = _load_functions(partnership)
    digest = _digest(partnership)
    newest = Edition.objects.first()
    if newest is None or newest.digest != digest:
        newest = _load_edition(by, partnership, digest, bodies, seats, functions)
    _open_engagements(by, partnership, newest)
    return newest


def _load_edition(
    by: User | None,
    partnership: Partnership,
    digest: str,
    bodies: Mapping[str, Body],
    seats: Iterable[Seat],
    functions: Mapping[str, Function],
) -> Edition:
    edition = Edition.objects.create(digest=digest, at=timezone.now(), by=by)
    _keep_seats(edition, seats)
    _load_versions(partnership, edition, bodies)
    _load_delegations(partnership, edition, bodies, functions)
    record_event(by=by, action="powers_loaded", subject=digest[:12], edition=edition.pk)
    return edition


def _load_bodies(partnership: Partnership) -> dict[str, Body]:
    Body.objects.bulk_create(
        [
            Body(
                slug=slug,
                name=said.name,
                sort_name=said.name.casefold(),
                kind=said.kind,
                remit=said.remit,
                covers=list(said.covers),
                partners=list(said.members),
                successors=list(said.successors),
                skills=dict(said.terms.skills) if said.terms else {},
                receives=list(said.receives),
                escalates_to=said.escalates_to or "",
                meets_in_public=said.meets_in_public,
                papers_published_days_before=said.terms.papers_published_days_before if said.terms else None,
                open_from=said.open_from,
                open_to=said.open_to,
                source=said.source,
                note=said.note or "",
                has_invented_terms=bool(said.terms and said.terms.synthetic),
            )
            for slug, said in partnership.bodies.items()
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[
            each.name for each in Body._meta.local_concrete_fields if each.name not in ("id", "slug", "part_of")
        ],
    )
    bodies = {each.slug: each for each in Body.objects.all()}
    for slug, said in partnership.bodies.items():
        bodies[slug].part_of = bodies[said.part_of] if said.part_of else None
    Body.objects.bulk_update([bodies[slug] for slug in partnership.bodies], ["part_of"], batch_size=200)
    return bodies


def _load_seats(partnership: Partnership, bodies: Mapping[str, Body]) -> list[Seat]:
    organisations = _organisations()
    seats = [
        Seat(
            body=bodies[body_slug],
            slug=slug,
            title=said.title,
            kind=said.kind,
            votes=said.has_a_vote,
            represents=said.represents,
            organisation=organisations[said.organisation] if said.organisation else None,
            rank=rank,
        )
        for body_slug, body in partnership.bodies.items()
        for rank, (slug, said) in enumerate(body.terms.seats.items() if body.terms else ())
    ]
    Seat.objects.bulk_create(
        seats,
        update_conflicts=True,
        unique_fields=["body", "slug"],
        update_fields=["title", "kind", "votes", "represents", "organisation", "rank", "is_closed"],
    )
    kept = {(each.body.pk, each.slug) for each in seats}
    gone = [pk for pk, body, slug in Seat.objects.values_list("pk", "body", "slug") if (body, slug) not in kept]
    Seat.objects.filter(pk__in=gone).update(is_closed=True)
    return list(Seat.objects.filter(is_closed=False))


def _keep_seats(edition: Edition, seats: Iterable[Seat]) -> None:
    """As this edition says them."""
    said = ("title", "kind", "votes", "represents", "organisation_id", "rank")
    SeatVersion.objects.bulk_create(
        SeatVersion(edition=edition, seat=each, **{name: getattr(each, name) for name in said}) for each in seats
    )


def _load_functions(partnership: Partnership) -> dict[str, Function]:
    Function.objects.bulk_create(
        [
            Function(slug=slug, title=said.title, rank=rank)
            for rank, (slug, said) in enumerate(partnership.functions.items())
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["title", "rank", "is_closed"],
    )
    Function.objects.exclude(slug__in=partnership.functions).update(is_closed=True)
    return {each.slug: each for each in Function.objects.all()}


def _load_versions(partnership: Partnership, edition: Edition, bodies: Mapping[str, Body]) -> None:
    for slug, said in partnership.instruments.items():
        instrument, _ = Instrument.objects.update_or_create(slug=slug, defaults={"name": said.name})
        for version_slug, version in said.versions.items():
            row = InstrumentVersion.objects.create(
                edition=edition,
                instrument=instrument,
                slug=version_slug,
                name=version.name,
                parties=list(version.parties),
                in_force_from=version.in_force_from,
                in_force_to=version.in_force_to,
                is_invented=version.synthetic,
                source=version.source,
                note=version.note or "",
            )
            Quorum.objects.bulk_create(
                Quorum(
                    version=row,
                    body=bodies[body],
                    at_least=quorum.at_least,
                    share_of_voting_seats=quorum.share_of_voting_seats,
                    of_kinds=dict(quorum.of_kinds),
                    is_invented=quorum.synthetic,
                )
                for body, quorum in version.quorum.items()
            )


def _load_delegations(
    partnership: Partnership, edition: Edition, bodies: Mapping[str, Body], functions: Mapping[str, Function]
) -> None:
    organisations = _organisations()
    Delegation.objects.bulk_create(
        Delegation(
            edition=edition,
            function=functions[said.function],
            place=organisations[said.place] if said.place else None,
            decider=bodies[said.decider],
            limit_pounds=said.limit_pounds,
            above=bodies[said.above] if said.above else None,
            starts_on=said.starts_on,
            expires_on=said.expires_on,
            is_invented=said.synthetic,
            source=said.source,
        )
        for said in partnership.delegations
    )


def _open_engagements(by: User | None, partnership: Partnership, edition: Edition) -> None:
    """Once each: a draft that is out for comment stays as it was put out."""
    opened = set(Engagement.objects.values_list("slug", flat=True))
    versions = {each.slug: each for each in edition.versions.all()}
    for instrument in partnership.instruments.values():
        for slug, version in instrument.versions.items():
            if version.engagement is not None and slug not in opened:
                open_engagement(by=by, version=versions[slug], said=version.engagement)


def _digest(partnership: Partnership) -> str:
    said: dict[str, Any] = {
        "seats": {
            slug: {name: seat.model_dump() for name, seat in each.terms.seats.items()}
            for slug, each in partnership.bodies.items()
            if each.terms
        },
        "instruments": {
            slug: each.model_dump(exclude={"versions": {"__all__": {"engagement"}}})  # it gives nobody a power
            for slug, each in partnership.instruments.items()
        },
        "delegations": [asdict(each) for each in partnership.delegations],
    }
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def _organisations() -> dict[str, Organisation]:
    return {each.code: each for each in Organisation.objects.all()}
