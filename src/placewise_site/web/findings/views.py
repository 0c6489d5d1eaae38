"""What stands out, for whoever asks, and a practice's comment on what was found of it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewise_site.accounts.models import User
from placewise_site.evidence.releases import current_release
from placewise_site.evidence.sight import Sight
from placewise_site.programmes.actions import add_comment, remove_comment
from placewise_site.programmes.models import Comment
from placewise_site.programmes.queries import find_own, find_practice, findings_of_own_practice, findings_seen
from placewise_site.web.findings.forms import CommentForm, RemovalForm
from placewise_site.web.findings.rows import FindingRow, build_rows, get_changed, get_standing, with_maps
from placewise_site.web.opening import Opening, opens_release

MOST_ROWS = 100
"""A longer table is not read: the reader chooses a measure or a level."""


@opens_release
def findings_page(request: HttpRequest, opening: Opening) -> HttpResponse:
    sight = opening.sight
    every = build_rows(findings_seen(request.user, sight))
    asked = {name: request.GET.get(name, "") for name in ("measure", "level")}
    rows = [row for row in every if all(not word or getattr(row.finding, name) == word for name, word in asked.items())]
    own = [] if opening.is_past else get_standing(build_rows(findings_of_own_practice(request.user, sight)))
    keys = {row.finding.key for row in own}
    standing = [row for row in get_standing(rows) if row.finding.key not in keys]
    context = {
        "opening": opening,
        "asked": asked,
        "measures": dict(sorted({row.finding.measure: row.finding.title for row in every}.items(), key=lambda e: e[1])),
        "levels": list(dict.fromkeys(row.finding.level for row in every)),
        "own": own,
        "changed": with_maps(get_changed(rows)[:MOST_ROWS], sight),
        "standing": with_maps(standing[:MOST_ROWS], sight),
        "more": max(len(standing) - MOST_ROWS, 0),
        "has_earlier": any(row.finding.standing != "first" for row in every),
    }
    return render(request, "findings/page.jinja", context)


@login_required
@require_POST
def comment(request: HttpRequest) -> HttpResponse:
    """A practice's comment on a finding of the release in force."""
    assert isinstance(request.user, User)
    form, release = CommentForm(request.POST), current_release()
    heard = find_own(request.user, Sight(release, request.user), request.POST.get("finding", "")) if release else None
    if release is None or heard is None:
        raise Http404("there is no such finding about a practice of yours in the release in force")
    if not form.is_valid():
        return _again(request, FindingRow(heard.finding, heard), form)
    add_comment(
        by=request.user,
        practice=find_practice(request.user, heard.finding.area),
        finding=heard.finding.key,
        release=release.manifest.release,
        words=form.cleaned_data["words"],
    )
    messages.success(request, "Your comment is kept. It now stands beside the finding, for others to read.")
    return redirect(f"{reverse('findings')}#own")


@login_required
@require_POST
def comment_removal(request: HttpRequest, comment: int) -> HttpResponse:
    """Destroy what a comment of one's own practice says."""
    assert isinstance(request.user, User)
    form = RemovalForm(request.POST)
    written = get_object_or_404(Comment.objects.visible_to(request.user), pk=comment)
    if form.is_valid():
        remove_comment(by=request.user, comment=written, reason=form.cleaned_data["reason"])
        messages.success(request, "What the comment said is destroyed.")
    return redirect(f"{reverse('findings')}#own")


def _again(request: HttpRequest, row: FindingRow, form: CommentForm) -> HttpResponse:
    context: dict[str, Any] = {"row": row, "form": form, "error": str(form.errors["words"][0])}
    return render(request, "findings/comment.jinja", context, status=HTTPStatus.BAD_REQUEST)
