"""Take the pictures of docs/explore.md: `python -m tests.browser.screenshots data/demo docs/images`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, NOT_HERE, served
from warehouse.explore.store import Store

_EVENT = "SELECT event_id AS id FROM events ORDER BY mention_count DESC, confidence DESC, event_id LIMIT 1"
_ARTICLE = "SELECT document_id AS id FROM event_mentions GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"


def take(home: Path, folder: Path) -> None:
    """One picture a page; some dark, one on a phone."""
    published = home / "communique.duckdb"
    with Store(published).session() as session:
        event, article = session.rows(_EVENT)[0]["id"], session.rows(_ARTICLE)[0]["id"]
    pictures = (
        ("overview", "/", "light", 1280, 1500),
        ("overview-dark", "/", "dark", 1280, 900),
        ("events", "/events?country=SRB&country=CYP", "light", 1280, 900),
        ("event", f"/event/{event}", "light", 1280, 1100),
        ("article", f"/article/{article}", "dark", 1280, 900),
        ("phone", f"/event/{event}", "light", 390, 844),
    )
    with served(published) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, address, scheme, width, height in pictures:
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})
            page.goto(base + address, wait_until="networkidle")
            page.screenshot(path=folder / f"explore-{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit(NOT_HERE)
    take(Path(sys.argv[1]), Path(sys.argv[2]))
