"""Editions from before seats were kept with them: as the seats stand, which is all that is known."""

from typing import Any

from django.db import migrations

SAID = ("title", "kind", "votes", "represents", "organisation_id", "rank")


def keep_seats(apps: Any, schema_editor: Any) -> None:
    edition, seat, version = (apps.get_model("governance", name) for name in ("Edition", "Seat", "SeatVersion"))
    seats = list(seat.objects.filter(is_closed=False))
    version.objects.bulk_create(
        version(edition=each, seat=held, **{name: getattr(held, name) for name in SAID})
        for each in edition.objects.filter(seats=None)
        for held in seats
    )


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_seats_of_editions")]
    operations = [migrations.RunPython(keep_seats, migrations.RunPython.noop)]
