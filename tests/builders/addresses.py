"""Every address of the site, from Django's own resolver, with its parts filled in, and who may open it."""

import re
from collections.abc import Iterator
from enum import StrEnum

from django.urls import URLPattern, URLResolver, get_resolver

from builders.lists import LIST


class Who(StrEnum):
    ANYBODY = "anybody"
    SIGNED_IN = "somebody who has signed in, about themselves"
    WITH_A_ROLE = "people with a role here"
    ROLE_OF_API = "people with a role here, by the API, which says so instead of asking for a sign-in"
    TREATING = "the treating practice, and whoever it agreed with"
    TREATING_BY_API = "the treating practice and whoever it agreed with, by the API, which says so to anybody else"
    ADMINISTRATOR = "an administrator"


WHO_MAY_OPEN = {
    "": Who.ANYBODY,
    "home/<int:grant>/": Who.SIGNED_IN,
    "ambitions/": Who.ANYBODY,
    "ambitions/<slug:ambition>/": Who.ANYBODY,
    "ambitions/<slug:ambition>/<slug:figure>.<slug:format>": Who.ANYBODY,
    "measures/": Who.ANYBODY,
    "measures/<slug:measure>/": Who.ANYBODY,
    "measures/<slug:measure>/<slug:figure>.<slug:format>": Who.ANYBODY,
    "measures/<slug:measure>/impact/": Who.ANYBODY,
    "measures/<slug:measure>/outreach/": Who.ANYBODY,
    "measures/<slug:measure>/outreach/<slug:figure>.<slug:format>": Who.ANYBODY,
    "measures/<slug:measure>/effect/": Who.ANYBODY,
    "measures/<slug:measure>/effect/<slug:figure>.<slug:format>": Who.ANYBODY,
    "population/": Who.ANYBODY,
    "population/<slug:figure>.<slug:format>": Who.ANYBODY,
    "compare/": Who.ANYBODY,
    "compare/area/<str:code>/": Who.ANYBODY,
    "compare/areas/": Who.ANYBODY,
    "compare/areas/<slug:figure>.<slug:format>": Who.ANYBODY,
    "compare/map/": Who.ANYBODY,
    "compare/map/map.svg": Who.ANYBODY,
    "compare/needs/": Who.ANYBODY,
    "compare/gain/": Who.ANYBODY,
    "findings/": Who.ANYBODY,
    "findings/comment/": Who.SIGNED_IN,
    "findings/comment/<int:comment>/remove/": Who.SIGNED_IN,
    "assurance/risks/": Who.WITH_A_ROLE,
    "assurance/risks/new/": Who.WITH_A_ROLE,
    "assurance/risks/<int:risk>/": Who.WITH_A_ROLE,
    "assurance/risks/<int:risk>/score/": Who.WITH_A_ROLE,
    "assurance/risks/<int:risk>/measure/": Who.WITH_A_ROLE,
    "assurance/risks/<int:risk>/watch/": Who.WITH_A_ROLE,
    "assurance/packs/money/": Who.WITH_A_ROLE,
    "assurance/packs/involvement/": Who.WITH_A_ROLE,
    "assurance/risks/<int:risk>/controls/": Who.WITH_A_ROLE,
    "assurance/controls/<int:control>/tests/": Who.WITH_A_ROLE,
    "assurance/owed/": Who.ANYBODY,
    "assurance/owed/new/": Who.WITH_A_ROLE,
    "assurance/owed/<int:commitment>/": Who.ANYBODY,
    "assurance/owed/<int:commitment>/steps/": Who.WITH_A_ROLE,
    "assurance/reviews/": Who.WITH_A_ROLE,
    "assurance/reviews/new/": Who.WITH_A_ROLE,
    "assurance/reviews/<int:review>/": Who.WITH_A_ROLE,
    "assurance/reviews/<int:review>/team/": Who.WITH_A_ROLE,
    "assurance/reviews/<int:review>/self-assessment/": Who.WITH_A_ROLE,
    "assurance/reviews/<int:review>/findings/": Who.WITH_A_ROLE,
    "assurance/packs/": Who.WITH_A_ROLE,
    "assurance/packs/new/": Who.WITH_A_ROLE,
    "assurance/packs/<int:pack>/": Who.WITH_A_ROLE,
    "assurance/packs/<int:pack>.json": Who.WITH_A_ROLE,
    "assurance/packs/<int:pack>/challenges/": Who.WITH_A_ROLE,
    "assurance/challenges/<int:challenge>/answer/": Who.WITH_A_ROLE,
    "assurance/equality/": Who.WITH_A_ROLE,
    "assurance/equality/new/": Who.WITH_A_ROLE,
    "assurance/equality/<int:assessment>/": Who.WITH_A_ROLE,
    "assurance/equality/<int:assessment>/effects/": Who.WITH_A_ROLE,
    "assurance/equality/<int:assessment>/signature/": Who.WITH_A_ROLE,
    "assurance/equality/<int:assessment>/items/": Who.WITH_A_ROLE,
    "assurance/strategy/": Who.ANYBODY,
    "assurance/strategy/new/": Who.WITH_A_ROLE,
    "assurance/strategy/<int:strategy>/items/": Who.WITH_A_ROLE,
    "assurance/strategy/items/<int:item>/": Who.WITH_A_ROLE,
    "assurance/plans/": Who.WITH_A_ROLE,
    "assurance/plans/new/": Who.WITH_A_ROLE,
    "assurance/plans/<int:plan>/": Who.WITH_A_ROLE,
    "assurance/plans/<int:plan>/organisations/": Who.WITH_A_ROLE,
    "assurance/plans/<int:plan>/closing/": Who.WITH_A_ROLE,
    "assurance/plans/<int:plan>/forecasts/": Who.WITH_A_ROLE,
    "waiting/": Who.ANYBODY,
    "waiting/<str:code>/": Who.ANYBODY,
    "sources/": Who.ANYBODY,
    "sources/releases/": Who.ANYBODY,
    "sources/facts/": Who.ANYBODY,
    "sources/published/": Who.ANYBODY,
    "sources/published/<slug:indicator>/": Who.ANYBODY,
    "sources/published/<slug:indicator>.csv": Who.ANYBODY,
    "sources/published/<slug:indicator>/<slug:figure>.<slug:format>": Who.ANYBODY,
    "evidence/": Who.ANYBODY,
    "evidence/conflicts/": Who.ANYBODY,
    "evidence/conflicts/settle/": Who.SIGNED_IN,
    "evidence/propose/": Who.SIGNED_IN,
    "evidence/<str:claim>/correct/": Who.SIGNED_IN,
    "evidence/<str:claim>/": Who.ANYBODY,
    "evidence/<str:claim>/standing/": Who.SIGNED_IN,
    "evidence/<str:claim>/removal/": Who.SIGNED_IN,
    "evidence/<path:address>/": Who.ANYBODY,
    "evidence/<path:address>/standing/": Who.SIGNED_IN,
    "meetings/": Who.ANYBODY,
    "meetings/calendar.ics": Who.ANYBODY,
    "meetings/plan/": Who.ANYBODY,
    "meetings/actions/": Who.ANYBODY,
    "meetings/actions/<int:action>/<slug:deed>/": Who.SIGNED_IN,
    "meetings/decisions/": Who.ANYBODY,
    "meetings/decisions/<int:decision>/": Who.ANYBODY,
    "meetings/decisions/<int:decision>/<slug:deed>/": Who.SIGNED_IN,
    "meetings/items/<int:item>/": Who.ANYBODY,
    "meetings/items/<int:item>/<slug:deed>/": Who.SIGNED_IN,
    "meetings/papers/<int:paper>/": Who.ANYBODY,
    "meetings/papers/<int:paper>/<slug:deed>/": Who.SIGNED_IN,
    "meetings/bodies/<slug:body>/<slug:deed>/": Who.SIGNED_IN,
    "meetings/<int:meeting>/": Who.ANYBODY,
    "meetings/<int:meeting>/<slug:deed>/": Who.SIGNED_IN,
    "packs/<int:meeting>/": Who.ANYBODY,
    "packs/<int:meeting>.pdf": Who.ANYBODY,
    "governance/": Who.ANYBODY,
    "governance/bodies/<slug:body>/": Who.ANYBODY,
    "governance/bodies/<slug:body>/seats/<slug:seat>/": Who.SIGNED_IN,
    "governance/memberships/<int:membership>/end/": Who.SIGNED_IN,
    "governance/memberships/<int:membership>/interests/": Who.SIGNED_IN,
    "governance/interests/<int:interest>/end/": Who.SIGNED_IN,
    "governance/interests/<int:interest>/withdraw/": Who.SIGNED_IN,
    "governance/members/": Who.SIGNED_IN,
    "governance/members/me/": Who.SIGNED_IN,
    "governance/delegation/": Who.ANYBODY,
    "governance/agreements/": Who.ANYBODY,
    "governance/agreements/<slug:version>/comments/": Who.ANYBODY,
    "governance/agreements/<slug:version>/comments/open/": Who.SIGNED_IN,
    "governance/agreements/<slug:version>/comments/close/": Who.SIGNED_IN,
    "governance/clauses/<int:clause>/comments/": Who.SIGNED_IN,
    "governance/comments/<int:comment>/response/": Who.SIGNED_IN,
    "governance/comments/<int:comment>/removal/": Who.SIGNED_IN,
    "messages/": Who.ANYBODY,
    "messages/write/": Who.SIGNED_IN,
    "messages/<slug:week>/": Who.ANYBODY,
    "messages/<slug:week>/edit/": Who.SIGNED_IN,
    "messages/<slug:week>/send/": Who.SIGNED_IN,
    "about/": Who.ANYBODY,
    "logo": Who.ANYBODY,
    "healthz": Who.ANYBODY,
    "api/": Who.ANYBODY,
    "api/v1/": Who.ANYBODY,
    "api/v1/openapi.json": Who.ANYBODY,
    "api/v1/measures": Who.ANYBODY,
    "api/v1/measures/<measure>": Who.ANYBODY,
    "api/v1/measures/<measure>/values": Who.ANYBODY,
    "api/v1/measures/<measure>/figures": Who.ANYBODY,
    "api/v1/risks": Who.ROLE_OF_API,
    "api/v1/owed": Who.ANYBODY,
    "api/v1/packs": Who.ROLE_OF_API,
    "api/v1/equality-assessments": Who.ROLE_OF_API,
    "api/v1/system-plans": Who.ROLE_OF_API,
    "api/v1/strategies": Who.ANYBODY,
    "api/v1/population": Who.ANYBODY,
    "api/v1/case-finding": Who.ANYBODY,
    "api/v1/published": Who.ANYBODY,
    "api/v1/published/<indicator>": Who.ANYBODY,
    "api/v1/releases": Who.ANYBODY,
    "api/v1/impact": Who.ANYBODY,
    "api/v1/effect": Who.ANYBODY,
    "api/v1/rug": Who.ANYBODY,
    "api/v1/opportunities": Who.ANYBODY,
    "api/v1/peers": Who.ANYBODY,
    "api/v1/claims": Who.ANYBODY,
    "api/v1/claims/<claim>": Who.ANYBODY,
    "api/v1/conflicts": Who.ANYBODY,
    "api/v1/findings": Who.ANYBODY,
    "api/v1/meetings": Who.ANYBODY,
    "api/v1/meetings/<meeting>": Who.ANYBODY,
    "api/v1/bodies": Who.ANYBODY,
    "api/v1/bodies/<body>": Who.ANYBODY,
    "api/v1/delegation": Who.ANYBODY,
    "api/v1/agreements": Who.ANYBODY,
    "api/v1/engagements": Who.ANYBODY,
    "api/v1/engagements/<engagement>": Who.ANYBODY,
    "api/v1/agreements/<instrument>": Who.ANYBODY,
    "api/v1/meeting-items/<item>": Who.ANYBODY,
    "api/v1/decisions": Who.ANYBODY,
    "api/v1/decisions/<decision>": Who.ANYBODY,
    "api/v1/actions": Who.ANYBODY,
    "api/v1/ambitions": Who.ANYBODY,
    "api/v1/ambitions/<ambition>": Who.ANYBODY,
    "you/": Who.SIGNED_IN,
    "accounts/login/": Who.ANYBODY,
    "accounts/logout/": Who.ANYBODY,
    "accounts/inactive/": Who.ANYBODY,
    "accounts/signup/": Who.ANYBODY,
    "accounts/reauthenticate/": Who.SIGNED_IN,
    "accounts/password/change/": Who.SIGNED_IN,
    "accounts/password/reset/": Who.ANYBODY,
    "accounts/password/reset/done/": Who.ANYBODY,
    "accounts/password/reset/key/done/": Who.ANYBODY,
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Who.ANYBODY,
    "accounts/organisation/login/cancelled/": Who.ANYBODY,
    "accounts/organisation/login/error/": Who.ANYBODY,
    "accounts/organisation/signup/": Who.ANYBODY,
    "accounts/oidc/<slug:provider_id>/login/": Who.ANYBODY,
    "accounts/oidc/<slug:provider_id>/login/callback/": Who.ANYBODY,
    "accounts/2fa/": Who.SIGNED_IN,
    "accounts/2fa/authenticate/": Who.SIGNED_IN,
    "accounts/2fa/reauthenticate/": Who.SIGNED_IN,
    "accounts/2fa/totp/activate/": Who.SIGNED_IN,
    "accounts/2fa/totp/deactivate/": Who.SIGNED_IN,
    "accounts/2fa/recovery-codes/": Who.SIGNED_IN,
    "accounts/2fa/recovery-codes/generate/": Who.SIGNED_IN,
    "accounts/2fa/recovery-codes/download/": Who.SIGNED_IN,
    "api/v1/my-patients/<practice>/this-week": Who.TREATING_BY_API,
    "my-patients/": Who.TREATING,
    "my-patients/<str:practice>/this-week/": Who.TREATING,
    "programmes/": Who.ANYBODY,
    "programmes/<slug:programme>/": Who.ANYBODY,
    "programmes/<slug:programme>/<slug:figure>.<slug:format>": Who.ANYBODY,
    "programmes/in/<str:code>/": Who.ANYBODY,
    "my-patients/<str:practice>/<slug:list_slug>/": Who.TREATING,
    "my-patients/<str:practice>/<slug:list_slug>/sealed": Who.TREATING,
    "my-patients/<str:practice>/<slug:list_slug>/record/": Who.TREATING,
    "my-patients/<str:practice>/<slug:list_slug>/outcomes/": Who.TREATING,
    "my-patients/<str:practice>/every-contact/": Who.TREATING,
    "my-patients/<str:practice>/every-contact/sealed": Who.TREATING,
    "my-patients/<str:practice>/every-contact/<slug:row_key>/": Who.TREATING,
    "my-patients/<str:practice>/<slug:list_slug>/<slug:build>/<int:rank>/": Who.TREATING,
}
"""Route -> who may open it. A route that is not here has no policy, and a test fails until somebody has decided it.

What anybody may open shows each reader what they may see: figures of practices only to people with a role.
"""

PARTS = {
    "measure": "af_anticoagulated",
    "ambition": "fewer_strokes",
    "figure": "practice",
    "format": "csv",
    "practice": "A01",
    "list_slug": LIST,
    "rank": "1",
    "programme": "heart_care",
    "row_key": "aaaaaaaaaaaaaaaa",
    "code": "RT1",
    "indicator": "rtt_waiting",
    "uidb36": "1",
    "key": "x-y",
    "provider_id": "organisation",
    "grant": "999999",
    "comment": "999999",
    "body": "heart_board",
    "seat": "lay",
    "membership": "999999",
    "interest": "999999",
    "instrument": "compact",
    "version": "constitution",
    "engagement": "constitution",
    "clause": "999999",
    "meeting": "999999",
    "item": "999999",
    "paper": "999999",
    "decision": "999999",
    "action": "999999",
    "deed": "plan",
    "risk": "999999",
    "control": "999999",
    "commitment": "999999",
    "review": "999999",
    "pack": "999999",
    "challenge": "999999",
    "assessment": "999999",
    "plan": "999999",
    "strategy": "999999",
    "claim": "F001",
    "week": "2017-10-27",
}
MUST_ASK = {
    "api/v1/impact": f"measure={PARTS['measure']}",
    "api/v1/effect": f"measure={PARTS['measure']}&areas=NW1&from=2024-10",
}
"""Route -> what it answers nothing without."""
ADMINISTRATION = "admin/"


def iter_routes() -> Iterator[str]:
    """Those of the administration too, which Django makes."""
    yield from _iter_routes(get_resolver().url_patterns, "")


def find_who(route: str) -> Who | None:
    """None where nobody has declared it."""
    return Who.ADMINISTRATOR if route.startswith(ADMINISTRATION) else WHO_MAY_OPEN.get(route)


def fill(route: str, **parts: str) -> str:
    """The address of a route, and what it must be asked. Raises KeyError for a part that nobody has given a value."""
    values = PARTS | parts
    filled = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()\[\]])+\)", lambda found: values[found[1]], route)
    filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], filled)
    return ask("/" + filled.replace("^", "").replace("$", "").replace("\\", ""), MUST_ASK.get(route, ""))


def ask(address: str, query: str) -> str:
    """The address asked this too."""
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def _iter_routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _iter_routes(each.url_patterns, before + str(each.pattern))
        else:
            yield before + str(each.pattern)
