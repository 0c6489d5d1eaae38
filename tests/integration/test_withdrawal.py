"""A withdrawn release is visibly replaced everywhere: no page, file, chart, claim or past view opens it again."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from builders.addresses import Who, ask, fill, find_who, iter_routes
from builders.command_line import build_once, run_here
from builders.pages import links_in, words_in
from builders.release import build_planted_release
from builders.release_texts import CARDS
from builders.site import add_person_in_role
from placewise.doctor import examine
from placewise.floor.faults import FaultsFound
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.in_force import find_withdrawals, get_standing, release_names, withdraw
from placewise.publishing.release import Withdrawn, open_as_of, open_current, open_release
from placewise_site.evidence.actions import cite_claim
from placewise_site.evidence.claims import find_claim

BECAUSE = "the records of two practices were counted twice"
MADE, LATER = datetime(2026, 4, 20, 6, 30, tzinfo=UTC), datetime(2026, 5, 20, 6, 30, tzinfo=UTC)
NOW = datetime.now(UTC)
MEASURE = "af_anticoagulated"


@pytest.fixture(scope="module")
def released_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the planted release and a later one, rounded to 10."""

    def release(store: Path) -> None:
        build_planted_release(store)
        build_planted_release(store, made_at=LATER, rule=DisclosureRule(8, 10))

    return build_once(tmp_path_factory, "released-twice", release)


@pytest.fixture
def replaced(released_twice: Path, site: Any, settings: Any, tmp_path: Path) -> SimpleNamespace:
    """A store in which `old` was withdrawn and `new` stands in its place."""
    shutil.copytree(released_twice, tmp_path, dirs_exist_ok=True)
    new, old = get_standing(tmp_path)
    withdraw(tmp_path, old, because=BECAUSE, at=NOW, replaced_by=new)
    settings.PLACEWISE_STORE = tmp_path
    return SimpleNamespace(store=tmp_path, old=old, new=new)


NOT_OF_A_RELEASE = {
    "",
    "about/",
    "logo",
    "healthz",
    "api/",
    "api/v1/",
    "api/v1/openapi.json",
    "api/v1/releases",
    "evidence/",
}
"""Pages that show the release in force or none, whatever they are asked."""
OF_THE_RECORD = (
    "assurance/", "governance/", "meetings/", "messages/", "packs/", "evidence/conflicts/", "evidence/<str:claim>/",
    *(f"api/v1/{each}" for each in (
        "claims", "conflicts", "bodies", "delegation", "agreements", "meetings", "meeting-items", "decisions",
        "actions", "risks", "owed", "packs", "equality-assessments", "system-plans", "strategies", "engagements",
    )),
)  # fmt: skip
"""Where pages of what people stated, decided and promised stand: they are of no release."""


def addresses_of(release: str) -> list[str]:
    """Every page, file, chart, answer of the API and claim that shows a release, asked of this one."""
    routes = [each for each in iter_routes() if find_who(each) == Who.ANYBODY and not each.startswith("accounts/")]
    opened = [
        fill(each, address=f"{release}/{MEASURE}/HVS/2026-03/all/all")
        for each in routes
        if each not in NOT_OF_A_RELEASE and not each.startswith(OF_THE_RECORD)
    ]
    more = [
        "/compare/?format=csv",
        "/waiting/?format=csv",
        f"/measures/{MEASURE}/trend.svg",
        f"/measures/{MEASURE}/trend.png",
    ]
    claims = [
        f"/evidence/{release}/{each}/" for each in ("people/HVS/2026-03/all/all", "rtt_waiting/RT1/2026-01/all/all")
    ]
    return [ask(each, f"area=HVN&release={release}") for each in (*opened, *more, *claims)]


@pytest.mark.parametrize("role", ["", "analyst", "director"])
def test_every_address_of_it_says_so_and_tells_nothing_of_it(replaced: SimpleNamespace, role: str) -> None:
    browser = Client()
    if role:
        person = add_person_in_role(role, "HVS")
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    walked = addresses_of(replaced.old)
    assert len(walked) > 30
    for address in walked:
        answer = browser.get(address)
        assert answer.status_code == 410, address
        told = answer.content.decode()
        assert BECAUSE in told and replaced.new in told, address
        assert f"{NOW.day} {NOW:%B %Y}" in told, address
        assert "565" not in told, "the number that stood there"
        assert "no-cache" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"], address


def test_the_notice_leads_to_the_same_page_of_what_replaced_it(replaced: SimpleNamespace) -> None:
    public = Client()
    for address, instead in (
        (f"/measures/{MEASURE}/?area=HVN&release={replaced.old}", f"/measures/{MEASURE}/?area=HVN"),
        (
            f"/evidence/{replaced.old}/people/HVS/2026-03/all/all/",
            f"/evidence/{replaced.new}/people/HVS/2026-03/all/all/",
        ),
    ):
        page = public.get(address).content.decode()
        assert instead in links_in(page)
        assert public.get(instead).status_code == 200


def test_a_file_is_answered_in_a_sentence_and_the_api_in_its_own_way(replaced: SimpleNamespace) -> None:
    answer = Client().get(f"/measures/{MEASURE}/trend.csv?release={replaced.old}")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == (
        f"The release {replaced.old} was withdrawn on {NOW.day} {NOW:%B %Y} because {BECAUSE}; "
        f"replaced by {replaced.new}.\n"
    )
    said = Client().get(f"/api/v1/measures?release={replaced.old}").json()
    assert said["detail"].startswith(f"The release {replaced.old} was withdrawn on")
    assert {name: said["withdrawn"][name] for name in ("release", "because", "replaced_by")} == {
        "release": replaced.old, "because": BECAUSE, "replaced_by": replaced.new,
    }  # fmt: skip


@pytest.mark.requirement("S186")
def test_a_view_of_a_past_day_shows_the_notice_and_not_the_number(replaced: SimpleNamespace) -> None:
    answer = Client().get(f"/measures/{MEASURE}/?as_of=2026-05-01")
    assert answer.status_code == 410
    words = words_in(answer.content.decode())
    assert f"Withdrawn on {NOW.day} {NOW:%B %Y} because {BECAUSE}" in words
    with pytest.raises(Withdrawn):
        open_as_of(replaced.store, datetime(2026, 5, 1).date())


def test_what_a_browser_kept_of_it_is_not_called_fresh(site: Any, settings: Any, tmp_path: Path) -> None:
    settings.PLACEWISE_STORE = tmp_path
    old = build_planted_release(tmp_path).manifest.release
    address = f"/measures/{MEASURE}/trend.svg?release={old}"
    kept = Client().get(address)
    assert "no-cache" in kept["Cache-Control"] and "max-age" not in kept["Cache-Control"]
    assert Client().get(address, headers={"if-none-match": kept["ETag"]}).status_code == 304
    withdraw(tmp_path, old, because=BECAUSE, at=NOW)
    assert Client().get(address, headers={"if-none-match": kept["ETag"]}).status_code == 410


def test_a_claim_that_was_cited_is_marked(
    site: Any, settings: Any, tmp_path: Path, sign_in: Callable[..., Any]
) -> None:
    settings.PLACEWISE_STORE = tmp_path
    old = build_planted_release(tmp_path).manifest.release
    browser = sign_in("board_secretary", "HVS")
    address = f"{old}/{MEASURE}/HVS/2026-03/all/all"
    cited = cite_claim(by=browser.person, address=address)
    withdraw(tmp_path, old, because=BECAUSE, at=NOW)
    words = words_in(browser.get(f"/evidence/{address}/").content.decode())
    assert "This figure was cited here on" in words and "needs another look" in words
    assert f"{cited.numerator:.0f}" not in words
    for refused in (find_claim, lambda address, by: cite_claim(by=by, address=address)):
        with pytest.raises(Withdrawn):
            refused(address, browser.person)


def test_home_pages_tell_of_it_for_a_year(replaced: SimpleNamespace, sign_in: Callable[..., Any]) -> None:
    notice = f"Figures were withdrawn on {NOW.day} {NOW:%B %Y} because {BECAUSE}. They are replaced"
    assert notice in words_in(Client().get("/").content.decode())
    assert notice in words_in(sign_in("analyst", "HVS").get("/").content.decode())
    assert notice not in words_in(Client().get("/measures/").content.decode())
    log = replaced.store / "releases" / "in_force.jsonl"
    log.write_text(log.read_text().replace(f'"withdrawn": "{NOW.year}', f'"withdrawn": "{NOW.year - 2}'))
    assert BECAUSE not in words_in(Client().get("/").content.decode())


def test_the_releases_name_it_and_open_it_no_more(replaced: SimpleNamespace) -> None:
    page = Client().get("/sources/releases/").content.decode()
    assert f"The release {replaced.old} was withdrawn on" in words_in(page)
    assert not any(f"release={replaced.old}" in link for link in links_in(page))
    listed = {each["release"]: each for each in Client().get("/api/v1/releases").json()}
    assert listed[replaced.old]["withdrawn"]["because"] == BECAUSE
    assert listed[replaced.new]["withdrawn"] is None and listed[replaced.new]["in_force"]


def test_while_nothing_stands_every_page_says_why(site: Any, settings: Any, tmp_path: Path) -> None:
    settings.PLACEWISE_STORE = tmp_path
    withdraw(tmp_path, build_planted_release(tmp_path).manifest.release, because=BECAUSE, at=NOW)
    assert open_current(tmp_path) is None
    for address, status in (("/", 200), ("/measures/", 503), ("/population/", 503)):
        answer = Client().get(address)
        assert answer.status_code == status
        assert f"because {BECAUSE}. Nothing has replaced them yet." in words_in(answer.content.decode())


def test_the_release_before_is_in_force_again_until_a_new_one_is_made(tmp_path: Path) -> None:
    first = build_planted_release(tmp_path).manifest.release
    second = build_planted_release(tmp_path, made_at=LATER, cards=CARDS[:2]).manifest.release
    withdraw(tmp_path, second, because=BECAUSE, at=NOW)
    assert get_standing(tmp_path) == [first] and set(release_names(tmp_path)) == {first, second}
    assert find_withdrawals(tmp_path)[second].replaced_by == first
    third = build_planted_release(tmp_path, made_at=NOW, cards=CARDS[:1]).manifest.release
    assert find_withdrawals(tmp_path)[second].replaced_by == third
    assert (tmp_path / "releases" / second / "release.json").is_file(), "kept for audit"
    with pytest.raises(Withdrawn):
        open_release(tmp_path / "releases" / second)


def test_the_same_content_cannot_be_released_again(tmp_path: Path) -> None:
    withdraw(tmp_path, build_planted_release(tmp_path).manifest.release, because=BECAUSE, at=NOW)
    with pytest.raises(FaultsFound, match="what is to be released now is the same"):
        build_planted_release(tmp_path, made_at=NOW)
    assert open_current(tmp_path) is None


def test_where_one_name_is_wrong_or_no_reason_is_given_nothing_is_withdrawn(tmp_path: Path) -> None:
    """Nothing puts a withdrawn release in force again."""
    release = build_planted_release(tmp_path).manifest.release
    for names, because in (((release, "r-misspelt"), BECAUSE), ((release,), " ")):
        done = run_here("withdraw", *names, "--because", because, "--store", tmp_path, folder=tmp_path)
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
        assert get_standing(tmp_path) == [release]


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    first = build_planted_release(tmp_path).manifest.release
    second = build_planted_release(tmp_path, made_at=LATER, cards=CARDS[:2]).manifest.release
    store = ("--store", tmp_path)
    done = run_here("withdraw", second, "--because", f"{BECAUSE}.", *store, folder=tmp_path)
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    assert f"because {BECAUSE}; replaced by {first}." in told and f"The release {first} is in force." in told
    for wrong in (["r-nowhere"], [first, "--replaced-by", "r-nowhere"], [first, "--replaced-by", second]):
        refused = run_here("withdraw", *wrong, "--because", "of a test", *store, folder=tmp_path)
        assert refused.returncode == 1 and "release called" in refused.stderr
    examined = {each["told"]: each["passed"] for each in examine(tmp_path)}
    assert examined["Figures of past months are frozen; the next revision comes with those of 2026-04."]
    assert any(passed and told.startswith(f"The release {second} was withdrawn") for told, passed in examined.items())
    said = json.loads(run_here("withdraw", first, "--because", "x", "--json", *store, folder=tmp_path).stdout)
    assert said["in_force"] is None
    assert "Every release was withdrawn: put right what was wrong, then run placewise release." in {
        each["told"] for each in examine(tmp_path) if not each["passed"]
    }
