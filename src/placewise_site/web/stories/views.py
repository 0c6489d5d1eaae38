"""The weekly message: those sent, for everybody; a draft from the record, edited and signed by communications."""

from datetime import date
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placewise_site.accounts.models import User
from placewise_site.stories.actions import MOST_LETTERS, find_refusals, keep_message, send_message
from placewise_site.stories.drafting import draft_message
from placewise_site.stories.models import Message
from placewise_site.web.stories.telling import tell_message

MAY_WRITE = "stories.write_messages"


class WeekForm(forms.Form):
    week = forms.DateField(error_messages={"required": "Choose the day the message is dated"})


class MessageForm(forms.Form):
    words = forms.CharField(max_length=MOST_LETTERS, error_messages={"required": "Write the message"})


def message_list(request: HttpRequest) -> HttpResponse:
    newest: dict[date, Message] = {}
    for each in Message.objects.visible_to(request.user).select_related("sending"):
        newest.setdefault(each.week, each)
    may_write = request.user.has_perm(MAY_WRITE)
    return render(request, "stories/list.jinja", {"newest": list(newest.values()), "may_write": may_write})


def message(request: HttpRequest, week: str) -> HttpResponse:
    found = _find(request, week)
    may_write = request.user.has_perm(MAY_WRITE) and not hasattr(found, "sending")
    context = {
        "message": found,
        "told": tell_message(request.user, str(found.words), found.week),
        "may_write": may_write,
        "refusals": find_refusals(found) if may_write else [],
    }
    return render(request, "stories/message.jinja", context)


@login_required
def edit(request: HttpRequest, week: str) -> HttpResponse:
    """Edit a week's message; the first time, what the record gives for it."""
    if not request.user.has_perm(MAY_WRITE):
        raise PermissionDenied("Communications write the weekly message and sign it.")
    day = _day(week)
    error = ""
    if request.method == "POST":
        form = MessageForm(request.POST)
        if form.is_valid():
            keep_message(by=_user(request), week=day, words=form.cleaned_data["words"])
            return redirect("message", week=week)
        words, error = request.POST.get("words", ""), str(form.errors["words"][0])
    else:
        last = Message.objects.visible_to(request.user).filter(week=day).first()
        try:
            words = str(last.words) if last else draft_message(request.user, day)
        except ValidationError as wrong:
            words, error = "", wrong.messages[0]
    context = {"week": day, "words": words, "error": error}
    return render(request, "stories/edit.jinja", context, status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK)


@login_required
def choose_week(request: HttpRequest) -> HttpResponse:
    """To the page on which a week's message is edited."""
    form = WeekForm(request.GET)
    if not form.is_valid():
        return redirect("messages")
    return redirect("edit_message", week=form.cleaned_data["week"].isoformat())


@login_required
@require_POST
def send(request: HttpRequest, week: str) -> HttpResponse:
    if not request.user.has_perm(MAY_WRITE):
        raise PermissionDenied("Communications write the weekly message and sign it.")
    found = _find(request, week)
    try:
        send_message(by=_user(request), message=found)
    except ValidationError:
        return redirect("message", week=week)  # whose page says why it cannot be sent
    messages.success(request, "It is sent: everybody can read it now.")
    return redirect("message", week=week)


def _find(request: HttpRequest, week: str) -> Message:
    """The version that was sent, else the newest that this person may read."""
    found = Message.objects.visible_to(request.user).filter(week=_day(week)).select_related("sending")
    message = found.filter(sending__isnull=False).first() or found.first()
    if message is None:
        raise Http404("there is no message of that day for you to read")
    return message


def _day(week: str) -> date:
    try:
        return date.fromisoformat(week)
    except ValueError:
        raise Http404(f"{week} is no day") from None


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
