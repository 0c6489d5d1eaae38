"""Every page of figures in a real browser: axe finds nothing, nothing scrolls sideways, and none needs script."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from builders.browsing import check_fits, set_width
from builders.changed_register import build_changed_release
from builders.outlines import tell_homes
from builders.published_series import tell_series
from builders.site import write_deployment

django_settings.SECRET_KEY = "only for tests, and never anywhere else"  # set for good: Django refuses to read none

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PAGES = (
    "/ambitions/",
    "/ambitions/fewer_strokes/",
    "/measures/",
    "/measures/af_anticoagulated/",
    "/measures/blood_pressure_treated/?area=NW3&sort=ethnicity.-value",
    "/measures/carers_known/",
    "/measures/af_anticoagulated/impact/",
    "/measures/af_anticoagulated/effect/?level=network&from=2024-10&with=NW1",
    "/population/",
    "/compare/?level=network",
    "/compare/area/NW1/",
    "/compare/areas/?level=network&what=heart_care",
    "/compare/map/?level=network",
    "/compare/map/?what=people&level=middle_area",
    "/compare/gain/?area=NW1",
    "/compare/needs/?area=HVN",
    "/sources/",
    "/sources/releases/",
    "/sources/facts/",
    "/sources/published/",
    "/sources/published/rtt_waiting/",
    "/sources/published/emergency_within_4_hours/?area=RT1",
    "/sources/published/qof_hypertension/",
    "/waiting/",
    "/programmes/cancer_care/",
    "/evidence/{release}/af_anticoagulated/HVS/2026-03/all/all/",
    "/measures/nothing/",
    "/api/",
)
WIDTHS = (1280, 375)
A4_WIDTH = 680
"""Pixels of a sheet within its margins."""
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


@pytest.fixture(scope="module", autouse=True)
def database_as_it_was(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Each test here leaves an empty database: what every other begins with is put back for those that follow."""
    yield
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("accessible")
    release = build_changed_release(folder / "store", **tell_series(), **tell_homes())
    return {"folder": folder / "store", "deployment": write_deployment(folder), "release": release.manifest.release}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's own event loop runs in this thread
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def address(settings: Any, store: Any, request: pytest.FixtureRequest) -> str:
    """Where the site of the planted release answers."""
    settings.PLACEWISE_STORE = store["folder"]
    settings.PLACEWISE_DEPLOYMENT = str(store["deployment"])
    settings.STATIC_ROOT = None
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    return str(request.getfixturevalue("live_server").url)  # started now, since it reads the settings once


def open_page(browser: Browser, address: str, width: int, **options: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    return page


@pytest.mark.requirement("S184")
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, address: str, store: Any, path: str) -> None:
    page = open_page(browser, address + path.replace("{release}", store["release"]), WIDTHS[0])
    for each in page.locator("details").all()[:2]:  # the rest are made by the same lines of the same template
        each.evaluate("each => each.open = true")
    for width in WIDTHS:
        set_width(page, width)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{width}: {results.generate_report()}"
    check_fits(page)
    page.close()


def test_a_phone_gets_the_narrow_chart_and_a_desk_the_wide_one(browser: Browser, address: str) -> None:
    for width, shape in ((1280, "wide"), (375, "narrow")):
        page = open_page(browser, f"{address}/measures/af_anticoagulated/", width)
        picture = page.locator("#trend img")
        expect(picture).to_have_js_property("complete", True)
        assert f"shape={shape}" in picture.evaluate("each => each.currentSrc")
        assert picture.evaluate("each => each.naturalWidth") > 300
        page.close()


def test_a_map_of_middle_areas_prints_on_a4_with_its_table(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/compare/map/?what=people&level=middle_area", A4_WIDTH)
    page.emulate_media(media="print")
    drawn = page.locator(".app-map svg:visible")
    expect(drawn).to_have_count(1)
    box = drawn.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert 400 < box["width"] <= A4_WIDTH - box["x"]
    expect(page.get_by_role("row", name="Middle Haven 002 (M2)")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    page.close()


def test_the_three_charts_of_a_measure_print_on_a4_with_icons_and_captions(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/measures/af_anticoagulated/", A4_WIDTH)
    page.emulate_media(media="print")
    for key in ("control-chart", "funnel-plot", "inequality-slope"):
        picture = page.locator(f"#{key} img")
        expect(picture).to_have_js_property("complete", True)
        box = picture.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert 400 < box["width"] <= A4_WIDTH - box["x"]
        expect(page.locator(f"#{key} .app-chart__caption")).to_be_visible()
    expect(page.locator("#control-chart .app-sign span")).to_have_text(
        ["Variation: special cause improvement (high)", "Assurance: consistently not met"]
    )
    expect(page.get_by_role("button", name="Show this area")).to_be_hidden()
    assert page.locator(".app-figure").evaluate_all("all => all.every(each => each.scrollWidth <= each.clientWidth)")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


def test_in_high_contrast_the_icons_keep_their_letters_and_words(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/measures/af_anticoagulated/", 1280, forced_colors="active")
    icon = page.locator("#control-chart .app-sign__icon").first
    expect(icon).to_have_attribute("aria-hidden", "true")
    ground, letter = (icon.locator(part).evaluate("each => getComputedStyle(each).fill") for part in ("circle", "text"))
    assert (ground, letter) == ("rgb(255, 255, 255)", "rgb(33, 43, 50)")
    expect(page.locator("#control-chart .app-sign span").first).to_have_text(
        "Variation: special cause improvement (high)"
    )
    page.close()


def test_a_reader_without_script_chooses_an_area_sorts_and_checks_a_figure(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/measures/af_anticoagulated/", 1280, java_script_enabled=False)
    page.get_by_label("Area").select_option("HVN")
    page.get_by_role("button", name="Show this area").click()
    expect(page.locator(".app-headline")).to_contain_text("North Haven")
    page.locator("#network summary").click()
    page.locator("#network").get_by_role("link", name="Per cent").first.click()
    expect(page.locator("#network th[aria-sort=descending]")).to_have_count(1)
    page.locator("#network td a").first.click()
    expect(page.locator("h1")).to_have_text("People with AF at stroke risk who take an anticoagulant")
    expect(page.locator("main")).to_contain_text("Check this figure")
    page.close()


def test_the_keyboard_reaches_the_table_and_the_scroll_box_is_named(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/measures/af_anticoagulated/", 375)
    page.locator("#trend summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    box = page.locator("#trend [role=region]")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-label", "People with AF at stroke risk who take an anticoagulant, Haven System")
    page.close()
