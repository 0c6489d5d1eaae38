"""The wall: no page or route reaches an unreleased count for a role that may not see it."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from builders.addresses import ADMINISTRATION, WHO_MAY_OPEN, Who, ask, fill, find_who, iter_routes
from builders.command_line import build_once
from builders.pages import words_in
from builders.site import add_person_in_role, write_deployment
from builders.unreleased import BUILD, SAID, build_store
from placewise_site.accounts.models import Purpose, Role
from placewise_site.evidence.releases import current_release, find_withdrawals

pytestmark = pytest.mark.one_database

ROLES = {
    "director": "HVS", "analyst": "HVS", "programme_lead": "HVS", "place_lead": "HVN", "practice": "A02",
    "pcn_staff": "NW3", "hospital_operations": "HVS", "finance": "HVS", "board_secretary": "HVS",
    "board_member": "HVS", "lay_member": "HVS", "voluntary_sector": "HVS", "communications": "HVS",
    "caldicott_guardian": "HVS", "clinical_safety_officer": "HVS", "public": "HVS", "screening_provider": "RT2",
}  # fmt: skip
"""Each role, of another organisation than the practice A01 that is asked for."""
EXACT = "1206", "1,206"
"""Whom a measure asks about in the practice A01: released as 1,205, and shown exactly to its own staff alone."""
TEXT = ("text/", "application/json", "image/svg+xml")


@pytest.fixture(scope="module")
def walled(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    def build(folder: Path) -> None:
        deployment = write_deployment(folder)
        (folder / "store").mkdir()
        planted = build_store(folder / "store", deployment)
        (folder / "planted.json").write_text(json.dumps(sorted(planted)), encoding="utf-8")

    # One's own copy: looks at lists are logged in it.
    copied = shutil.copytree(build_once(tmp_path_factory, "walled", build), tmp_path_factory.mktemp("wall") / "walled")
    planted = frozenset(json.loads((copied / "planted.json").read_text(encoding="utf-8")))
    return SimpleNamespace(store=copied / "store", deployment=copied / "haven", planted=planted)


@pytest.fixture
def wall(walled: SimpleNamespace, settings: Any, site: Any) -> SimpleNamespace:
    settings.PLACEWISE_STORE = walled.store
    settings.PLACEWISE_DEPLOYMENT = str(walled.deployment)
    return walled


def iter_addresses(*, every_way: bool) -> Iterator[str]:
    """every_way: asked for the unreleased build, the withdrawn release, practices and each format too."""
    release, (gone,) = current_release(), find_withdrawals()
    assert release is not None
    names = release.manifest.release, gone, BUILD
    where = "af_anticoagulated/A01/2026-03/all/all"
    for route in iter_routes():
        if route.startswith(ADMINISTRATION) or "logout" in route:
            continue
        formats = ("csv", "json", "svg") if every_way and "<slug:format>" in route else ("csv",)
        for format_ in formats:
            for name in names if "<path:address>" in route else names[:1]:
                address = fill(route, build=BUILD, address=f"{name}/{where}", format=format_)
                yield address
                if every_way and find_who(route) == Who.ANYBODY and not route.startswith("accounts/"):
                    for query in (f"release={BUILD}", f"release={gone}", "area=A01", "level=practice", "format=csv"):
                        yield ask(address, query)


def read_all(answer: HttpResponse) -> str:
    """Headers, and the body where it is text."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    if not answer.get("Content-Type", "").startswith(TEXT):
        return headers
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return f"{headers}\n{body.decode(errors='replace')}"


def find_planted(told: str, planted: frozenset[str]) -> set[str]:
    return planted & {digits.replace(",", "") for digits in re.findall(r"(?<![\w.])\d[\d,]{6,}", told)}


def test_every_route_has_a_declared_policy() -> None:
    routes = {each for each in iter_routes() if not each.startswith(ADMINISTRATION)}
    assert sorted(routes - set(WHO_MAY_OPEN)) == [], "say in tests/builders/addresses.py who may open these"
    assert sorted(set(WHO_MAY_OPEN) - routes) == [], "these are no routes any more"


def test_every_role_is_walked(site: Any) -> None:
    assert sorted(ROLES) == sorted(Role.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("role", ["", *ROLES])
def test_no_unreleased_count_is_in_any_answer(wall: SimpleNamespace, role: str) -> None:
    """Asked in every way by the public, an analyst and another practice, and once by every other role."""
    browser = Client()
    if role:
        purpose = Purpose.DIRECT_CARE if role in ("practice", "pcn_staff") else Purpose.POPULATION_HEALTH_PLANNING
        person = add_person_in_role(role, ROLES[role], purpose)
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    walked = 0
    for address in iter_addresses(every_way=role in ("", "analyst", "practice")):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        told = read_all(answer)
        assert not find_planted(told, wall.planted), address
        assert SAID not in told, address
        if not address.endswith(".svg"):
            assert not any(re.search(rf"(?<![\w.,]){each}(?![\w.,])", told) for each in EXACT), address
        walked += 1
    assert walked > 70


def test_the_counts_would_be_found(wall: SimpleNamespace) -> None:
    """Or the walk proves nothing."""
    some = sorted(wall.planted)[0]
    for told in (f"<td>{int(some):,}</td>", f'{{"numerator": {some}}}', f"X-Count: {some}\n"):
        assert find_planted(told, wall.planted) == {some}
    assert len(wall.planted) > 1000


def test_a_practice_reads_its_own_exact_counts(wall: SimpleNamespace) -> None:
    person = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    own = Client()
    own.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert EXACT[1] in words_in(own.get("/").content.decode())
