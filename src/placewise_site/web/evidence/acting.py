"""Settle a conflict, agree or dispute a claim, remove one: each on a ground, by a role that may."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from placewise_site.accounts.models import User
from placewise_site.evidence.claims import find_claim as find_figure
from placewise_site.evidence.ledger.actions import remove_claim, set_standing, settle_conflict
from placewise_site.evidence.ledger.lifecycle import Removed, Standing
from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries.conflicts import find_among, with_claims
from placewise_site.evidence.ledger.queries.listing import find_claim
from placewise_site.web.evidence import wording
from placewise_site.web.evidence.forms import RemovalForm, SettlingForm, StandingForm
from placewise_site.web.opening import tells_what_is_closed


@login_required
def settle(request: HttpRequest) -> HttpResponse:
    """One conflict, named by its type and claims, which must still be found."""
    if not request.user.has_perm("evidence.agree_claims"):
        raise PermissionDenied("Your role does not agree claims: ask a director or the board secretary.")
    asked = request.POST if request.method == "POST" else request.GET
    type_, claims = asked.get("type", ""), asked.getlist("claims")
    found = find_among(request.user, type_, claims)
    if found is None:
        raise Http404("this conflict is not found any more")
    form = SettlingForm(request.POST if request.method == "POST" else None, claims=list(found.claims))
    errors: dict[str, str] = {}
    if request.method == "POST":
        if form.is_valid():
            try:
                settle_conflict(by=_user(request), type=type_, claims=found.claims, **form.cleaned_data)
            except ValidationError as error:
                errors = {"stands": error.messages[0]}
            else:
                messages.success(request, "It is settled. Whatever used one of these figures is marked.")
                return redirect("conflicts")
        errors |= {name: str(told[0]) for name, told in form.errors.items()}
    (conflict,) = with_claims(request.user, [found], None)
    context: dict[str, Any] = {
        "conflict": conflict,
        "errors": errors,
        "source": form["source"].value() or "",
        "stands": form["stands"].value() or [],
        "wording": wording,
    }
    return render(request, "evidence/settle.jinja", context, status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK)


@login_required
@require_POST
def standing(request: HttpRequest, claim: str) -> HttpResponse:
    """Agree or dispute a claim."""
    form = StandingForm(request.POST)

    def act() -> str:
        state = Standing(form.cleaned_data["state"])
        set_standing(by=_user(request), citation=claim, state=state, reason=form.cleaned_data["reason"])
        return f"{claim} is {state.label.lower()} now."

    return _act(request, claim, form, act)


@login_required
@require_POST
@tells_what_is_closed
def figure_standing(request: HttpRequest, address: str) -> HttpResponse:
    """Agree or dispute a computed figure."""
    form, named = StandingForm(request.POST), str(find_figure(address, request.user).claim.address)
    errors = [str(told[0]) for told in form.errors.values()]
    if not errors:
        state = Standing(form.cleaned_data["state"])
        try:
            set_standing(by=_user(request), citation=named, state=state, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, f"The figure is {state.label.lower()} now.")
            return redirect("claim", address=named)
    return _refuse(request, "this figure", reverse("claim", kwargs={"address": named}), errors)


@login_required
@require_POST
def removal(request: HttpRequest, claim: str) -> HttpResponse:
    """Take a claim out of every view, past ones too."""
    form = RemovalForm(request.POST)

    def act() -> str:
        kind = Removed(form.cleaned_data["kind"])
        remove_claim(by=_user(request), name=claim, kind=kind, reason=form.cleaned_data["reason"])
        return f"{claim} is removed, at every past day too."

    return _act(request, claim, form, act)


def _act(request: HttpRequest, name: str, form: forms.Form, act: Any) -> HttpResponse:
    try:
        find_claim(request.user, name, timezone.localdate(), None)
    except StatedClaim.DoesNotExist:
        raise Http404(f"no claim {name} is for you to read") from None
    errors = [str(told[0]) for told in form.errors.values()]
    if not errors:
        try:
            messages.success(request, act())
            return redirect("stated_claim", claim=name)
        except ValidationError as error:
            errors = error.messages
    return _refuse(request, f"claim {name}", reverse("stated_claim", kwargs={"claim": name}), errors)


def _refuse(request: HttpRequest, named: str, back: str, errors: list[str]) -> HttpResponse:
    context = {"named": named, "back": back, "errors": errors}
    return render(request, "evidence/refused.jinja", context, status=HTTPStatus.BAD_REQUEST)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
