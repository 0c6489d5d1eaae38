"""Show a form about who decides; then act, and back to the page it belongs to."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewise_site.accounts.models import User

Said = Mapping[str, Any]


def person_at(request: HttpRequest) -> User:
    """Of a view that asks for a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def answer_form(
    request: HttpRequest, form: forms.Form, title: str, back: str, act: Callable[[Said], object], done: str
) -> HttpResponse:
    """The form, with what is wrong where the action refuses; else it is done, and told on the page at `back`."""
    context = {"form": form, "title": title, "back": back, "errors": {}}
    if request.method == "GET":
        return render(request, "governance/act.jinja", context)
    if form.is_valid():
        try:
            with transaction.atomic():
                act(form.cleaned_data)
        except ValidationError as refused:
            context["errors"] = {next(iter(form.fields)): " ".join(refused.messages)}
        else:
            messages.success(request, done)
            return redirect(back)
    else:
        context["errors"] = {name: str(told[0]) for name, told in form.errors.items()}
    return render(request, "governance/act.jinja", context, status=HTTPStatus.BAD_REQUEST)
