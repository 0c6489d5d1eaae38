"""Journeys in a real browser against the real server, with the accessibility rules run on each page."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from builders.browsing import check_fits, set_width
from builders.explained import LISTS, write_records
from builders.lists import (
    CARD,
    HANDED,
    HANDED_CARD,
    LIST,
    OTHER_CARD,
    write_call_lists,
    write_handed_list,
    write_other_lists,
)
from builders.serving import Served, copy_prepared, run_site, served
from placewise.plans.lists.references import build_references

pytestmark = pytest.mark.browser

WIDTHS = (1280, 375)
DESK = {"width": 1280, "height": 800}
PUBLIC_PAGES = [
    "/",
    "/waiting/",
    "/waiting/RT1/",
    "/about/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/nowhere/",
    "/programmes/heart_care/",
]
WHY = f"/my-patients/A05/{LIST}/{LISTS}/1/"
EVERYBODY = "/my-patients/A05/every-contact/"
ROW_2 = build_references(b"a demo's own", "A05", [10_000_082])[0]
PERSON = f"{EVERYBODY}{ROW_2}/"
WORKED = [EVERYBODY, PERSON, f"/my-patients/A05/{LIST}/outcomes/", "/my-patients/A05/this-week/"]
SCREENING = f"/my-patients/SP1/{HANDED}/"
PAGES = {
    "director": ["/", "/you/", "/my-patients/", "/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/"],
    "pcn.staff": ["/"],
    "practice": ["/", "/my-patients/", f"/my-patients/A05/{LIST}/", f"/my-patients/A01/{LIST}/", WHY, *WORKED],
    "screening.provider": ["/my-patients/", SCREENING],
    "place.lead": ["/programmes/in/HVS/"],
    "hospital.operations": ["/", "/?sort=-waiting"],
    "analyst": ["/"],
    "voluntary.sector": ["/", "/?area=HVN"],
}
"""The planted demo's practice account works at A05, the first practice by name."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store, deployment = copy_prepared(tmp_path_factory, tmp_path_factory.mktemp("site"))
    keys = write_call_lists(store)
    write_records(store, deployment)
    write_other_lists(store, keys, "A05")
    write_handed_list(store, keys, "SP1")
    with served(store, deployment) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def sign_in(browser: Browser, site: Served) -> Callable[[str], StorageState]:
    """sign_in(account) signs a demo account in through the page, once, and gives its cookies."""

    @cache
    def signed_in(account: str) -> StorageState:
        context = browser.new_context(base_url=site.address)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(f"{account}@demo.example")
        page.get_by_label("Password").fill(site.password)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        state = context.storage_state()
        context.close()
        return state

    return signed_in


@pytest.fixture
def visit(browser: Browser, site: Served, sign_in: Callable[[str], StorageState]) -> Iterator[Callable[..., Page]]:
    """visit(account) gives a page in which that demo account has signed in; visit() the public's."""
    contexts: list[BrowserContext] = []

    def opened(account: str = "", **options) -> Page:
        state = sign_in(account) if account else None
        context = browser.new_context(
            base_url=site.address, viewport={"width": WIDTHS[0], "height": 800}, storage_state=state, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        return page

    yield opened
    for context in contexts:
        context.close()


def check_page(page: Page, address: str) -> None:
    """axe finds nothing at a desk and on a phone, and nothing but a table in its own box scrolls sideways."""
    page.goto(address)
    for width in WIDTHS:
        set_width(page, width)
        found = Axe().run(page).response["violations"]
        told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert told == [], f"{address} at {width} px"
    check_fits(page)


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_pages_are_accessible_and_fit_a_small_phone(visit, address):
    page = visit()
    check_page(page, address)


@pytest.mark.parametrize("account", PAGES)
def test_pages_of_each_role_are_accessible_and_fit_a_small_phone(visit, account):
    page = visit(account)
    for address in PAGES[account]:
        check_page(page, address)


def test_a_practice_finds_whom_to_see_next(visit, tmp_path, site):
    page = visit("practice")
    # Given the practice's own home, when it opens its list
    page.get_by_role("link", name=CARD["title"]).click()
    # Then it sees whom to see next, why, and who is left out
    expect(page.get_by_role("heading", level=1)).to_contain_text(CARD["title"])
    expect(page.get_by_role("row", name="1 AF recorded in 2011")).to_be_visible()
    expect(page.get_by_text("a mechanical heart valve is recorded").first).to_be_visible()
    # And takes the sealed list away
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the sealed list").click()
    assert download.value.suggested_filename == f"{LIST}-A05.parquet"
    # And the log holds each look
    assert "practice@demo.example as practice of A05" in run_site(site.environment, "audit").stdout


def test_a_practice_nurse_works_a_list_by_keyboard_and_without_script(visit, site):
    page = visit("practice", java_script_enabled=False)
    page.get_by_role("link", name=CARD["title"]).click()
    # Given the people to see next, when the nurse ticks one and says what was done
    page.get_by_role("checkbox", name="Row 12").focus()
    page.keyboard.press("Space")
    page.get_by_label("What was done?").select_option("Invited")
    page.get_by_role("button", name="Record").press("Enter")
    # Then the page says kindly what is missing, and the tick is still there
    expect(page.get_by_role("alert")).to_contain_text("Say how they were invited.")
    expect(page.get_by_role("checkbox", name="Row 12")).to_be_checked()
    page.get_by_label("How were they invited?").select_option("Telephone")
    page.get_by_role("button", name="Record").press("Enter")
    expect(page.get_by_text("Recorded for 1 person: Invited, Telephone.")).to_be_visible()
    expect(page.get_by_role("row", name="Row 12")).to_contain_text("Invited once, by telephone")
    # And one person's page has all there is to see them for; one contact counts for all
    page.goto(PERSON)
    expect(page.get_by_role("heading", name=OTHER_CARD["title"])).to_be_visible()
    page.get_by_label("What was done?").select_option("Seen")
    page.get_by_role("button", name="Record").press("Enter")
    expect(page.get_by_text("Recorded: seen.")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("Seen")).to_have_count(2)
    # And on paper there is the list without its forms
    page.goto(f"/my-patients/A05/{LIST}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Record")).to_be_hidden()
    expect(page.get_by_role("row", name="12 AF recorded")).to_be_visible()


@pytest.mark.requirement("S104")
def test_a_screening_provider_writes_again_to_who_did_not_come(visit, site):
    page = visit("screening.provider", java_script_enabled=False)
    page.get_by_role("link", name="My patients").click()
    page.get_by_role("link", name=HANDED_CARD["title"]).click()
    # Given the people of all practices who did not come, when the provider writes to one of them again
    page.get_by_role("checkbox", name="Row 2").check()
    page.get_by_label("What was done?").select_option("Invited")
    page.get_by_label("How were they invited?").select_option("Letter")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("row", name="Row 2")).to_contain_text("Invited once, by letter")
    # And says who attended
    page.get_by_role("checkbox", name="Row 2").check()
    page.get_by_label("What was done?").select_option("Attended")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("row", name="Row 2")).to_contain_text("Attended")
    # And takes the sealed list away; the log holds each look
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the sealed list").click()
    assert download.value.suggested_filename == f"{HANDED}-SP1.parquet"
    assert "screening.provider@demo.example as screening_provider of SP1" in run_site(site.environment, "audit").stdout


def test_a_place_lead_sees_counts_and_no_name_anywhere(visit):
    page = visit("place.lead")
    page.get_by_role("link", name="People to see").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("People to see in")
    expect(page.get_by_role("row", name=CARD["title"])).to_contain_text("about")
    for address in (f"/my-patients/A05/{LIST}/", f"/my-patients/A05/{LIST}/sealed", SCREENING, *WORKED):
        answer = page.request.get(address)
        assert answer.status == 403, address
        assert "AF recorded" not in answer.text()


def test_the_public_sees_what_a_programme_is_and_who_may_act(visit):
    page = visit()
    page.goto("/measures/")
    page.get_by_role("link", name="Each programme on a page").click()
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Who can act, and on whom")).to_be_visible()
    page.goto(f"/my-patients/A05/{LIST}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")


def test_a_practice_asks_why_a_person_is_on_its_list(visit, site):
    page = visit("practice", java_script_enabled=False)
    page.goto(f"/my-patients/A05/{LIST}/")
    # Given a list, when the practice follows a row
    page.get_by_role("row", name="1 AF recorded in 2011").get_by_role("link", name="Month by month").click()
    # Then it sees each part of the definition, the months it held in words and as a picture, and the events
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why is this person on the list?")
    issued = page.get_by_role("row", name="was issued “Anticoagulants")
    expect(issued).to_contain_text("January 2024 to June 2024")
    expect(issued.get_by_role("img", name="Months: was issued")).to_be_visible()
    assert issued.locator("rect.app-holds").count() == 6
    expect(page.get_by_role("row", name="Atrial fibrillation 4 March 2011")).to_be_visible()
    # And goes back to the list; the log holds the look at the row
    page.get_by_role("link", name=CARD["title"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(CARD["title"])
    assert f"lists/{LISTS}/{LIST}/row 1 of A05" in run_site(site.environment, "audit").stdout


def test_network_staff_are_refused_without_an_agreement_and_told_why(visit):
    page = visit("pcn.staff")
    answer = page.goto(f"/my-patients/A04/{LIST}/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("Nothing was shown, and the attempt was recorded.")).to_be_visible()


def test_hospital_operations_sort_and_take_away_what_is_on_screen(visit):
    page = visit("hospital.operations")
    page.get_by_role("link", name="Every trust and specialty").click()
    page.get_by_role("columnheader", name="Waiting").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Waiting")).to_have_attribute("aria-sort", "descending")
    rows = page.locator("tbody th").all_inner_texts()
    assert rows[:2] == ["Haven General Hospitals", "South Haven Infirmary"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this table (CSV)").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("Haven General Hospitals,86915,56900,65.5,1343")


def test_everything_works_without_script(visit):
    page = visit("practice", java_script_enabled=False)
    page.get_by_role("link", name="My patients").click()
    page.get_by_role("link", name=CARD["title"]).click()
    expect(page.get_by_role("row", name="1 AF recorded in 2011")).to_be_visible()
    page.goto("/waiting/?specialty=110")
    expect(page.get_by_role("cell", name="9,100")).to_be_visible()


def test_a_keyboard_reaches_the_content_at_once_and_the_focus_is_seen(visit):
    page = visit()
    page.goto("/waiting/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    table = page.get_by_role("region", name="Every trust, all specialties")
    table.focus()
    assert table.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_nothing_breaks_the_content_security_policy(visit):
    page = visit()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/", "/waiting/", "/accounts/login/"):
        page.goto(address)
    assert said == []
    assert all(url.startswith(("http://localhost", "data:")) for url in asked)
    assert page.locator("body.nhsuk-frontend-supported").count() == 1  # the nonce let the page's own script run


def test_colours_forced_by_the_reader_keep_boxes_visible(visit):
    page = visit(forced_colors="active")
    page.goto("/")
    border = page.locator(".app-tile").first.evaluate("each => getComputedStyle(each).borderTopStyle")
    assert border == "solid"


def test_on_paper_there_is_no_menu(visit):
    page = visit()
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
