"""Open the dashboard in a running Superset as a person would, and see that every chart asks for data and gets rows.

``make test-superset`` starts Superset over the demo and runs this. The charts' own requests to Superset's REST API are
looked at, so that the queries are those that the charts really make. Nothing but that one server may be asked for anything.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, Route, sync_playwright

from warehouse.superset.bundle import FOLDER

DASHBOARD = "/superset/dashboard/bilateral-relations/?standalone=1"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE_SECONDS = 300


@dataclass
class Seen:
    """What the dashboard asked for, and what it was given."""

    rows: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def main() -> int:
    """0 where every chart has rows and shows no error; each chart's rows are told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("password")
    parser.add_argument("--screenshot", type=Path)
    chosen = parser.parse_args()
    _wait_for(chosen.address)
    names = [
        chart["name"] for chart in tomllib.loads((FOLDER / "dashboard.toml").read_text("utf-8"))["chart"]
    ]
    seen = look(chosen.address, chosen.password, names, chosen.screenshot)
    for name in names:
        sys.stdout.write(f"{name}: {seen.rows.get(name, 0)} rows\n")
    missing = [f"{name}: no rows" for name in names if not seen.rows.get(name)]
    problems = missing + seen.failures + [f"asked outside: {address}" for address in seen.outside]
    sys.stdout.writelines(f"FAILED {problem}\n" for problem in problems)
    return 1 if problems else 0


def look(address: str, password: str, names: list[str], screenshot: Path | None) -> Seen:
    """Open the dashboard, and wait until every chart has drawn what it got."""
    seen = Seen()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1500, "height": 2500})
        page.set_default_timeout(_PATIENCE_SECONDS * 1000)
        page.route("**/*", lambda route: _only_inside(route, address, seen))
        _sign_in(page, address, password)
        charts = _charts(page, address)
        page.on("response", lambda response: _note(response, charts, seen))
        page.goto(address + DASHBOARD)
        _await(page, lambda: len(seen.rows) + len(seen.failures) >= len(names))
        page.wait_for_function(
            "document.querySelectorAll('.loading, [data-test=loading-indicator]').length === 0"
        )
        page.wait_for_timeout(3000)  # the charts grow into place
        shown = page.locator("body").inner_text()
        seen.failures += [f"{name}: its title is not shown" for name in names if name not in shown]
        seen.failures += [
            words
            for words in ("Unexpected error", "Data error", "No results were returned")
            if words in shown
        ]
        if screenshot is not None:
            page.screenshot(path=screenshot, clip={"x": 0, "y": 0, "width": 1500, "height": _bottom(page)})
        browser.close()
    return seen


def _sign_in(page: Page, address: str, password: str) -> None:
    # The page tells its log of the visit while it opens, which makes a new session: the form of an old one is refused.
    page.goto(f"{address}/login/", wait_until="networkidle")
    page.wait_for_timeout(1000)
    page.locator("input#username, input[name=username]").first.fill("admin")
    page.locator("input#password, input[name=password]").first.fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def _charts(page: Page, address: str) -> dict[int, str]:
    """The charts' names by their numbers on this server."""
    found = page.request.get(f"{address}/api/v1/chart/?q=(page_size:100)").json()
    return {int(chart["id"]): str(chart["slice_name"]) for chart in found["result"]}


def _bottom(page: Page) -> int:
    """Where the last chart ends, in pixels."""
    return int(
        page.evaluate(
            "Math.max(...[...document.querySelectorAll('.dashboard-component-chart-holder')]"
            ".map(chart => chart.getBoundingClientRect().bottom)) + 16"
        )
    )


def _note(response: Response, charts: dict[int, str], seen: Seen) -> None:
    if "/api/v1/chart/data" not in response.url or response.request.method != "POST":
        return
    asked: dict[str, Any] = json.loads(response.request.post_data or "{}")
    name = charts.get(int(asked["form_data"]["slice_id"]), "a chart of somebody else")
    if response.status != 200:
        seen.failures.append(f"{name}: status {response.status}: {response.text()[:300]}")
        return
    results = response.json()["result"]
    seen.rows[name] = sum(int(result["rowcount"]) for result in results)


def _only_inside(route: Route, address: str, seen: Seen) -> None:
    if route.request.url.startswith((address, "data:", "blob:")):
        route.continue_()
    else:
        seen.outside.append(route.request.url)
        route.abort()


def _await(page: Page, done: Any) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not done() and time.monotonic() < deadline:
        page.mouse.wheel(0, 400)  # charts below the fold ask when they come into view
        page.wait_for_timeout(500)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=10).close()
            return
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
