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
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placewise_site.accounts.policies import holds_a_role
from placewise_site.assurance.models.recorded import Recorded


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


def form_page(
    *,
    may: str,
    form: type[forms.Form],
    action: Callable[..., object],
    title: str,
    button: str,
    done: str,
    back: str,
    of: type[Recorded] | None = None,
    name: str = "",
    lead: str = "",
    back_of: Callable[[Any], dict[str, int]] | None = None,
    given: Callable[[HttpRequest, Any], dict[str, Any]] | None = None,
) -> Callable[..., HttpResponse]:
    """The page of a form: who may send it, what it asks, what is done with it, and which page comes then.

    of: the table of the row that it is about, None for a new one; address, action and the page `back` know the row by
    `name`, unless back_of says by what that page is known. title, lead: {0} stands for the row. given: what the form is
    made with besides what was sent.
    """

    @for_roles
    def answer(request: HttpRequest, **parts: int) -> HttpResponse:
        check_may(request, may)
        row, said, known = None, dict[str, Any](), dict[str, int]()
        if of is not None:
            row = get_object_or_404(of.objects.visible_to(request.user), pk=parts[name])
            said, known = {name: row}, back_of(row) if back_of else {name: row.pk}
        made = form(request.POST if request.method == "POST" else None, **(given(request, row) if given else {}))
        return ask(
            request,
            made,
            lambda by, **written: action(by=by, **said, **written),
            title=title.format(row),
            button=button,
            done=done,
            back=reverse(back, kwargs=known),
            lead=lead.format(row),
        )

    return answer


def check_may(request: HttpRequest, name: str) -> None:
    """Before a form is shown that its action would refuse."""
    if not request.user.has_perm(f"assurance.{name}"):
        raise PermissionDenied("Your role does not do this here.")
