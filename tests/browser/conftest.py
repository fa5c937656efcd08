"""A real browser on the pages over a small register; everything it asks for and complains about is written down."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assets.cli.explore import find_again
from tests.warehouse.explore import register
from warehouse.explore.app import application

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]  # fmt: skip
NOT_HERE = "no chromium on this machine: install Debian's package chromium"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real browser")


@dataclass
class Visit:
    """A page in the browser, and what it asked for and complained about so far."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        self.page.goto(self.base + address, wait_until="networkidle")
        return self.page

    @property
    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.base + "/", "data:"))]


@contextmanager
def served(published: Path) -> Iterator[str]:
    """The address of a server over a published file."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    app = application(published, find_again)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    published = register.write(tmp_path_factory.mktemp("browser") / "communique.duckdb")
    with served(published) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(NOT_HERE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


def visit_in(context: BrowserContext, base: str) -> Visit:
    """A new page whose requests and complaints are kept."""
    page = context.new_page()
    visit = Visit(page, base)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on(
        "console", lambda message: visit.complaints.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("dialog", lambda dialog: visit.complaints.append(f"dialog {dialog.message}"))
    return visit


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        yield visit_in(context, base)
