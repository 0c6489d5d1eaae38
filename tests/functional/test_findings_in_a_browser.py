"""What stands out in a real browser: a practice comments by keyboard and without script; axe finds nothing, nothing
scrolls sideways, and paper shows the findings without the forms."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from builders.browsing import check_fits, set_width
from builders.findings import FINDINGS, build_release_with_findings, make_finding
from builders.serving import Served, served
from builders.site import write_deployment
from placewise.gaps.contract import Kind, Verdict

pytestmark = pytest.mark.browser

FOUND = "Causeway has changed."
SAID = "Our only nurse for these checks left in June."
PRACTICE, DIRECTOR = "practice@demo.example", "director@demo.example"
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The planted system with findings told today, one of them about the practice of the demonstration's account."""
    folder = tmp_path_factory.mktemp("findings")
    own = make_finding("practice", "A05", Kind.CHANGE, Verdict.DETERIORATED, FOUND)
    build_release_with_findings(folder / "store", datetime.now(UTC), findings=(*FINDINGS, own))
    with served(folder / "store", write_deployment(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def sign_in(browser: Browser, site: Served, email: str, width: int, **options: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)
    page.goto(f"{site.address}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", site.password)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("h1")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [1280, 375])
def test_a_practice_comments_by_keyboard_and_without_script(browser: Browser, site: Served, width: int) -> None:
    page = sign_in(browser, site, PRACTICE, width, java_script_enabled=False)
    expect(page.locator("main")).to_contain_text(FOUND)
    page.locator(".app-finding summary", has_text="Comment on this finding").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(SAID)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".app-comment").first).to_contain_text(SAID)
    expect(page.locator("main")).to_contain_text("Your comment is kept.")
    page.close()


@pytest.mark.requirement("S184")
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("email", [PRACTICE, DIRECTOR])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, site: Served, email: str, width: int) -> None:
    page = sign_in(browser, site, email, width)
    for path in ("/", "/findings/"):
        page.goto(site.address + path)
        for each in page.locator(".app-finding details").all():
            each.evaluate("each => each.open = true")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        check_fits(page)
        set_width(page, width)
    page.close()


def test_paper_shows_what_was_found_and_no_form(browser: Browser, site: Served) -> None:
    page = sign_in(browser, site, PRACTICE, 1280)
    page.goto(f"{site.address}/findings/")
    page.emulate_media(media="print")
    expect(page.locator(".app-finding p").first).to_be_visible()
    expect(page.locator(".app-finding details").first).to_be_hidden()
    expect(page.locator(".app-findings-chooser")).to_be_hidden()
    page.close()
