"""Who decides, in a browser: axe finds nothing, nothing scrolls sideways, forms work."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from builders.browsing import check_fits, set_width
from builders.serving import Served, copy_prepared, served

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong
BOARD = "/governance/bodies/heart_board/"
PAGES = (
    "/governance/",
    BOARD,
    f"{BOARD}?as_of=2025-09-16",
    "/governance/bodies/old_committee/",
    "/governance/delegation/",
    "/governance/agreements/?instrument=compact&party=HVN&as_of=2022-06-30",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demonstration of the invented system, whose seats are filled."""
    with served(*copy_prepared(tmp_path_factory, tmp_path_factory.mktemp("governed"))) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    page = browser.new_page(base_url=site.address, viewport={"width": 1280, "height": 800})
    yield page
    page.close()


def check_page(page: Page, path: str) -> None:
    """axe at a desk and on a phone; no sideways scroll on the narrowest phone, or at a desk at 400%."""
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    for width in (1280, 375):
        set_width(page, width)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path} at {width}: {results.generate_report()}"
    check_fits(page)


@pytest.mark.parametrize("path", PAGES)
def test_the_public_reads_who_decides_at_every_width(page: Page, path: str) -> None:
    check_page(page, path)


def test_a_secretary_withdraws_an_interest_and_declares_one_for_a_member(page: Page, site: Served) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("board.secretary@demo.example")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.goto(BOARD)
    page.get_by_role("link", name=re.compile("^Withdraw this interest of Lay member")).first.click()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Why is it withdrawn?").fill("Declared in error")
    page.get_by_role("button", name="Record this").click()
    expect(page.get_by_text(re.compile("Removed on .*: Declared in error"))).to_have_count(1)  # and no link at it
    page.get_by_role("link", name="Declare an interest of Clinical director, Clinical director").click()
    page.get_by_role("button", name="Record this").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("What it is").fill("Trustee of a museum")
    page.get_by_label("Held from").fill("2025-01-01")
    page.get_by_role("button", name="Record this").click()
    expect(page.get_by_role("cell", name="Trustee of a museum", exact=True)).to_be_visible()
