"""The home of a primary care network: which of my practices has most to gain, and whose lists may we open."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.accounts.queries import PRACTICE, practices_open_to, waits_for_second_factor
from placewise_site.care.queries import available_lists
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.organisations.models import Organisation
from placewise_site.web.compare.gains import most_to_gain
from placewise_site.web.findings.rows import top_findings
from placewise_site.web.homes.standing import standings_of, standings_within


def network_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    agreed = list(practices_open_to(request.user).filter(parent=grant.organisation))
    without = (
        Organisation.objects.visible_to(request.user)
        .filter(parent=grant.organisation)
        .exclude(pk__in=[each.pk for each in agreed])
    )
    try:
        area = sight.area(grant.organisation.code) if sight else None
        own = standings_of(sight, area) if sight and area else []
        within = standings_within(sight, area, PRACTICE) if sight and area else []
    except NotReleased:
        own, within = [], []
    return {
        "own": own,
        "within": within,
        "gains": most_to_gain(sight, grant.organisation.code),
        "found": top_findings(request.user, sight, grant.organisation.code) if sight else [],
        "agreed": agreed,
        "without": without,
        "waits": waits_for_second_factor(request.user),
        "lists": available_lists(),
    }
