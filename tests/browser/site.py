"""The running dashboard: a server that can be killed and started again, and a visit to it in a browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from playwright.sync_api import ConsoleMessage, Error, FloatRect, Locator, Page, Request, expect

from zt_planner.resources import root
from zt_planner.settings import variable
from zt_planner.ui import addresses
from zt_planner.ui.addresses import PLAN_PAGE, WEEK
from zt_planner.ui.app import dashboard

HOST = "127.0.0.1"
Theme: TypeAlias = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
SECONDS_TO_START = 180
MILLISECONDS = 60_000
"""What a server and a page may take on the slowest machine that others use too; nothing waits for it."""
SECONDS_BETWEEN = 0.05
"""Until a server that starts is asked again: whoever asks all the time takes the time that it needs to start."""
MOST_TABS = 80
PAGES = {"" if path == PLAN_PAGE else path: title for path, title in addresses.PAGES.items() if path != WEEK}
"""The address of each page of a plan that is not under way, and its name."""
LED_TO = dict.fromkeys(dashboard.SHARING[1:], dashboard.SHARING[0])
"""Pages that another one leads to."""
TELEPHONE: dict[str, Any] = {
    "width": 390,
    "has_touch": True,
    "is_mobile": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
}
"""Streamlit closes its menu after a page is chosen where the browser says that it is a telephone's."""


def box(part: Locator) -> FloatRect:
    """Return where something stands."""
    found = part.bounding_box()
    assert found is not None, part
    return found


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether a process ends within the moment that passes until it is asked again."""
    try:
        process.wait(timeout=SECONDS_BETWEEN)
    except subprocess.TimeoutExpired:
        return False
    return True


CALM = """
() => new Promise(done => {
    const rest = 300;
    const app = document.querySelector("[data-testid='stApp']");
    const isBusy = () => app.dataset.testScriptState !== "notRunning" || document.fonts.status === "loading"
        || app.querySelector("[data-testid='stSkeleton']");
    const look = () => { if (isBusy()) return wait(); observer.disconnect(); done(); };
    let timer = setTimeout(look, rest);
    const wait = () => { clearTimeout(timer); timer = setTimeout(look, rest); };
    const observer = new MutationObserver(wait);
    observer.observe(app, { attributes: true, childList: true, subtree: true });
})
"""
"""Ends once the page awaits nothing and nothing of it has changed for a moment: what it asks for, it asks sooner."""


BEGINS = """
() => {
    const app = document.querySelector("[data-testid='stApp']");
    window.begun = new Promise(done => new MutationObserver((_, observer) => {
        if (app.dataset.testScriptState === "running") { observer.disconnect(); done(); }
    }).observe(app, { attributes: true }));
}
"""
"""Lets `window.begun` end once the next run has begun."""

KEEP_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""
"""Keeps in each page of a context what it was not allowed to do."""


class Server:
    """`zt-planner serve` in a process of its own, on a store of its own."""

    health = "/health"

    def __init__(self, folder: Path, today: date) -> None:
        """Choose a port and a store; nothing runs yet."""
        self.folder, self.port = folder, free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.store = folder / "sessions.sqlite"
        self.settings = os.environ | {
            variable("store"): str(self.store),
            variable("today"): today.isoformat(),
            variable("gain"): "off",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and return once it answers."""
        command = [sys.executable, "-m", *self.command()]
        with (self.folder / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=root(), env=self.settings, stdout=log, stderr=log)
        self.wait()

    def command(self) -> list[str]:
        """Return the module that serves, and its arguments."""
        return ["zt_planner", "serve", "--no-browser", "--port", str(self.port), "--address", HOST]

    def wait(self) -> None:
        """Return once the process that was started answers; where it does not, end it and fail with what it said."""
        assert self.process is not None
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if has_ended(self.process) or time.monotonic() > deadline:
                self.stop()
                pytest.fail((self.folder / "log.txt").read_text("utf-8", "replace"))

    def answers(self) -> bool:
        """Tell whether the server is up; one that is busy is given time to say so."""
        try:
            with urllib.request.urlopen(self.address + self.health, timeout=20) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the process that was started here, and no other."""
        assert self.process is not None
        self.process.send_signal(number)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)


class Visit:
    """Tabs of one browser at the dashboard: one person with one cookie."""

    def __init__(self, page: Page, server: Server) -> None:
        """Begin in a tab; no page is loaded yet."""
        self.context, self.server = page.context, server
        self.theme: Theme = "light"
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self.page = page
        self._others: list[Page] = []
        page.set_default_timeout(MILLISECONDS)
        page.on("request", self._requested)
        page.on("pageerror", self._failed)
        page.on("console", self._said)

    @property
    def violations(self) -> list[str]:
        """What the page was not allowed to do since it was loaded."""
        found: list[str] = self.page.evaluate("() => window.violations")
        return found

    def _said(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.troubles.append(message.text)

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)

    def _failed(self, error: Error) -> None:
        self.troubles.append(str(error))

    def tab(self) -> Page:
        """Open another tab of the same person."""
        page = self.context.new_page()
        page.set_default_timeout(MILLISECONDS)
        page.on("pageerror", self._failed)
        self._others.append(page)
        return page

    def in_theme(self, theme: Theme) -> Visit:
        """Look at the page in this theme from now on."""
        self.theme = theme
        self.page.emulate_media(color_scheme=theme)
        return self

    def leave(self, server: Server) -> None:
        """Leave an empty page of a server that runs; another host's, or about:blank, would take a new process next."""
        for page in self._others:
            page.close()
        self.page.remove_listener("request", self._requested)
        self.page.remove_listener("pageerror", self._failed)
        self.page.remove_listener("console", self._said)
        self.page.goto(f"{server.address}/health")
        self.page.evaluate("() => localStorage.clear()")  # whether the sidebar is open, for one

    def open(self, path: str = "", page: Page | None = None) -> Visit:
        """Load a page and wait until it is drawn."""
        (page or self.page).goto(f"{self.server.address}/{path}")
        return self.settled(page)

    def follow(self, path: str) -> Visit:
        """Go to another page by its link, which is quicker than to load it: by the page that leads to it, if any."""
        if path in LED_TO:
            self.follow(LED_TO[path])
        if path in dashboard.HIDDEN:
            self.page.locator(f'[data-testid="stPageLink-NavLink"][href^="{path}"]').first.click()
            expect(self.page).to_have_url(re.compile(rf"/{path}(\?.*)?$"))
        else:
            link = self.page.get_by_role("navigation", include_hidden=True).locator(f'a[href$="/{path}"]')
            link.click()
            expect(link).to_have_attribute("aria-current", "page")
        return self.settled()

    def each_page(self, language: str) -> Iterator[str]:
        """Load the first page and go to each other by its link; give their addresses.

        To load each would take four times as long.
        """
        self.open(f"?language={language}")
        for path in PAGES:
            if path:
                self.follow(path)
            expect(self.page.locator("html")).to_have_attribute("lang", language)
            yield path

    def pick(self, name: str, option: str, page: Page | None = None) -> None:
        """Press one of the values that stand side by side below a label."""
        self.segment(name, option, page).click()

    def speak(self, code: str) -> Visit:
        """Choose the language of the page."""
        self.page.locator(".st-key-language").get_by_role("combobox").click()
        self.page.get_by_role("option", name=code.upper(), exact=True).click()
        return self

    def segment(self, name: str, option: str, page: Page | None = None) -> Locator:
        """Return one of the values that stand side by side below a label."""
        group = (page or self.page).get_by_role("radiogroup", name=name, exact=True)
        return group.get_by_role("radio", name=option, exact=True)

    def settled(self, page: Page | None = None) -> Visit:
        """Wait until the script has run and its charts stand."""
        shown = page or self.page
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        expect(shown.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
        side = shown.get_by_test_id("stSidebar").get_by_test_id("stTextInput")
        presents = shown.get_by_role("switch", name="Present", checked=True)  # which has no sidebar
        expect(side.or_(presents).first).to_be_attached()
        return self

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Wait for the run that something on the page causes and whose end no text shows."""
        self.page.evaluate(BEGINS)
        yield
        self.page.evaluate("() => window.begun")
        self.settled()

    def tab_to(self, goal: Locator) -> None:
        """Press Tab until something has the focus."""
        script = "element => element.contains(element.getRootNode().activeElement)"
        for _ in range(MOST_TABS):
            if goal.evaluate(script):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{MOST_TABS} presses of Tab do not reach {goal}")

    def overhang(self) -> list[int]:
        """Return by how many pixels the page, and its main part, are wider than the screen."""
        found: list[int] = self.page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".map(element => element.scrollWidth - element.clientWidth)"
        )
        return found

    def calm(self) -> Visit:
        """Wait until the page stands still, and asks for nothing more by itself as it does when its theme changes."""
        self.page.evaluate(CALM)
        return self.settled()

    @property
    def headline(self) -> Locator:
        """The sentence that answers both questions."""
        return self.page.get_by_role("heading", level=1)

    @property
    def chart(self) -> Locator:
        """The picture."""
        return self.page.get_by_role("figure")

    def slider(self, name: str, page: Page | None = None) -> Locator:
        """Return a slider by its label."""
        return (page or self.page).get_by_role("slider", name=name, exact=True)

    def number(self, name: str, page: Page | None = None) -> Locator:
        """Return a number field by its label."""
        return (page or self.page).get_by_role("textbox", name=name, exact=True)

    def set(self, name: str, value: object, page: Page | None = None) -> None:
        """Type a number and confirm it."""
        field = self.number(name, page)
        field.fill(str(value))
        field.press("Enter")

    def receives(self, name: str, value: object) -> None:
        """Wait until a field holds what another page has set: it comes after the headline, over what is being typed."""
        expect(self.number(name)).to_have_value(str(value))

    def says(self, text: str) -> None:
        """Wait until the headline holds a text."""
        expect(self.headline).to_contain_text(text)

    def amount(self) -> int:
        """Return the budget of the headline, in euros."""
        found = re.search(r"EUR\s([\d,]+)", self.headline.inner_text())
        assert found is not None
        return int(found[1].replace(",", ""))
