"""What a reader is told of a withdrawn release: why it went, since when, and what stands in its place."""

from datetime import datetime
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.releases import NotReleased, Withdrawal, current_release


def answer_withdrawn(request: HttpRequest, withdrawal: Withdrawal, cited_on: datetime | None = None) -> HttpResponse:
    """A page that says so, or a sentence where a file was asked for; never anything of the release (410).

    cited_on: when the figure asked for was cited here, if it was.
    """
    if "format" in request.GET or PurePosixPath(request.path).suffix:
        kind = "text/plain; charset=utf-8"
        return HttpResponse(f"{withdrawal.sentence}\n", status=HTTPStatus.GONE, content_type=kind)
    instead = find_address_instead(request, withdrawal)
    context = {"withdrawal": withdrawal, "instead": instead, "cited_on": cited_on}
    return render(request, "figures/withdrawn.jinja", context, status=HTTPStatus.GONE)


def find_address_instead(request: HttpRequest, withdrawal: Withdrawal) -> str:
    """The same page in the release that stands in its place; "" where none does."""
    if not withdrawal.replaced_by:
        return ""
    path = request.path.replace(withdrawal.release, withdrawal.replaced_by)  # the address of a claim names its release
    asked = {key: value for key, value in request.GET.items() if key not in ("release", "as_of")}
    if path == request.path and not _is_in_force(withdrawal.replaced_by):
        asked["release"] = withdrawal.replaced_by
    return f"{path}?{urlencode(asked)}" if asked else path


def _is_in_force(name: str) -> bool:
    try:
        release = current_release()
    except NotReleased:
        return False
    return release is not None and release.manifest.release == name
