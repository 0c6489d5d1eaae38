"""A practice's home: the lists to work through, and its own exact counts."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.accounts.queries import grant_to_open
from placewise_site.care.queries import available_lists
from placewise_site.evidence.sight import Sight


def practice_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    may_open = grant_to_open(request.user, grant.organisation) is not None
    return {"may_open": may_open, "lists": available_lists() if may_open else []}
