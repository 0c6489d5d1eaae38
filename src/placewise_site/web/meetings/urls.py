from django.urls import path

from placewise_site.web.meetings.acting import (
    action_deed,
    body_deed,
    decision_deed,
    item_deed,
    meeting_deed,
    paper_deed,
)
from placewise_site.web.meetings.calendar import feed
from placewise_site.web.meetings.views import (
    actions_page,
    decision_page,
    decisions_page,
    item_page,
    meeting_page,
    meetings_page,
    paper_page,
    plan_page,
)

urlpatterns = [
    path("", meetings_page, name="meetings"),
    path("calendar.ics", feed, name="meetings_feed"),
    path("plan/", plan_page, name="forward_plan"),
    path("actions/", actions_page, name="actions_agreed"),
    path("actions/<int:action>/<slug:deed>/", action_deed, name="action_deed"),
    path("decisions/", decisions_page, name="decisions"),
    path("decisions/<int:decision>/", decision_page, name="decision"),
    path("decisions/<int:decision>/<slug:deed>/", decision_deed, name="decision_deed"),
    path("items/<int:item>/", item_page, name="agenda_item"),
    path("items/<int:item>/<slug:deed>/", item_deed, name="item_deed"),
    path("papers/<int:paper>/", paper_page, name="paper"),
    path("papers/<int:paper>/<slug:deed>/", paper_deed, name="paper_deed"),
    path("bodies/<slug:body>/<slug:deed>/", body_deed, name="body_deed"),
    path("<int:meeting>/", meeting_page, name="meeting"),
    path("<int:meeting>/<slug:deed>/", meeting_deed, name="meeting_deed"),
]
