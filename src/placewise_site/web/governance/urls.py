from django.urls import path

from placewise_site.web.governance.acting import (
    appoint_member,
    declare_interest_of,
    end_interest_of,
    end_membership_of,
    withdraw_interest_of,
)
from placewise_site.web.governance.bodies import bodies, body
from placewise_site.web.governance.delegation import delegation
from placewise_site.web.governance.engaging import (
    close_engagement_of,
    comment_on,
    engagement,
    put_out,
    remove_comment,
    respond_to,
)
from placewise_site.web.governance.instruments import instruments
from placewise_site.web.governance.members import members_compared, who_i_am

urlpatterns = [
    path("", bodies, name="bodies"),
    path("bodies/<slug:body>/", body, name="body"),
    path("bodies/<slug:body>/seats/<slug:seat>/", appoint_member, name="appoint"),
    path("memberships/<int:membership>/end/", end_membership_of, name="end_membership"),
    path("memberships/<int:membership>/interests/", declare_interest_of, name="declare_interest"),
    path("interests/<int:interest>/end/", end_interest_of, name="end_interest"),
    path("interests/<int:interest>/withdraw/", withdraw_interest_of, name="withdraw_interest"),
    path("members/", members_compared, name="members_compared"),
    path("members/me/", who_i_am, name="who_i_am"),
    path("delegation/", delegation, name="delegation"),
    path("agreements/", instruments, name="instruments"),
    path("agreements/<slug:version>/comments/", engagement, name="engagement"),
    path("agreements/<slug:version>/comments/open/", put_out, name="put_out"),
    path("agreements/<slug:version>/comments/close/", close_engagement_of, name="close_engagement"),
    path("clauses/<int:clause>/comments/", comment_on, name="comment_on_clause"),
    path("comments/<int:comment>/response/", respond_to, name="respond_to_comment"),
    path("comments/<int:comment>/removal/", remove_comment, name="remove_comment"),
]
