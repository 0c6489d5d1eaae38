"""Assurance in a real browser: axe finds nothing, nothing scrolls sideways, and a risk is tested without script."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from builders.browsing import check_fits, set_width
from builders.serving import Served, copy_prepared, serving

pytestmark = pytest.mark.browser

PAGES = ("risks/", "risks/1/", "risks/1/score/", "owed/", "owed/1/", "owed/1/steps/", "reviews/", "reviews/1/",
         "reviews/1/team/", "packs/", "packs/1/", "equality/", "equality/1/", "equality/1/effects/",
         "plans/", "plans/1/", "plans/1/forecasts/", "strategy/")  # fmt: skip
WIDTHS = (1280, 375)
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo over the planted release, with what a demo holds of assurance."""
    with serving(*copy_prepared(tmp_path_factory, tmp_path_factory.mktemp("assured"))) as started:
        yield started


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def director(browser: Browser, site: Served) -> Any:
    """What a browser keeps once a director has signed in."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/accounts/login/")
    page.locator("[name=login]").fill("director@demo.example")
    page.locator("[name=password]").fill(site.password)
    page.locator("main button[type=submit]").click()
    expect(page.locator("header")).to_contain_text("Sign out")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(scope="module")
def strategy(browser: Browser, site: Served, director: Any) -> None:
    """Without script a director records a strategy with an item of the plan that says nothing of it yet."""
    page = open_page(browser, director, 375, java_script_enabled=False)
    page.goto(f"{site.address}/assurance/strategy/new/")
    page.get_by_label("Which body agreed it?").select_option("heart_board")
    page.get_by_label("What is it called?").fill("Hearts for five years")
    page.get_by_label("When was it agreed?").fill(date.today().isoformat())
    page.get_by_label("Where can it be read?").fill("Invented")
    page.get_by_label("What are its aims?").fill("Fewer strokes")
    page.locator("main form[method=post] button").click()
    page.get_by_role("link", name="Add an item of a board's plan").click()
    page.get_by_label("Which body's plan is it in?").select_option("heart_board")
    page.get_by_label("What is the plan called?").fill("Plan of the year")
    page.get_by_label("What is planned?").fill("New vans")
    page.locator("main form[method=post] button").click()
    expect(page.locator("main")).to_contain_text("New vans: it names no aim of the strategy")
    page.close()


def open_page(browser: Browser, kept: Any, width: int, **options: Any) -> Page:
    return browser.new_page(viewport={"width": width, "height": 800}, storage_state=kept, **options)


@pytest.mark.requirement("S184")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: Served, director: Any, strategy: None
) -> None:
    page = open_page(browser, director, WIDTHS[0])
    for path in PAGES:
        page.goto(f"{site.address}/assurance/{path}")
        expect(page.locator("h1")).to_be_visible()
        for each in page.locator("details").all()[:1]:
            each.evaluate("each => each.open = true")
        for width in WIDTHS:
            set_width(page, width)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{path} at {width}: {results.generate_report()}"
        check_fits(page)
    page.close()


def test_without_script_a_control_is_tested_and_the_risk_is_no_longer_red(
    browser: Browser, site: Served, director: Any
) -> None:
    page = open_page(browser, director, 375, java_script_enabled=False)
    page.goto(f"{site.address}/assurance/risks/")
    page.get_by_role("link", name="Staff leave faster than they are found").click()
    expect(page.locator("main")).to_contain_text("Red whatever the score")
    page.get_by_role("link", name="Record a test").click()
    page.get_by_role("button", name="Record this test").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("When was it tested?").fill(date.today().isoformat())
    page.get_by_label("Does it work?").select_option("Yes")
    page.get_by_label("What was tried, and what was found?").fill("Ten shifts were filled.")
    page.get_by_role("button", name="Record this test").click()
    expect(page.locator("main")).to_contain_text("The test is recorded.")
    expect(page.locator("main")).not_to_contain_text("Red whatever the score")
    page.close()


def test_on_paper_the_plan_stands_beside_the_strategy_without_menus(
    browser: Browser, site: Served, director: Any, strategy: None
) -> None:
    page = open_page(browser, director, 1280)
    page.goto(f"{site.address}/assurance/strategy/")
    page.emulate_media(media="print")
    expect(page.get_by_text("No item of the plan serves the aim").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Assurance")).to_be_hidden()
    assert page.locator(".app-acts, .app-actions").count() == 3
    assert not any(each.is_visible() for each in page.locator(".app-acts, .app-actions").all())
    page.close()


def test_the_public_reads_the_recommendations_and_nothing_else(browser: Browser, site: Served) -> None:
    page = browser.new_page()
    page.goto(f"{site.address}/assurance/owed/")
    expect(page.locator("main")).to_contain_text("Invite in the languages that people read")
    expect(page.locator("main")).not_to_contain_text("Lend two nurses")
    page.goto(f"{site.address}/assurance/risks/")
    expect(page.locator("h1")).to_have_text("Sign in")
    page.close()
