"""Every page, light and dark, wide and on a phone: accessible, quiet, and alone with its own server."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import visit_in
from tests.warehouse.explore.test_explore_pages import EVERY_PAGE

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('details').forEach((box) => { box.open = true })"
PAGES = [
    *EVERY_PAGE,
    "/?country=NOR&q=met",
    "/events?type=PROTEST&country=NOR",
    "/events?q=zebra",
    "/nowhere",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_asked_outside(
    browser: Browser, base: str, address: str, scheme: str
) -> None:
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        visit = visit_in(context, base)
        page = visit.go(address)
        page.evaluate(OPEN_ALL)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
        assert visit.outside == []
        assert [told for told in visit.complaints if "404" not in told or address != "/nowhere"] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_has_nothing_to_scroll_sideways(browser: Browser, base: str, address: str) -> None:
    phone = {"width": 360, "height": 740}
    with browser.new_context(viewport=phone, is_mobile=True, has_touch=True) as context:  # type: ignore[arg-type]
        page = visit_in(context, base).go(address)
        page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
