"""What surrounds every page: the name, the menu, the mode and the release.

The menu's addresses are those of web/urls.py, care and hospitals; a page's own section is marked.
"""

from typing import Any

from django.http import HttpRequest

MENU = (
    ("/population/", "Who lives here"),
    ("/measures/", "Measures"),
    ("/waiting/", "Waiting"),
    ("/sources/", "Sources"),
)
MODES = {
    "synthetic": "Synthetic data. Nobody here is a real person.",
    "published": "Published data only. There are no person records in this system.",
}


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    user = request.user
    entries = [("/", "Home"), *MENU]
    if user.is_authenticated:
        entries.append(("/my-patients/", "My patients"))
    here = request.path
    return [
        {"href": address, "text": text, "current": here == "/" if address == "/" else here.startswith(address)}
        for address, text in entries
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    # str() forces the lazy nonce, which is falsy until it is read.
    return {"nonce": str(getattr(request, "csp_nonce", "")), "menu": menu(request), "site_name": "Placewise"}
