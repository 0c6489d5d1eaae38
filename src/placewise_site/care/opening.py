"""Open what a page of patients asks for, or refuse it in words that help; the attempt is in the log either way."""

import pyarrow as pa
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import PRACTICE
from placewise_site.care.queries import ListCard, find_list
from placewise_site.evidence.persons import AccessDenied, open_call_list, open_every_contact, open_handed_list
from placewise_site.organisations.models import Organisation


def find_practice(request: HttpRequest, code: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), code=code)


def find_asked(request: HttpRequest, code: str, list_slug: str) -> tuple[Organisation, ListCard]:
    practice = find_practice(request, code)
    card = find_list(practice, list_slug)
    if card is None:
        raise Http404("there is no such list in the build in force")
    return practice, card


def open_list(request: HttpRequest, practice: Organisation, card: ListCard) -> pa.Table:
    try:
        if card.recipient:
            return open_handed_list(by=signed_in(request), recipient=practice, list_slug=card.slug)
        return open_call_list(by=signed_in(request), practice=practice, list_slug=card.slug)
    except AccessDenied as denied:
        raise PermissionDenied(not_shown(practice)) from denied


def open_everybody(request: HttpRequest, practice: Organisation) -> pa.Table:
    try:
        return open_every_contact(by=signed_in(request), practice=practice)
    except AccessDenied as denied:
        raise PermissionDenied(not_shown(practice)) from denied


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def not_shown(practice: Organisation) -> str:
    whose = f"that treats the patients of {practice.name}" if practice.level == PRACTICE else f"of {practice.name}"
    return f"This list is for the team {whose}. Nothing was shown, and the attempt was recorded."
