"""A draft that is out for comment: every comment with its response, and the forms by which people say and answer."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from placewise_site.evidence.deployment import DraftClause
from placewise_site.evidence.deployment import Engagement as Draft
from placewise_site.governance.actions import (
    close_engagement,
    comment_on_clause,
    destroy_comment,
    open_engagement,
    respond_to_comment,
)
from placewise_site.governance.models import Clause, ClauseComment, Disposition, Engagement, InstrumentVersion
from placewise_site.governance.queries import get_progress
from placewise_site.web.evidence.day import read_day
from placewise_site.web.governance.answering import Said, answer_form, person_at
from placewise_site.web.governance.forms import CommentOnClause, PutOut, RemoveComment, RespondToComment
from placewise_site.web.opening import tells_what_is_closed

KEEP, REMOVE = "governance.keep_registers", "governance.remove_comments"


@tells_what_is_closed
def engagement(request: HttpRequest, version: str) -> HttpResponse:
    return _page(request, _find(request, version))


@login_required
@require_http_methods(["GET", "POST"])
def put_out(request: HttpRequest, version: str) -> HttpResponse:
    """A draft that the deployment's files do not put out themselves, clause by clause."""
    found = get_object_or_404(InstrumentVersion.objects.visible_to(request.user).newest(), slug=version)
    if not request.user.has_perm(KEEP):
        raise PermissionDenied("Only a board secretary of the system puts a draft out for comment.")

    def act(said: Said) -> object:
        clauses = {
            slug: DraftClause(title=title, says=says, synthetic=False)
            for slug, (title, says) in said["clauses"].items()
        }
        draft = Draft(
            opens_on=said["opens_on"],
            closes_on=said["closes_on"],
            clauses=clauses,
            synthetic=False,
            source=said["source"],
        )
        return open_engagement(by=person_at(request), version=found, said=draft)

    title = f"Put out for comment: {found.name}"
    back = reverse("engagement", kwargs={"version": version}) if request.method == "POST" else reverse("instruments")
    return answer_form(request, PutOut(request.POST or None), title, back, act, "The draft is out for comment.")


@login_required
@require_POST
def close_engagement_of(request: HttpRequest, version: str) -> HttpResponse:
    found = _find(request, version)
    try:
        close_engagement(by=person_at(request), engagement=found, on=timezone.localdate())
    except ValidationError as refused:
        return _page(request, found, " ".join(refused.messages))
    messages.success(request, "It is closed: every comment has its response.")
    return redirect("engagement", version=version)


@login_required
@require_http_methods(["GET", "POST"])
def comment_on(request: HttpRequest, clause: int) -> HttpResponse:
    found = get_object_or_404(Clause.objects.visible_to(request.user).select_related("engagement"), pk=clause)
    form = CommentOnClause(request.POST or None, for_groups=request.user.has_perm(KEEP))

    def act(said: Said) -> object:
        group = said.get("on_behalf_of", "")
        received_on = said["received_on"] if group else timezone.localdate()
        return comment_on_clause(
            by=person_at(request), clause=found, words=said["words"], on_behalf_of=group, received_on=received_on
        )

    title = f"Comment on {found.title}"
    return answer_form(request, form, title, _back(found.engagement), act, "Your comment is taken.")


@login_required
@require_http_methods(["GET", "POST"])
def respond_to(request: HttpRequest, comment: int) -> HttpResponse:
    found = _find_comment(request, comment)
    if not request.user.has_perm(KEEP):
        raise PermissionDenied("Only a board secretary of the system responds to comments.")
    form = RespondToComment(request.POST or None)

    def act(said: Said) -> object:
        disposition = Disposition(said["disposition"])
        return respond_to_comment(by=person_at(request), comment=found, disposition=disposition, reason=said["reason"])

    title = f"Respond to {found.speaker}, on {found.clause.title}"
    return answer_form(request, form, title, _back(found.clause.engagement), act, "The response stands.")


@login_required
@require_http_methods(["GET", "POST"])
def remove_comment(request: HttpRequest, comment: int) -> HttpResponse:
    found = _find_comment(request, comment)
    if not request.user.has_perm(REMOVE, found):
        raise PermissionDenied("Only whoever wrote a comment or a board secretary of the system removes it.")
    form = RemoveComment(request.POST or None)

    def act(said: Said) -> object:
        return destroy_comment(by=person_at(request), comment=found, reason=said["reason"])

    return answer_form(request, form, "Remove a comment", _back(found.clause.engagement), act, "The comment is gone.")


def _find(request: HttpRequest, version: str) -> Engagement:
    return get_object_or_404(Engagement.objects.visible_to(request.user).select_related("version"), slug=version)


def _find_comment(request: HttpRequest, comment: int) -> ClauseComment:
    seen = ClauseComment.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("clause__engagement"), pk=comment)


def _back(engagement: Engagement) -> str:
    return reverse("engagement", kwargs={"version": engagement.slug})


def _page(request: HttpRequest, found: Engagement, refused: str = "") -> HttpResponse:
    day = read_day(request)
    progress = get_progress(found, day.known_by)
    takes_comments = progress.closing is None and day.known_by is None
    context = {
        "day": day,
        "engagement": found,
        "progress": progress,
        "refused": refused,
        "is_over": day.on > found.closes_on,
        "takes_comments": takes_comments,
        "may_comment": takes_comments and request.user.is_authenticated,
        "may_keep": day.known_by is None and request.user.has_perm(KEEP),
        "reader": request.user.pk,
    }
    return render(
        request, "governance/engagement.jinja", context, status=HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    )
