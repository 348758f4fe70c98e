"""One server and one Chromium for all tests of a run; a browser context, and so a plan, for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.site import MILLISECONDS, Server, Theme, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from playwright.sync_api import Browser, BrowserContext

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESK: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory, today: date) -> Callable[[], Server]:
    """Return what makes a server with a store of its own."""
    return lambda: Server(tmp_path_factory.mktemp("server"), today)


@pytest.fixture(scope="session")
def server(serve: Callable[[], Server]) -> Iterator[Server]:
    """Return the server that all tests share."""
    shared = serve()
    shared.start()
    yield shared
    shared.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium, or Playwright's own."""
    expect.set_options(timeout=MILLISECONDS)
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Return the browser that tests share for its warm cache; a visit empties its cookies first."""
    shared = chromium.new_context(**DESK)
    yield shared
    shared.close()


@pytest.fixture
def visit(chromium: Browser, context: BrowserContext, server: Server) -> Iterator[Callable[..., Visit]]:
    """Return what opens a tab as a new visitor: in the shared browser, or with settings in one of its own."""
    visits: list[Visit] = []
    own: list[BrowserContext] = []

    def visited(at: Server = server, *, theme: Theme = "light", width: int = 1440, **settings: object) -> Visit:
        if settings:
            own.append(chromium.new_context(**{**DESK, **settings}))
        else:
            context.clear_cookies()
        visits.append(Visit(own[-1] if settings else context, at))
        visits[-1].page.emulate_media(color_scheme=theme)
        visits[-1].page.set_viewport_size({"width": width, "height": 900})
        return visits[-1]

    yield visited
    for opened in visits:
        opened.close()
    for closed in own:
        closed.close()
