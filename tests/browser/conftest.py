"""One server and one Chromium for all tests of a run; new cookies, and so a new plan, for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.site import MILLISECONDS, Server, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESK: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}


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
def warm(chromium: Browser) -> Iterator[tuple[Page, ...]]:
    """Return the tabs of two people, for one test after the other: where a page has been, it loads in half the time."""
    people = [chromium.new_context(**DESK) for _ in range(2)]
    yield tuple(person.new_page() for person in people)
    for person in people:
        person.close()


@pytest.fixture
def visit(chromium: Browser, warm: tuple[Page, ...], server: Server) -> Iterator[Callable[..., Visit]]:
    """Return what opens a tab as a new visitor: in the next warm one, or with settings in a browser of their own."""
    visits: list[Visit] = []
    free = list(warm)
    own: list[BrowserContext] = []

    def visited(at: Server = server, *, width: int = 1440, **settings: object) -> Visit:
        if settings:
            own.append(chromium.new_context(**{**DESK, **settings}))
            tab = own[-1].new_page()
        else:
            tab = free.pop(0)
            tab.context.clear_cookies()
        tab.set_viewport_size({"width": width, "height": 900})
        visits.append(Visit(tab, at).in_theme("light"))
        return visits[-1]

    yield visited
    for opened in visits:
        opened.leave(server)
    for closed in own:
        closed.close()
