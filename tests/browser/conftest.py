"""One server and one Chromium for all tests of a run; new cookies, and so a new plan, for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.live_page import Script, with_still_clock
from tests.browser.party import Party
from tests.browser.site import KEEP_VIOLATIONS, MILLISECONDS, Server, Visit
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook

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


@pytest.fixture
def mortal(server: Server) -> Iterator[Server]:
    """Return the server for a test that may kill it: whatever the test does, there is one again for the next."""
    yield server
    if not server.answers():
        server.start()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium, or Playwright's own."""
    expect.set_options(timeout=MILLISECONDS)
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


def watched(context: BrowserContext) -> BrowserContext:
    """Return a context whose pages keep what they were not allowed to do."""
    context.add_init_script(KEEP_VIOLATIONS)
    return context


@pytest.fixture(scope="session")
def warm(chromium: Browser) -> Iterator[Callable[..., tuple[Page, ...]]]:
    """Return the tabs of two people, for one test after the other: where a page has been, it loads in half the time.

    Whoever looks with settings of their own, like a telephone's, finds the tab of those who had the same before.
    """
    kept: dict[str, tuple[Page, ...]] = {}

    def tabs(**settings: object) -> tuple[Page, ...]:
        settings = {name: value for name, value in settings.items() if DESK.get(name) != value}
        name = repr(sorted(settings.items()))
        if name not in kept:
            people = [watched(chromium.new_context(**{**DESK, **settings})) for _ in range(1 if settings else 2)]
            kept[name] = tuple(person.new_page() for person in people)
        return kept[name]

    yield tabs
    for tab in chain.from_iterable(kept.values()):
        tab.context.close()


@pytest.fixture
def visit(chromium: Browser, warm: Callable[..., tuple[Page, ...]], server: Server) -> Iterator[Callable[..., Visit]]:
    """Return what opens a tab as a new visitor: in the next warm one, or in one that nobody has used or will."""
    visits: list[Visit] = []
    own: list[BrowserContext] = []

    def visited(at: Server = server, *, width: int = 1440, is_new: bool = False, **settings: object) -> Visit:
        used = {seen.page for seen in visits}
        if is_new:
            own.append(watched(chromium.new_context(**{**DESK, **settings})))
            tab = own[-1].new_page()
        else:
            tab = next(tab for tab in warm(**settings) if tab not in used)
            tab.context.clear_cookies()
        tab.set_viewport_size({"width": width, "height": 900})
        visits.append(Visit(tab, at).in_theme("light"))
        return visits[-1]

    yield visited
    for opened in visits:
        opened.leave(server)
    for closed in own:
        closed.close()


@pytest.fixture(scope="session")
def _still(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield with_still_clock(context.new_page())
    context.close()


@pytest.fixture
def script(_still: Page) -> Iterator[Script]:
    """Return the script in a page that has just been drawn, and was told that all is as it shows."""
    found = Script(_still)
    found.says()
    yield found
    _still.evaluate("() => sessionStorage.clear()")


@pytest.fixture
def party(visit: Callable[..., Visit], price_book: PriceBook, phase_model: PhaseModel, today: date) -> Iterator[Party]:
    """Return a session with its owner, in a browser of their own."""
    found = Party(visit(), price_book, phase_model, today)
    yield found
    found.close()


@pytest.fixture
def guest(visit: Callable[..., Visit]) -> Visit:
    """Return another browser."""
    return visit()
