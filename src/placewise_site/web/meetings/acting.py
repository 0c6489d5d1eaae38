"""Do a deed: check the form, act, and say what came of it; a refusal is shown with its reasons and remedies."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from placewise_site.governance.models import Body
from placewise_site.meetings.actions import Outcome
from placewise_site.meetings.queries.looks import open_action, open_decision, open_item, open_meeting_page, open_paper
from placewise_site.meetings.rules.objections import get_refusals, get_warnings
from placewise_site.web.meetings.deeds import (
    OF_ACTION,
    OF_BODY,
    OF_DECISION,
    OF_ITEM,
    OF_MEETING,
    OF_PAPER,
    Deed,
    permissions_for,
)
from placewise_site.web.meetings.forms import About

REASON = "reason-"
"""What the name of a field begins with in which a warning of a slug is answered."""


@login_required
@require_http_methods(["GET", "POST"])
def body_deed(request: HttpRequest, body: str, deed: str) -> HttpResponse:
    about = get_object_or_404(Body.objects.visible_to(request.user), slug=body)
    return _answer(request, OF_BODY, deed, about, about, f"/meetings/?body={about.slug}")


@login_required
@require_http_methods(["GET", "POST"])
def meeting_deed(request: HttpRequest, meeting: int, deed: str) -> HttpResponse:
    about = open_meeting_page(request.user, meeting)
    return _answer(request, OF_MEETING, deed, about, about.body, f"/meetings/{about.pk}/")


@login_required
@require_http_methods(["GET", "POST"])
def item_deed(request: HttpRequest, item: int, deed: str) -> HttpResponse:
    about = open_item(request.user, item)
    return _answer(request, OF_ITEM, deed, about, about.body, f"/meetings/items/{about.pk}/")


@login_required
@require_http_methods(["GET", "POST"])
def paper_deed(request: HttpRequest, paper: int, deed: str) -> HttpResponse:
    about = open_paper(request.user, paper)
    return _answer(request, OF_PAPER, deed, about, about.item.body, f"/meetings/papers/{about.pk}/")


@login_required
@require_http_methods(["GET", "POST"])
def action_deed(request: HttpRequest, action: int, deed: str) -> HttpResponse:
    about = open_action(request.user, action)
    return _answer(request, OF_ACTION, deed, about, about.item.body, "/meetings/actions/")


@login_required
@require_http_methods(["GET", "POST"])
def decision_deed(request: HttpRequest, decision: int, deed: str) -> HttpResponse:
    about = open_decision(request.user, decision)
    return _answer(request, OF_DECISION, deed, about, about.item.body, f"/meetings/decisions/{about.pk}/")


def _answer(
    request: HttpRequest, deeds: Mapping[str, Deed], slug: str, about: Any, body: Body, back: str
) -> HttpResponse:
    deed = deeds.get(slug)
    if deed is None:
        raise Http404("there is no such deed")
    if not permissions_for(request.user, [deed], about, body):
        raise PermissionDenied(f"You may not do this for {body.name}.")
    context: dict[str, Any] = {"deed": deed, "about": about, "body": body, "back": back}
    if request.method == "GET":
        form = deed.form(subject=about, user=request.user, initial=request.GET.dict())
        return render(request, "meetings/deed.jinja", context | {"form": form, "errors": {}})
    form = deed.form(request.POST, subject=about, user=request.user)
    if not form.is_valid():
        return _again(request, context, form, {name: str(told[0]) for name, told in form.errors.items()})
    said = {**form.cleaned_data}
    if deed.is_decision:
        said["reasons"] = {
            name.removeprefix(REASON): told for name, told in request.POST.items() if name.startswith(REASON)
        }
    try:
        came = deed.do(request.user, about, said)
    except ValidationError as error:
        return _again(request, context, form, {next(iter(form.fields), "do"): " ".join(error.messages)})
    if isinstance(came, Outcome) and came.decision is None:
        return _objected(request, context, form, came)
    messages.success(request, deed.done)
    return redirect(f"/meetings/decisions/{came.decision.pk}/" if isinstance(came, Outcome) and came.decision else back)


def _again(request: HttpRequest, context: dict[str, Any], form: About, errors: Mapping[str, str]) -> HttpResponse:
    shown = context | {"form": form, "errors": errors}
    return render(request, "meetings/deed.jinja", shown, status=HTTPStatus.BAD_REQUEST)


def _objected(request: HttpRequest, context: dict[str, Any], form: About, outcome: Outcome) -> HttpResponse:
    """409: nothing is wrong with what was asked; the record as it stands does not allow it."""
    shown = context | {
        "form": form,
        "refusals": get_refusals(outcome.objections),
        "warnings": get_warnings(outcome.objections),
        "may_proceed": request.user.has_perm("meetings.chair", context["body"]),
        "written": {name: told for name, told in request.POST.items() if name.startswith(REASON)},
    }
    return render(request, "meetings/objected.jinja", shown, status=HTTPStatus.CONFLICT)
