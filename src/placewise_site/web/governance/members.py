"""Members say who they are; the board secretary sees all bodies together beside the people of the system."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from placewise_site.accounts.models import User
from placewise_site.evidence.releases import NotReleased, current_release
from placewise_site.evidence.sight import Sight
from placewise_site.evidence.small_counts import NOT_RECORDED, get_group_title
from placewise_site.governance.actions import count_composition, describe_oneself
from placewise_site.governance.models import Characteristic, Composition
from placewise_site.governance.queries import get_quarter_from, is_sitting
from placewise_site.governance.queries.composition import GROUPS
from placewise_site.governance.rules.describing import NOT_SAID
from placewise_site.web.governance.forms import DescribeOneself

Row = dict[str, Any]


@login_required
@require_http_methods(["GET", "POST"])
def who_i_am(request: HttpRequest) -> HttpResponse:
    """Always empty to begin with: not even to whoever said it is it shown again."""
    assert isinstance(request.user, User)
    if not is_sitting(request.user, timezone.localdate()):
        raise PermissionDenied("Members of bodies say who they are, each for themselves.")
    form = DescribeOneself(request.POST or None)
    if request.method == "POST" and form.is_valid():
        describe_oneself(by=request.user, said={name: group for name, group in form.cleaned_data.items() if group})
        messages.success(request, "Thank you. What you had said before is destroyed.")
        return redirect("bodies")
    errors = {name: str(told[0]) for name, told in form.errors.items()}
    status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return render(request, "governance/who_i_am.jinja", {"form": form, "errors": errors}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def members_compared(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("governance.keep_registers"):
        raise PermissionDenied("Only a board secretary of the system sees what members said, all bodies together.")
    assert isinstance(request.user, User)
    today = timezone.localdate()
    if request.method == "POST":
        count_composition(by=request.user, on=today)
        return redirect("members_compared")
    newest = Composition.objects.visible_to(request.user).first()
    context = {
        "composition": newest,
        "is_due": newest is None or newest.quarter_from < get_quarter_from(today),
        "compared": [(each.label, _rows(request, each, newest)) for each in Characteristic] if newest else [],
    }
    return render(request, "governance/members.jinja", context)


def _rows(request: HttpRequest, characteristic: Characteristic, composition: Composition) -> list[Row]:
    """A row a group with its share of members and of the people released; none where not enough was said."""
    told = composition.told.get(characteristic)
    if told is None:
        return []
    people = _people(request, characteristic)
    everybody = sum(people.values())
    titles = {NOT_SAID: "Not said, or not recorded"}
    return [
        {
            "title": titles.get(group) or get_group_title(group),
            "members": count,
            "share": _share(count, composition.members),
            "of_people": _share(people.get(NOT_RECORDED if group == NOT_SAID else group), everybody),
        }
        for group, count in told.items()
    ]


def _people(request: HttpRequest, characteristic: Characteristic) -> dict[str, int]:
    """Group -> people of the whole system in the release in force, of the groups members choose from (of ages: adults);
    empty where it does not count them, or hides one."""
    release = current_release()
    if release is None:
        return {}
    sight = Sight(release, request.user)
    try:
        cells = sight.people(sight.whole.code, characteristic)
    except NotReleased:
        return {}
    shown = [each for each in cells if each.group in (*GROUPS[characteristic], NOT_RECORDED)]
    return {each.group: each.people or 0 for each in shown} if all(each.is_shown for each in shown) else {}


def _share(count: int | None, of: int | None) -> int | None:
    """In whole per cent."""
    return round(100 * count / of) if count is not None and of else None
