"""Running the site from the command line: ready at once the second time, and plain about what is wrong."""

import re
import stat
import time
from pathlib import Path

import pytest

from builders.release import build_planted_release
from builders.serving import run_site, site_environment
from builders.site import write_deployment
from placewise_site.accounts.roles import ROLES


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("commands")
    store = folder / "store"
    store.mkdir()
    build_planted_release(store)
    return site_environment(store, write_deployment(folder))


def test_a_demo_gets_one_account_a_role_and_the_second_start_is_instant(environment):
    waited = run_site(environment, "prepare", "--wait", told="")
    assert (waited.returncode, waited.stdout, waited.stderr) == (1, "", ""), "nobody said that a release is in force"
    first = run_site(environment, "prepare", "--wait", told="\n")
    assert first.returncode == 0, first.stderr
    addresses = re.findall(r"\S+(?=@demo\.example)", first.stdout)
    of_roles = [slug.replace("_", ".") for slug, *_ in ROLES if slug != "public"]
    assert addresses == [*of_roles, "chair", "partner.member"], "two more of the board, who chair and who speak"
    start = time.monotonic()
    second = run_site(environment, "prepare")
    assert (second.returncode, second.stdout) == (0, "")
    assert time.monotonic() - start < 3
    for name in ("site.sqlite3", "demo-accounts.txt", "site-prepared"):
        mode = (Path(environment["PLACEWISE_STORE"]) / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600, f"{name} may be read by others"
    examined = run_site(environment, "doctor")
    assert (examined.returncode, "wrong" in examined.stdout) == (0, False), examined.stdout


def test_the_doctor_names_each_fault(environment, tmp_path):
    broken = environment | {"PLACEWISE_DATABASE": str(tmp_path / "new.sqlite3"), "PLACEWISE_DEPLOYMENT": "nowhere"}
    examined = run_site(broken, "doctor")
    assert examined.returncode == 1
    assert "Its tables are not up to date; run prepare." in examined.stdout
    assert "there is no deployment of this name" in examined.stdout
    assert "Traceback" not in examined.stdout + examined.stderr


def test_a_demo_is_refused_in_a_store_that_is_not_a_demonstration(environment, tmp_path):
    """Its accounts share a password that is printed."""
    for command in ("prepare", "serve"):
        done = run_site(environment | {"PLACEWISE_STORE": str(tmp_path)}, command)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert done.stderr.startswith("PLACEWISE_MODE: it is demo, and this store is not a demonstration")
    assert list(tmp_path.iterdir()) == []


def test_a_live_site_needs_a_key(environment):
    live = {name: value for name, value in environment.items() if name != "PLACEWISE_MODE"}
    done = run_site(live, "prepare")
    assert done.returncode == 1
    assert done.stderr.startswith("PLACEWISE_SECRET_KEY: it is not set;")
    assert done.stderr.count("\n") == 1


def test_a_site_needs_a_deployment(environment):
    done = run_site(environment | {"PLACEWISE_DEPLOYMENT": ""}, "serve")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("PLACEWISE_DEPLOYMENT: it names no deployment; set it to")


def test_a_live_site_has_no_demo_accounts_and_hashed_files(environment, tmp_path):
    live = {name: value for name, value in environment.items() if name != "PLACEWISE_MODE"}
    database = tmp_path / "live.sqlite3"
    database.touch(mode=0o644)
    live |= {"PLACEWISE_SECRET_KEY": "x" * 50, "PLACEWISE_DATABASE": str(database)}
    done = run_site(live, "prepare")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert run_site(live, "doctor").returncode == 0
