"""An analyst's home: which release is in force, what was checked, and where to take the figures away."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.evidence.releases import past_releases
from placewise_site.evidence.sight import Sight


def analyst_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    checks = list(sight.manifest.checks) if sight else []
    return {
        "releases": past_releases(),
        "failed": [check for check in checks if not check["passed"]],
        "checks": checks,
    }
