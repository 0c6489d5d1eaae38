"""The home pages: one a role. Nobody signed in sees the public's; somebody with several roles chooses."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from placewise_site.accounts.models import Grant
from placewise_site.evidence.releases import NotReleased, current_release
from placewise_site.evidence.sight import Sight
from placewise_site.web.homes.analyst import analyst_home
from placewise_site.web.homes.director import director_home
from placewise_site.web.homes.hospital import hospital_home
from placewise_site.web.homes.network import network_home
from placewise_site.web.homes.practice import practice_home
from placewise_site.web.homes.public import public_home
from placewise_site.web.homes.voluntary import voluntary_home

Home = Callable[[HttpRequest, Grant, Sight | None], dict[str, Any]]

HOMES: dict[str, Home] = {
    "director": director_home,
    "pcn": network_home,
    "practice": practice_home,
    "hospital": hospital_home,
    "analyst": analyst_home,
    "voluntary": voluntary_home,
}
"""The role's `home` -> what its page is made from; the template has the same name."""


def home(request: HttpRequest) -> HttpResponse:
    grants = list(Grant.objects.visible_to(request.user).in_force())
    if not grants:
        return render(request, "homes/public.jinja", public_home(_sight(request)))
    if len(grants) == 1:
        return _page(request, grants[0])
    return render(request, "homes/choose.jinja", {"grants": grants})


@login_required
def home_of(request: HttpRequest, grant: int) -> HttpResponse:
    return _page(request, get_object_or_404(Grant.objects.visible_to(request.user).in_force(), pk=grant))


def _page(request: HttpRequest, grant: Grant) -> HttpResponse:
    sight = _sight(request)
    if grant.role.home not in HOMES:
        return render(request, "homes/public.jinja", public_home(sight))
    context = HOMES[grant.role.home](request, grant, sight)
    return render(request, f"homes/{grant.role.home}.jinja", {"grant": grant, "sight": sight, **context})


def _sight(request: HttpRequest) -> Sight | None:
    try:
        release = current_release()
    except NotReleased:  # it may not be shown
        return None
    return Sight(release, request.user) if release else None
