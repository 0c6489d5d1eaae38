"""A page in a real browser, as wide as a desk or a phone is."""

from playwright.sync_api import Page


def set_width(page: Page, width: int) -> None:
    """And wait until the page is laid out anew. width: pixels."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
