"""The calendar of meetings as programs for diaries read it (RFC 5545)."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

from placewise_site.meetings import clock
from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Meeting
from placewise_site.meetings.queries.agendas import find_agenda

YEAR = timedelta(days=366)
PRODUCT = "-//Placewise//Calendar of meetings//EN"


def feed(request: HttpRequest) -> HttpResponse:
    """Meetings this person may see: of every body from a year ago on, or all of `?body=`.

    Those to come are given with what of their agenda the person may read.
    """
    meetings = Meeting.objects.visible_to(request.user).stated().select_related("body")
    if body := request.GET.get("body", ""):
        meetings = meetings.filter(body__slug=body)
    else:
        meetings = meetings.filter(starts_at__gte=clock.now() - YEAR)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for meeting in meetings:
        calendar.add_component(_event(request, meeting))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(request: HttpRequest, meeting: Any) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{request.get_host()}")
    event.add("dtstamp", meeting.at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.body.name)
    event.add("location", meeting.where)
    event.add("url", request.build_absolute_uri(f"/meetings/{meeting.pk}/"))
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    if meeting.state == MeetingState.SCHEDULED:
        rows = find_agenda(request.user, meeting).rows
        event.add("description", "\n".join(f"{row.number}. {row.item.title}" for row in rows if row.item))
    return event
