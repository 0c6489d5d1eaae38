"""Bring the organisations of the deployment's file into the database."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db import transaction

from placewise_site.organisations.models import Organisation


class OrganisationRow(Protocol):
    """A row of the deployment's file, as the core reads it (floor/vocabulary/organisations.py)."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def open_from(self) -> date | None: ...
    @property
    def open_to(self) -> date | None: ...
    @property
    def synthetic(self) -> bool: ...


COPIED = ("name", "sort_name", "kind", "level", "open_from", "open_to", "synthetic")


@transaction.atomic
def load_organisations(rows: Iterable[OrganisationRow]) -> int:
    """Add and update by code, and give how many there are. None is deleted, since grants point to them."""
    rows = list(rows)
    Organisation.objects.bulk_create(
        [
            Organisation(
                code=row.code,
                name=row.name,
                sort_name=row.name.casefold(),
                kind=row.kind,
                level=row.level,
                open_from=row.open_from,
                open_to=row.open_to,
                synthetic=row.synthetic,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=COPIED,
    )
    held = {each.code: each for each in Organisation.objects.all()}
    for row in rows:
        held[row.code].parent = held.get(row.parent)
    Organisation.objects.bulk_update([held[row.code] for row in rows], ["parent"], batch_size=200)
    return len(rows)
