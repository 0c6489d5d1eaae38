"""The home of hospital operations: my trust's waits by specialty, and every trust beside it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from placewise_site.accounts.models import Grant
from placewise_site.evidence.sight import Sight
from placewise_site.hospitals.queries import by_specialty, by_trust, waits_source
from placewise_site.web.waiting.series import series_notes
from placewise_site.web.waiting.table import waits_table


def hospital_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    code = grant.organisation.code

    def page_of(indicator: str) -> str:
        return f"{reverse('published', kwargs={'indicator': indicator})}?area={code}"

    trusts = by_trust(sight) if sight else []
    own = next((each for each in trusts if each.code == code), None)
    if sight and own:
        table = waits_table("Specialty", by_specialty(sight, code))
    else:
        table = waits_table("Trust", trusts, lambda each: reverse("waiting_at", kwargs={"code": each.code}))
    return {
        "own": own,
        "table": table.sort(request.GET.get("sort", "")),
        "sort": f"{request.path}?sort=",
        "code": code,
        "source": waits_source(sight) if sight else None,
        "series": series_notes(sight, page_of, code) if sight and own else [],
    }
