"""Pages of evidence and the weekly message in a real browser: axe finds nothing, nothing scrolls sideways, and a
conflict is settled by keyboard without script."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from builders.browsing import check_fits
from builders.serving import Served, copy_prepared, served
from placewise.config import find_deployment

pytestmark = pytest.mark.browser

STATED = ("claims.csv", "documents.csv", "awards.csv", "calendar.csv")
CONFLICT = "/evidence/conflicts/settle/?type=contradiction&claims=F046&claims=F062"
PAGES = {
    "board.secretary": ("/evidence/?words=hypertension", "/evidence/F046/", "/evidence/conflicts/", CONFLICT),
    "analyst": ("/evidence/propose/",),
    "communications": ("/messages/", "/messages/2017-10-27/edit/"),
}
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The planted system, whose partnership has stated what that of the shipped deployment has."""
    store, deployment = copy_prepared(tmp_path_factory, tmp_path_factory.mktemp("evidence"))
    for name in STATED:
        shutil.copy(find_deployment("west_yorkshire") / name, deployment)
    with served(store, deployment) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def sign_in(browser: Browser, site: Served, role: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto(f"{site.address}/accounts/login/")
    page.fill("input[name=login]", f"{role}@demo.example")
    page.fill("input[name=password]", site.password)
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


@pytest.mark.requirement("S184")
@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, site: Served, role: str) -> None:
    page = sign_in(browser, site, role)
    for path in PAGES[role]:
        page.goto(site.address + path)
        for each in page.locator("main details").all():
            each.evaluate("each => each.open = true")
        check_fits(page)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    page.close()


def test_a_conflict_is_settled_by_keyboard_and_without_script(browser: Browser, site: Served) -> None:
    page = sign_in(browser, site, "director", java_script_enabled=False)
    page.goto(site.address + CONFLICT)
    page.get_by_label("F062:").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Answer of the programme manager, 3 February 2022")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is settled.")).to_be_visible()
    page.goto(f"{site.address}/evidence/F046/")
    expect(page.get_by_text("F046 was superseded by F062")).to_be_visible()
    page.close()


def test_a_claim_prints_without_its_forms(browser: Browser, site: Served) -> None:
    page = sign_in(browser, site, "board.secretary")
    page.goto(f"{site.address}/evidence/F047/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Agree or dispute this claim")).to_be_hidden()
    expect(page.get_by_role("button", name="Show that day")).to_be_hidden()
    expect(page.get_by_text("Contradiction: blocks")).to_be_visible()
    page.close()
