"""One page a form: it asks, says what is wrong, and hands what was written to an action."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from placewise_site.accounts.policies import holds_a_role


def for_roles(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that people with a role here may open, whatever the role."""

    @wraps(view)
    @login_required
    def asked(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not holds_a_role(request.user):
            raise PermissionDenied("This page is for people with a role here.")
        return view(request, **parts)

    return asked


def ask(
    request: HttpRequest,
    form: forms.Form,
    action: Callable[..., object],
    *,
    title: str,
    button: str,
    done: str,
    back: str,
    lead: str = "",
) -> HttpResponse:
    """Show the form; once it is sent and right, call action(by, the fields) and go back with a word that it is done.

    What the action refuses stands above the form: nothing that was written is lost.
    """
    if form.is_bound and form.is_valid():
        try:
            action(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(back)
    context = {"form": form, "title": title, "button_text": button, "back": back, "lead": lead}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "assurance/form.jinja", context, status=status)


def check_may(request: HttpRequest, name: str) -> None:
    """Before a form is shown that its action would refuse."""
    if not request.user.has_perm(f"assurance.{name}"):
        raise PermissionDenied("Your role does not do this here.")
