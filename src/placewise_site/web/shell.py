"""What surrounds every page: the name, the menu, the mode, the person and the release."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.queries import has_lists
from placewise_site.evidence.deployment import Look, get_deployment, get_look, has_deployment
from placewise_site.evidence.releases import NotReleased, current_release, recent_withdrawals

MENU = (
    ("/", "Home"),
    ("/population/", "Who lives here"),
    ("/ambitions/", "Ambitions"),
    ("/measures/", "Measures"),
    ("/compare/", "Compare"),
    ("/findings/", "What stands out"),
    ("/waiting/", "Waiting"),
    ("/evidence/", "Evidence"),
    ("/meetings/", "Meetings"),
    ("/governance/", "Who decides"),
    ("/assurance/owed/", "Assurance"),
    ("/sources/", "Sources"),
)
HOMES = ("home", "home_of")
MODES = {
    "synthetic": "Synthetic data. Nobody in these figures is a real person.",
    "published": "Published data only. This system holds no person's record.",
    "live": "Live: figures made from people's own records.",
}


def shell(request: HttpRequest) -> dict[str, Any]:
    # str() forces the lazy nonce, which is falsy until it is read.
    nonce = str(getattr(request, "csp_nonce", ""))
    said = {"nonce": nonce, "site": site(), "menu": menu(request), "person": person(request)} | release_line()
    is_home = request.resolver_match is not None and request.resolver_match.url_name in HOMES
    return said | {"withdrawals": recent_withdrawals() if is_home or said["release"] is None else []}


def site() -> dict[str, str]:
    """The deployment's name, colour and logo; the product's own name where no deployment is set."""
    if not has_deployment():
        return {"name": "Placewise", "colour": Look().colour, "logo": ""}
    look = get_look()
    return {"name": look.name or get_deployment().name, "colour": look.colour, "logo": "/logo" if look.logo else ""}


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    entries = list(MENU)
    if has_lists(request.user):
        entries.insert(1, ("/my-patients/", "My patients"))
    here = request.path
    return [
        {
            "href": address,
            "text": text,
            "exact": here == address,
            "current": here == address or (address != "/" and here.startswith(address)),
        }
        for address, text in entries
    ]


def person(request: HttpRequest) -> str:
    return str(request.user) if request.user.is_authenticated else ""


def release_line() -> dict[str, Any]:
    try:
        release = current_release()
    except NotReleased:  # it may not be shown: the page itself says so
        release = None
    if release is None:
        return {"release": None, "mode_told": ""}
    manifest = release.manifest
    return {
        "release": {
            "name": manifest.release,
            "made_on": manifest.made_on,
            "last_month": manifest.last_month,
        },
        "mode_told": MODES[manifest.mode],
    }
