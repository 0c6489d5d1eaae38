"""A person's own page: who they are here as, and how they sign in."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.views import password_reset
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.accounts.models import Grant
from placewise_site.accounts.queries import waits_for_second_factor


@login_required
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.jinja", {"grants": Grant.objects.visible_to(request.user).in_force()})


def not_signed_in(request: HttpRequest, reason: str) -> HttpResponse:
    """For somebody whose organisation's server sent what cannot be relied on, or what is not known here."""
    return render(request, "accounts/sign_in_refused.jinja", {"reason": reason}, status=HTTPStatus.FORBIDDEN)


def reset_password(request: HttpRequest) -> HttpResponse:
    """Ask for the letter that leads to a new password, where letters are sent."""
    if settings.EMAIL_HOST or settings.DEMO:
        answer: HttpResponse = password_reset(request)
        return answer
    return render(request, "accounts/no_letters.jinja")


def asks_for_second_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view of lists: somebody whose grant waits for a second factor is told how to set it up."""

    @wraps(view)
    @login_required
    def asked(request: HttpRequest, **parts: Any) -> HttpResponse:
        if waits_for_second_factor(request.user):
            return render(request, "accounts/second_factor.jinja", status=HTTPStatus.FORBIDDEN)
        return view(request, **parts)

    return asked
