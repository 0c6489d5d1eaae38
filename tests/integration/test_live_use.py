"""Records of real people are shown only where live use is recorded: its officers and its clinical safety case."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from builders.lists import LIST, write_call_lists
from builders.release import build_planted_release
from builders.serving import run_site, site_environment
from builders.site import ICS, write_deployment
from placewise_site.accounts.models import Purpose

LIVE_USE = """\
live_use:
  clinical_safety_officer: {name: Dr Ada Invented, recorded_on: 2026-01-05}
  caldicott_guardian: {name: Dr Bo Invented, recorded_on: 2026-01-05}
  safety_case: {reference: Safety case 7 of the invented system, recorded_on: 2026-01-05}
"""
PATHS = (
    "/population/",
    "/measures/",
    "/measures/af_anticoagulated/",
    "/measures/af_anticoagulated/trend.csv",
    "/api/v1/population",
    "/api/v1/measures",
    f"/my-patients/A01/{LIST}/",
    f"/my-patients/A01/{LIST}/sealed",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> SimpleNamespace:
    """A store whose release and call lists rest on real people's records, as far as they say; and a live deployment."""
    folder = tmp_path_factory.mktemp("real")
    store = folder / "store"
    store.mkdir()
    build_planted_release(store, mode="live")
    write_call_lists(store)
    (store / "lists/planted/made.json").write_text(json.dumps({"loads": [{"synthetic": False}]}))
    return SimpleNamespace(store=store, live=with_mode_live(write_deployment(folder), LIVE_USE))


def with_mode_live(deployment: Path, recorded: str) -> Path:
    (deployment / "ics.yaml").write_text(ICS.replace("mode: synthetic", "mode: live") + recorded, encoding="utf-8")
    return deployment


def environment_of(store: Path, deployment: Path) -> dict[str, str]:
    live = {name: value for name, value in site_environment(store, deployment).items() if name != "PLACEWISE_MODE"}
    return live | {"PLACEWISE_SECRET_KEY": "x" * 50}


@pytest.mark.parametrize("address", PATHS)
def test_figures_and_lists_of_real_people_are_shut_where_the_deployment_is_not_live(sign_in, settings, real, address):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    settings.PLACEWISE_STORE = real.store
    assert browser.get(address).status_code == 404
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("address", PATHS)
def test_where_it_is_live_they_open(sign_in, settings, real, address):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    settings.PLACEWISE_STORE, settings.PLACEWISE_DEPLOYMENT = real.store, str(real.live)
    assert browser.get(address).status_code == 200


def test_a_live_page_says_that_it_is(client, settings, site, real):
    settings.PLACEWISE_STORE, settings.PLACEWISE_DEPLOYMENT = real.store, str(real.live)
    assert "Live: figures made from people's own records." in client.get("/").content.decode().replace("&#39;", "'")


@pytest.mark.parametrize("address", PATHS)
def test_nothing_opens_under_a_live_deployment_without_its_officers(sign_in, settings, tmp_path, address):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    browser.raise_request_exception = False
    settings.PLACEWISE_DEPLOYMENT = str(with_mode_live(write_deployment(tmp_path), ""))
    assert browser.get(address).status_code >= 400


@pytest.mark.parametrize("command", ["prepare", "serve"])
def test_the_site_does_not_start_without_officers_and_safety_case(site, tmp_path, command):
    done = run_site(environment_of(site.store, with_mode_live(write_deployment(tmp_path), "")), command)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "mode live needs a clinical safety officer, a caldicott guardian, a safety case" in done.stderr
    assert not (site.store / "site.sqlite3").exists()


def test_nor_over_a_live_release_with_a_deployment_that_is_not(site, real):
    environment = environment_of(real.store, site.deployment)
    done = run_site(environment, "serve")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "this release is made of real people's records" in done.stderr
    assert "It is not shown: this release is made of" in run_site(environment, "doctor").stdout


def test_nor_by_its_own_server(site, tmp_path):
    environment = environment_of(site.store, with_mode_live(write_deployment(tmp_path), ""))
    done = subprocess.run(
        [sys.executable, "-c", "import placewise_site.wsgi"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)


def test_nor_as_a_demo(real):
    done = run_site(site_environment(real.store, real.live), "prepare")
    assert (done.returncode, done.stderr) == (
        1,
        "PLACEWISE_MODE: it is demo, and the deployment is live; take it away.\n",
    )
