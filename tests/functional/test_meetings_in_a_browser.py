"""Meetings in a real browser: a chair decides without script, refused and then warned; axe, phones and paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from builders.browsing import check_fits, set_width
from builders.serving import Served, copy_prepared, serving

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong
COSTLY, CHEAP = "A second scanner for the coast", "A new name for the plan"
PAGES = ("", "1/", "items/1/", "decisions/", "decisions/1/", "actions/", "plan/",
         "bodies/heart_board/plan/")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demonstration of the invented system with its year of meetings."""
    with serving(*copy_prepared(tmp_path_factory, tmp_path_factory.mktemp("met"))) as started:
        yield started


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def sign_in(browser: Browser, site: Served, who: str, **options: Any) -> Page:
    page = browser.new_page(base_url=site.address, viewport={"width": 375, "height": 800}, **options)
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(f"{who}@demo.example")
    page.locator("[name=password]").fill(site.password)
    page.locator("main button[type=submit]").click()
    expect(page.locator("header")).to_contain_text("Sign out")
    return page


def send(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").click()


def plan(page: Page, title: str, pounds: str) -> str:
    """The address of an item to decide that stands on the agenda of today's meeting."""
    page.goto("/meetings/bodies/heart_board/plan/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=purpose]").select_option("decide")
    page.locator("[name=function]").select_option(label="Agree the plan of the year")
    page.locator("[name=places][value=HVN]").check()
    page.locator("[name=amount]").fill(pounds)
    send(page)
    page.goto("/meetings/plan/?body=heart_board")
    page.get_by_role("link", name=title).click()
    address = page.url
    page.get_by_role("link", name="Place it on an agenda").click()
    page.locator("[name=meeting]").select_option(label=f"Heart Board, {date.today():%Y-%m-%d}")
    send(page)
    return address


def decide(page: Page, item: str, resolved: str) -> None:
    page.goto(item)
    page.get_by_role("link", name="Vote", exact=True).click()
    page.locator("[name=membership]").select_option(label="Chair")
    page.locator("[name=choice]").select_option("for")
    send(page)
    page.get_by_role("link", name="Put it to the decision").click()
    page.locator("[name=resolved]").fill(resolved)
    send(page)


@pytest.fixture(scope="module")
def decided(browser: Browser, site: Served) -> str:
    """Without script a chair is refused one item, and decides another on a warning. Gives the decision's address."""
    secretary = sign_in(browser, site, "board.secretary", java_script_enabled=False)
    secretary.goto("/meetings/bodies/heart_board/schedule/")
    secretary.locator("[name=starts_at]").fill(f"{date.today():%Y-%m-%d} 09:15")
    secretary.locator("[name=ends_at]").fill(f"{date.today():%Y-%m-%d} 11:15")
    secretary.locator("[name=where]").fill("Online")
    send(secretary)
    costly, cheap = plan(secretary, COSTLY, "180000"), plan(secretary, CHEAP, "")
    meeting = secretary.get_by_role("link", name="The meeting of").get_attribute("href")
    secretary.close()

    chair = sign_in(browser, site, "chair", java_script_enabled=False)
    chair.goto(f"{meeting}open/")
    send(chair)
    chair.goto(f"{meeting}attend/")
    for each in chair.locator("[name=present]").all():
        each.check()
    send(chair)

    decide(chair, costly, "The scanner is bought.")
    expect(chair.locator("h1")).to_contain_text("This cannot be decided yet")
    expect(chair.locator("main")).to_contain_text("This needs an equality impact assessment, since it commits £180,000")
    expect(chair.locator("main")).to_contain_text("What to do: Have one signed for this item first.")
    chair.goto(costly)
    expect(chair.locator("main")).to_contain_text("Refused before")

    decide(chair, cheap, "The plan has a new name.")
    expect(chair.locator("h1")).to_contain_text("Before this is decided")
    chair.locator("[name=reason-place_could_decide]").fill("One name was promised to all places.")
    chair.get_by_role("button", name="Decide, with these reasons on record").click()
    expect(chair.locator("main")).to_contain_text("Carried: The plan has a new name.")
    expect(chair.locator("main")).to_contain_text("One name was promised to all places.")
    decision = chair.url
    chair.close()
    return decision


def test_without_script_a_chair_is_refused_and_then_decides_on_a_warning(browser: Browser, decided: str) -> None:
    public = browser.new_page()
    public.goto(decided)
    expect(public.locator("main")).to_contain_text("One name was promised to all places.")
    public.close()


@pytest.mark.requirement("S184")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, site: Served, decided: str) -> None:
    page = sign_in(browser, site, "board.secretary")
    for path in PAGES:
        answer = page.goto(f"/meetings/{path}")
        assert answer and answer.ok, path
        expect(page.locator("h1")).to_be_visible()
        for width in (1280, 375):
            set_width(page, width)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{path} at {width}: {results.generate_report()}"
        check_fits(page)
    page.close()


def test_on_paper_an_item_has_its_votes_and_no_buttons(browser: Browser, site: Served, decided: str) -> None:
    page = sign_in(browser, site, "board.secretary")
    page.goto("/meetings/items/1/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("heading", name="Votes")).to_be_visible()
    expect(page.locator(".app-meetings-nav")).to_be_hidden()
    expect(page.locator(".app-meetings-deeds")).to_be_hidden()
    expect(page.locator(".app-past-day")).to_be_hidden()
    page.close()
