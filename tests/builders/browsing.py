"""A page in a real browser, as wide as a desk or a phone is."""

import pytest
from playwright.sync_api import Page, TimeoutError

NARROWEST = 320
"""Pixels of the narrowest phone, or of a desk at 400%."""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
"""A function: a bare expression is asked again by `eval`, which the pages' security policy forbids."""


def set_width(page: Page, width: int) -> None:
    """And wait until the page knows it. width: pixels."""
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_function("width => window.innerWidth === width", arg=width)


def check_fits(page: Page) -> None:
    """Nothing scrolls sideways on the narrowest phone, once the page is laid out anew: a busy machine is slow."""
    set_width(page, NARROWEST)
    try:
        page.wait_for_function(FITS)
    except TimeoutError:
        pytest.fail(f"{page.url} scrolls sideways at {NARROWEST} pixels")
