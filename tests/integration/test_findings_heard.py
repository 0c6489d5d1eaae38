"""A practice reads what was found of it before anybody else, and comments; only then, or when its days are over, do
those who work for its network, place or system read it with the comment. The public never does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from builders.findings import build_release_with_findings, make_finding
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise.gaps.contract import Kind, Verdict
from placewise_site.accounts.models import Event, Purpose
from placewise_site.organisations.models import Organisation
from placewise_site.programmes.actions import add_comment, remove_comment
from placewise_site.programmes.lifecycle import State, get_state
from placewise_site.programmes.models import Comment, CommentText

FOUND = "Lighthouse lies apart."
SAID = "Our only nurse for these checks left in June; a new one starts in May."


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same findings, told today and half a year ago."""
    made = {"today": timezone.now(), "long ago": timezone.now() - timedelta(days=180)}
    folder = tmp_path_factory.mktemp("heard")
    for name, made_at in made.items():
        build_release_with_findings(folder / name, made_at)
    return {name: folder / name for name in made}


@pytest.fixture
def told_today(site: Any, settings: Any, stores: dict[str, Any]) -> None:
    settings.PLACEWISE_STORE = stores["today"]


@pytest.fixture
def told_long_ago(site: Any, settings: Any, stores: dict[str, Any]) -> None:
    settings.PLACEWISE_STORE = stores["long ago"]


def read(browser: Any, address: str = "/findings/") -> str:
    page = browser.get(address)
    assert page.status_code == 200, words_in(page.content.decode())
    return words_in(page.content.decode())


def find_key(browser: Any) -> str:
    text = browser.get("/").content.decode()
    return text.split('name="finding" value="')[1].split('"')[0]


OTHERS = [
    ("practice", "A01"),  # of the same network
    ("practice", "A04"),
    ("pcn_staff", "NW1"),
    ("pcn_staff", "NW3"),
    ("place_lead", "HVN"),
    ("director", "HVS"),
    ("analyst", "HVS"),
    ("hospital_operations", "RT1"),
]
ABOVE = {("pcn_staff", "NW1"), ("place_lead", "HVN"), ("director", "HVS"), ("analyst", "HVS")}
PAGES = ("/", "/findings/", "/measures/af_anticoagulated/?area=A02", "/api/v1/findings")


def test_the_practice_reads_what_was_found_of_it_at_once(told_today: None, sign_in: Any) -> None:
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    last_day = timezone.localdate() + timedelta(days=14)
    for page in ("/", "/findings/"):
        assert FOUND in read(browser, page)
        assert f"Only your practice reads this until {last_day.day} {last_day:%B %Y}" in read(browser, page)


@pytest.mark.parametrize(("role", "organisation"), OTHERS)
def test_nobody_else_reads_it_within_the_days_to_comment(
    told_today: None, sign_in: Any, role: str, organisation: str
) -> None:
    browser = sign_in(role, organisation)
    assert [page for page in PAGES if FOUND in read(browser, page)] == []


@pytest.mark.parametrize(("role", "organisation"), OTHERS)
def test_when_the_days_are_over_those_above_the_practice_read_it_and_no_other(
    told_long_ago: None, sign_in: Any, role: str, organisation: str
) -> None:
    text = read(sign_in(role, organisation))
    assert (FOUND in text) == ((role, organisation) in ABOVE)
    assert FOUND not in text or "The practice has not commented" in text


def test_the_public_reads_of_networks_and_larger_alone(told_long_ago: None, client: Any) -> None:
    text = read(client)
    assert "Better in North Haven." in text
    assert "The more deprived fare worse." in text
    assert FOUND not in text
    assert "Lighthouse" not in text
    assert FOUND not in read(client, "/")
    assert client.get("/measures/af_anticoagulated/?area=A02").status_code == 302


@pytest.mark.parametrize(("role", "organisation"), OTHERS)
def test_once_the_practice_has_commented_those_above_it_read_both_side_by_side(
    told_today: None, sign_in: Any, role: str, organisation: str
) -> None:
    own = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    answer = own.post("/findings/comment/", {"finding": find_key(own), "words": SAID}, follow=True)
    assert "Your comment is kept." in words_in(answer.content.decode())
    assert SAID in words_in(answer.content.decode())
    assert Event.objects.get(action="finding_commented").subject == "A02"
    text = read(sign_in(role, organisation))
    assert (FOUND in text) == (SAID in text) == ((role, organisation) in ABOVE)


def test_the_api_tells_the_same_to_the_same_people(told_today: None, sign_in: Any) -> None:
    own = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    own.post("/findings/comment/", {"finding": find_key(own), "words": SAID})
    found = sign_in("place_lead", "HVN").get("/api/v1/findings?area=A02").json()["items"]
    assert [(each["word"], each["is_open"], each["comments"]) for each in found] == [("worse", True, [SAID])]
    assert found[0]["sentence"].startswith(FOUND)
    public = Client()
    assert [each["area"] for each in public.get("/api/v1/findings").json()["items"]] == ["HVS", "HVN"]
    assert public.get("/api/v1/findings?level=place").json()["count"] == 1


@pytest.mark.parametrize(("role", "organisation"), OTHERS)
def test_nobody_else_comments(told_long_ago: None, sign_in: Any, role: str, organisation: str) -> None:
    key = find_key(sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE))
    browser = sign_in(role, organisation)
    assert browser.post("/findings/comment/", {"finding": key, "words": SAID}).status_code == 404
    with pytest.raises(PermissionDenied):
        add_comment(
            by=browser.person, practice=Organisation.objects.get(code="A02"), finding=key, release="r-1", words=SAID
        )
    assert not Comment.objects.exists()


def test_somebody_who_has_not_signed_in_is_asked_to(told_today: None, client: Any) -> None:
    assert client.post("/findings/comment/", {"finding": "A02", "words": SAID}).status_code == 302
    assert client.get("/findings/comment/").status_code in (302, 405)


def test_a_comment_that_says_nothing_or_too_much_comes_back_with_what_to_do(told_today: None, sign_in: Any) -> None:
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    for words, remedy in ((" ", "Write what you want to say"), ("a" * 2001, "2,000 letters or shorter")):
        answer = browser.post("/findings/comment/", {"finding": find_key(browser), "words": words})
        assert answer.status_code == 400
        assert remedy in words_in(answer.content.decode())
    with pytest.raises(ValidationError):
        add_comment(
            by=browser.person, practice=Organisation.objects.get(code="A02"), finding="f", release="r", words=" "
        )


def test_a_grant_that_ended_opens_nothing(told_today: None, sign_in: Any) -> None:
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    browser.person.grants.update(ends_on=date(2021, 1, 1))
    assert FOUND not in read(browser)


def test_a_comments_row_stands_for_ever_and_its_words_can_be_destroyed(told_today: None, sign_in: Any) -> None:
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    browser.post("/findings/comment/", {"finding": find_key(browser), "words": SAID})
    comment = Comment.objects.get()
    with pytest.raises(TypeError):
        comment.save()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_comment SET finding = 'another'")
    with pytest.raises(PermissionDenied):
        remove_comment(by=add_person_in_role("director", "HVS"), comment=comment, reason="It names somebody.")
    address = f"/findings/comment/{comment.pk}/remove/"
    assert sign_in("practice", "A04").post(address, {"reason": "It names somebody."}).status_code == 404
    assert sign_in("analyst", "HVS").post(address, {"reason": "It names somebody."}).status_code == 403
    assert CommentText.objects.exists()
    browser.force_login(comment.by, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(address, {"reason": "It names somebody."}).status_code == 302
    assert not CommentText.objects.exists()
    text = read(browser)
    assert SAID not in text
    assert "It names somebody." in text


def test_the_states_of_a_finding() -> None:
    told = date(2026, 4, 1)
    days = {"days": 14}
    assert get_state(told, **days, has_comment=False, today=date(2026, 4, 15)) == State.WITH_PRACTICE
    assert get_state(told, **days, has_comment=False, today=date(2026, 4, 16)) == State.NOT_COMMENTED
    assert get_state(told, **days, has_comment=True, today=told) == State.COMMENTED


def test_another_release_of_the_same_build_starts_no_days_anew_and_keeps_comments(
    site: Any, settings: Any, sign_in: Any, tmp_path: Any
) -> None:
    settings.PLACEWISE_STORE = tmp_path
    build_release_with_findings(tmp_path, timezone.now() - timedelta(days=10))
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    last_day = timezone.localdate() + timedelta(days=4)
    assert f"until {last_day.day} {last_day:%B %Y}" in read(browser)
    browser.post("/findings/comment/", {"finding": find_key(browser), "words": SAID})
    release = build_release_with_findings(tmp_path, timezone.now(), stated=())
    again = build_release_with_findings(tmp_path, timezone.now(), boundary_notes=("A note that was not there.",))
    assert again.manifest.release != release.manifest.release
    assert SAID in read(browser)


def test_the_page_lists_what_changed_since_the_last_release(
    site: Any, settings: Any, client: Any, tmp_path: Any
) -> None:
    settings.PLACEWISE_STORE = tmp_path
    build_release_with_findings(tmp_path)
    assert "This is the first release that tells what stands out" in read(client)
    worse = make_finding("place", "HVN", Kind.CHANGE, Verdict.DETERIORATED, "Worse again.")
    build_release_with_findings(tmp_path, build="the next", findings=(worse,))
    changed = read(client).split("What changed since the last release")[1].split("What stands out now")[0]
    assert "Deteriorated Before: improved" in changed
    assert "Inequality, worse No longer found" in changed
    assert FOUND not in changed
    only_places = read(client, "/findings/?level=place&measure=af_anticoagulated")
    assert "Worse again." in only_places
    assert "No longer found" not in only_places


def test_a_director_and_a_network_find_the_first_of_them_at_home(told_long_ago: None, sign_in: Any) -> None:
    assert "Better in North Haven." in read(sign_in("director", "HVS"), "/")
    network = read(sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE), "/")
    assert FOUND in network
    assert "Better in North Haven." not in network  # it is the place's


def test_a_measures_page_says_its_verdict_beside_the_trend(told_today: None, sign_in: Any, client: Any) -> None:
    assert "Improved Better in North Haven." in read(client, "/measures/af_anticoagulated/?area=HVN")
    assert "Not yet known" in read(client, "/measures/af_anticoagulated/?area=NW1")
    assert "Improved Reedbed has improved." in read(
        sign_in("practice", "A04", purpose=Purpose.DIRECT_CARE), "/measures/af_anticoagulated/?area=A04"
    )
    assert "Reedbed has improved." not in read(sign_in("director", "HVS"), "/measures/af_anticoagulated/?area=A04")
