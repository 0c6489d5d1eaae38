"""Keep the registers: appoint and end members, declare, end and withdraw interests. The actions say who may."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from placewise_site.accounts.queries import find_person
from placewise_site.governance.actions import (
    add_member,
    appoint,
    declare_interest,
    end_interest,
    end_membership,
    withdraw_interest,
)
from placewise_site.governance.models import Interest, InterestKind, Member, Membership, Seat
from placewise_site.web.governance.answering import Said, answer_form, person_at
from placewise_site.web.governance.forms import Appoint, DeclareInterest, EndInterest, EndMembership, WithdrawInterest

KEEP, DECLARE = "governance.keep_registers", "governance.declare_interests"


@login_required
@require_http_methods(["GET", "POST"])
def appoint_member(request: HttpRequest, body: str, seat: str) -> HttpResponse:
    _check(request, KEEP)
    found = get_object_or_404(Seat.objects.visible_to(request.user), body__slug=body, slug=seat)
    held = Membership.objects.visible_to(request.user).on(timezone.localdate())
    held_by = held.filter(seat=found, deputy_for=None).first()

    def act(said: Said) -> object:
        person = find_person([said["email"]]) if said["email"] else None
        if said["email"] and person is None:
            raise ValidationError("Nobody has an account of this address. Correct it, or leave it empty.")
        return appoint(
            by=person_at(request),
            seat=found,
            member=add_member(by=person_at(request), name=said["name"], person=person),
            term_from=said["term_from"],
            term_to=said["term_to"],
            deputy_for=held_by if said.get("is_deputy") else None,
        )

    form = Appoint(request.POST or None, held_by=held_by)
    return _answer(
        request, form, f"Appoint to the seat {found.title}", found.body.slug, act, "The member is appointed."
    )


@login_required
@require_http_methods(["GET", "POST"])
def end_membership_of(request: HttpRequest, membership: int) -> HttpResponse:
    _check(request, KEEP)
    found = get_object_or_404(Membership.objects.visible_to(request.user).select_related("seat__body"), pk=membership)
    form = EndMembership(request.POST or None)

    def act(said: Said) -> object:
        return end_membership(by=person_at(request), membership=found, **said)

    title = f"End the membership in the seat {found.seat.title}"
    return _answer(request, form, title, found.seat.body.slug, act, "The membership ends on that day.")


@login_required
@require_http_methods(["GET", "POST"])
def declare_interest_of(request: HttpRequest, membership: int) -> HttpResponse:
    """For the member who sits there, whichever bodies they sit on: one register holds all their interests."""
    found = get_object_or_404(Membership.objects.visible_to(request.user).select_related("seat__body"), pk=membership)
    _check(request, DECLARE, found.member)
    form = DeclareInterest(request.POST or None)

    def act(said: Said) -> object:
        return declare_interest(
            by=person_at(request),
            member=found.member,
            **{**said, "kind": InterestKind(said["kind"])},
        )

    title = f"Declare an interest of the member in the seat {found.seat.title}"
    return _answer(request, form, title, found.seat.body.slug, act, "The interest is in the register.")


@login_required
@require_http_methods(["GET", "POST"])
def end_interest_of(request: HttpRequest, interest: int) -> HttpResponse:
    found = get_object_or_404(Interest.objects.visible_to(request.user), pk=interest)
    _check(request, DECLARE, found.member)
    form = EndInterest(request.POST or None)

    def act(said: Said) -> object:
        return end_interest(by=person_at(request), interest=found, **said)

    return _answer(request, form, "End an interest", _body_of(found.member), act, "The interest ends on that day.")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_interest_of(request: HttpRequest, interest: int) -> HttpResponse:
    _check(request, KEEP)
    found = get_object_or_404(Interest.objects.visible_to(request.user), pk=interest)
    form = WithdrawInterest(request.POST or None)

    def act(said: Said) -> object:
        return withdraw_interest(by=person_at(request), interest=found, **said)

    return _answer(request, form, "Withdraw an interest declared in error", _body_of(found.member), act, "It is gone.")


def _check(request: HttpRequest, permission: str, about: Member | None = None) -> None:
    if not request.user.has_perm(permission, about):
        raise PermissionDenied("Only a board secretary keeps the registers; a member declares their own interests.")


def _body_of(member: Member) -> str:
    """The slug of a body on which they sit or sat."""
    return member.memberships.select_related("seat__body").order_by("-term_from", "-pk")[0].seat.body.slug


def _answer(
    request: HttpRequest, form: forms.Form, title: str, body: str, act: Callable[[Said], object], done: str
) -> HttpResponse:
    """The form; then the action, and back to the body's page."""
    return answer_form(request, form, title, reverse("body", kwargs={"body": body}), act, done)
