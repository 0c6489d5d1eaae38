"""Open the release a page asks for, as the person at the page may see it.

A page shows the release in force. `?release=r-...` shows the page as it stood in a past one, with a notice, and
`?as_of=2026-01-31` finds the release of that day. Links on a page of the past lead to pages of the same past.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from placewise_site.evidence.releases import NotReleased, Withdrawn, current_release, find_release, release_as_of
from placewise_site.evidence.sight import NotAllowed, Sight
from placewise_site.web.withdrawn import answer_withdrawn


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page is made from: the release as this person sees it, and how to link without leaving it."""

    sight: Sight
    is_past: bool

    @property
    def release(self) -> str:
        return self.sight.manifest.release

    def link(self, name: str, query: dict[str, str] | None = None, **parts: str) -> str:
        """The address of another page of the same release."""
        asked = {key: value for key, value in (query or {}).items() if value}
        return address_of(name, asked | ({"release": self.release} if self.is_past else {}), parts)

    def sorting(self, name: str, query: dict[str, str] | None = None, **parts: str) -> str:
        """The address of a page in another order, up to where the order is written."""
        here = self.link(name, query, **parts)
        return f"{here}{'&' if '?' in here else '?'}sort="

    def pinned(self, name: str, query: dict[str, str] | None = None, **parts: str) -> str:
        """The address of a picture or file, with its release named: it means the same for ever."""
        asked = {key: value for key, value in (query or {}).items() if value}
        return address_of(name, {**asked, "release": self.release}, parts)


def address_of(name: str, query: dict[str, str], parts: dict[str, str]) -> str:
    path = reverse(name, kwargs=parts)
    return f"{path}?{urlencode(query)}" if query else path


def opens_release(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that takes `(request, opening, ...)`."""

    @wraps(view)
    @tells_what_is_closed
    def opened(request: HttpRequest, **parts: Any) -> HttpResponse:
        if day := request.GET.get("as_of"):
            return HttpResponseRedirect(_on_that_day(request, day))
        release = find_release(asked) if (asked := request.GET.get("release")) else current_release()
        if release is None:
            return answer_nothing_yet(request)
        in_force = current_release()
        is_past = in_force is None or in_force.manifest.release != release.manifest.release
        return view(request, Opening(Sight(release, request.user), is_past), **parts)

    return opened


def answer_nothing_yet(request: HttpRequest) -> HttpResponse:
    """While there is no release that a page could show."""
    return render(request, "figures/nothing_yet.jinja", status=503)


def tells_what_is_closed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that reads a release.

    What is not released is a page that says so (404), what was withdrawn another (410); what this person may not see
    leads to the sign-in page, or to a refusal for somebody who has signed in already (403).
    """

    @wraps(view)
    def told(request: HttpRequest, **parts: Any) -> HttpResponse:
        try:
            return view(request, **parts)
        except Withdrawn as error:
            return answer_withdrawn(request, error.withdrawal)
        except NotReleased as error:
            return render(request, "figures/not_released.jinja", {"reason": sentence(str(error))}, status=404)
        except NotAllowed as error:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(sentence(str(error))) from error

    return told


def sentence(clause: str) -> str:
    """A clause as a sentence: a capital first and a full stop last."""
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}."


def _on_that_day(request: HttpRequest, day: str) -> str:
    """This page's address in the release of a day. Raises NotReleased."""
    try:
        release = release_as_of(date.fromisoformat(day))
    except ValueError:
        raise NotReleased(f"{day} is not a date: write it as 2026-01-31") from None
    if release is None:
        raise NotReleased(f"nothing had been released by {day}")
    kept = {key: value for key, value in request.GET.items() if key not in ("as_of", "release")}
    return f"{request.path}?{urlencode({**kept, 'release': release.manifest.release})}"
