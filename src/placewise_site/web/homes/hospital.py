"""The home of hospital operations: my trust's waits by specialty, and every trust beside it."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.evidence.sight import Sight
from placewise_site.hospitals.queries import by_specialty, by_trust, in_order, sort_columns


def hospital_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    code = grant.organisation.code
    trusts = by_trust(sight) if sight else []
    own = next((each for each in trusts if each.code == code), None)
    rows = by_specialty(sight, code) if sight and own else trusts
    sort = request.GET.get("sort", "")
    return {
        "own": own,
        "rows": in_order(rows, sort),
        "columns": sort_columns("Specialty" if own else "Trust", sort, request.path),
        "code": code,
    }
