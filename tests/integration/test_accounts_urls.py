"""Deny by default: every address is walked as the public, as each role and as somebody of the wrong organisation."""

import logging
import re

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from builders.addresses import ADMINISTRATION, Who, ask, fill, find_who, iter_routes
from builders.explained import LISTS
from builders.lists import LIST
from builders.release import PRACTICES
from builders.site import add_person_in_role
from placewise_site.accounts.models import Purpose, Role
from placewise_site.evidence.releases import current_release

pytestmark = pytest.mark.one_database

NAMES_OF_PRACTICES = ("Quay Surgery", "Lighthouse Practice", "Hilltop Surgery", "Reedbed Health Centre", "Causeway")


def addresses(*of: Who) -> list[str]:
    """Every address but the administration's, or those alone that some may open; a practice's claim stands for all."""
    release = current_release()
    assert release is not None
    parts = {"build": LISTS, "address": f"{release.manifest.release}/af_anticoagulated/A01/2026-03/all/all"}
    routes = [each for each in iter_routes() if not each.startswith(ADMINISTRATION)]
    return [fill(each, **parts) for each in routes if not of or find_who(each) in of]


def test_every_address_is_public_or_asks_for_a_sign_in(client, site):
    walked = addresses()
    assert len(walked) > 40
    for address in walked:
        answer = client.get(address)
        assert answer.status_code < 500, address
        if address in addresses(Who.ROLE_OF_API, Who.TREATING_BY_API):
            assert answer.status_code == 403, address
        elif address not in addresses(Who.ANYBODY):
            assert answer.status_code in (302, 404), address
            assert answer.status_code == 404 or "/accounts/login/" in answer["Location"], address


def test_no_public_answer_tells_of_a_practice(client, site):
    asked = addresses(Who.ANYBODY)
    asked += [ask(each, query) for query in ("area=A01", "level=practice") for each in asked]
    for address in asked:
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            told = answer.content.decode(errors="replace")
            assert not any(name in told for name in NAMES_OF_PRACTICES), address
            assert not any(f">{code}<" in told for code in PRACTICES), address


@pytest.mark.parametrize("role", ["director", "analyst", "finance", "lay_member"])
def test_a_system_role_opens_everything_but_persons(sign_in, role):
    browser = sign_in(role, "HVS")
    for address in addresses():
        if "logout" in address:
            continue
        status = browser.get(address).status_code
        assert status < 500, address
        if "/my-patients/" in address:
            assert status == 403, address


def test_somebody_of_the_wrong_organisation_is_refused_wherever_persons_are(sign_in):
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    others = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE).grants.get().pk
    refused = {f"/my-patients/A01/{LIST}/": 403, f"/my-patients/A01/{LIST}/sealed": 403, f"/home/{others}/": 404}
    assert {address: browser.get(address).status_code for address in refused} == refused


def test_every_role_is_answered_at_home(client, site):
    for role in Role.objects.all():
        person = add_person_in_role(role.slug, {"practice": "A01", "pcn_staff": "NW1"}.get(role.slug, "HVS"))
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/").status_code == 200, role


def test_only_an_administrator_opens_the_administration(sign_in):
    assert sign_in("director", "HVS").get("/admin/").status_code in (302, 403)


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/3rdparty/", "/accounts/confirm-email/"])
def test_nobody_changes_the_address_they_are_known_by(sign_in, address):
    assert sign_in("practice", "A01").get(address).status_code == 404


def test_the_answers_carry_the_security_headers(client, site):
    answer = client.get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.search(r"script-src 'self' 'nonce-[^']{16,}'", policy)
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce and f'nonce="{nonce[1]}"' in answer.content.decode()
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_what_is_not_there_is_said_kindly(client, site):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_a_failure_of_ours_gives_nothing_away(client, site, settings, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("placewise_site.web.homes.views.public_home", lambda sight: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "This is our fault, not yours" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()


def test_the_log_tells_where_it_failed_and_quotes_no_record(client, site, monkeypatch, caplog):
    quoted = "row 7: Ada Example, 943 476 5919, is no measurement"

    def fail(sight):
        raise ValueError(quoted)

    client.raise_request_exception = False
    monkeypatch.setattr("placewise_site.web.homes.views.public_home", fail)
    with caplog.at_level("WARNING"):
        caplog.handler.setFormatter(made_by_settings())
        page = client.get("/")
        client.get("/my-patients/A01/9434765919/")
        client.get("/no/943-476-5919")
        log = "\n".join(caplog.handler.format(record) for record in caplog.records)
    assert "ValueError" in log and "in fail" in log
    for told in (log, page.content.decode()):
        assert "Ada Example" not in told
        assert not re.search(r"943.?476.?5919", told)


def made_by_settings() -> logging.Formatter:
    """The formatter of the site's own settings."""
    said = dict(settings.LOGGING["formatters"]["plain"])
    made: logging.Formatter = import_string(said.pop("()"))(fmt=said["format"], style=said["style"])
    return made


def test_the_site_says_that_it_is_well(client, site):
    assert client.get("/healthz").json() == {"status": "ok"}
