"""Sealed lists for the practice's own machine, where `placewise open` gives back the NHS numbers for its clinical
system. The pseudonym stays: beside the NHS number it would lead through every other table. The row key leads back to
the work recorded here and nowhere else."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.opening import find_asked, find_practice, open_everybody, open_list
from placewise_site.care.queries import available_lists

SEALED = ["row_key", "rank", "reason", "excluded", "shown", "sealed", "key_id"]
"""What leaves in a download."""


@asks_for_second_factor
def sealed_list(request: HttpRequest, practice: str, list_slug: str) -> HttpResponse:
    place, card = find_asked(request, practice, list_slug)
    return _send(open_list(request, place, card).select(SEALED), f"{card.slug}-{place.code}")


@asks_for_second_factor
def sealed_every_contact(request: HttpRequest, practice: str) -> HttpResponse:
    place = find_practice(request, practice)
    rows = open_everybody(request, place)
    titles = {card.slug: card.title for card in available_lists()}
    gaps = rows["gaps"].to_pylist()
    told = [[titles[gap["list"]] for gap in each if gap["excluded"] is None] for each in gaps]
    left_out = ["; ".join(dict.fromkeys(gap["excluded"] for gap in each)) if not of else None
                for each, of in zip(gaps, told, strict=True)]  # fmt: skip
    nothing = pa.array([[]] * len(rows), pa.map_(pa.string(), pa.string()))
    file = rows.drop_columns(["gaps"])
    file = file.append_column("reason", pa.array(told, pa.list_(pa.string())))
    file = file.append_column("excluded", pa.array(left_out, pa.string())).append_column("shown", nothing)
    return _send(file.select(SEALED), f"every-contact-{place.code}")


def _send(rows: pa.Table, name: str) -> HttpResponse:
    file = io.BytesIO()
    pq.write_table(rows, file)
    response = HttpResponse(file.getvalue(), content_type="application/vnd.apache.parquet")
    response["Content-Disposition"] = f'attachment; filename="{name}.parquet"'
    add_never_cache_headers(response)
    return response
