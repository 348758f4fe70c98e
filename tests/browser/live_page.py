"""The page's end of the stream in a page of its own, whose clock stands still between the steps of a test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from zt_planner.ui.components.web import loading

SHELL = """
<style>.light {{ color-scheme: light }} .dark {{ color-scheme: dark }} .forced {{ color-scheme: light dark }}
{css}</style>
<div data-testid="stApp" class="light" data-test-script-state="notRunning" data-test-connection-state="CONNECTED">
<div id="place">{html}</div><div data-testid="stSlider"><input type="range" id="slider"></div>
<input type="text" id="text">
<div data-testid="stMain" style="height: 50px; overflow: auto"><div style="height: 500px"></div></div></div>
"""
BEGIN = """
async (code) => {
  window.streams = []; window.asked = [];
  window.EventSource = class extends EventTarget {
    static CLOSED = 2;
    constructor(address) { super(); this.address = address; this.readyState = 0; window.streams.push(this); }
    close() { this.readyState = 2; }
    say(data) { this.onmessage({ data: JSON.stringify(data) }); }
    fail(isRefused) { if (this.readyState === 2) return; if (isRefused) this.readyState = 2; this.onerror(); }
  };
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  window.draw = (data) => module.default({
    data: { ...data, words: Object.entries(data.words) }, parentElement: document.querySelector("#place"),
    setTriggerValue: (name, value) => window.asked.push(value),
  });
}
"""
SCRIPT = loading.concatenated("js", "dropped", "focus", "live")
ADDRESS = "http://planner.test/"
"""A page without an address has no storage."""
BEGUN = datetime(1970, 1, 1, 1, tzinfo=UTC)
WORDS = {
    "live": "Live",
    "reconnecting": "Reconnecting",
    "offline": "Offline",
    "me": "you",
    "here": "{n} here:",
    "menu": "Menu",
}
WORDS |= {"revived": "Loaded anew", "close": "Close", "choose": "Choose", "most": "{n} MB"}
WORDS |= {"beside": "Beside", "folder": "Folder", "several": "Several", "many": "Many", "large": "Large: {files}"}
SEEN: dict[str, Any] = {
    "address": "live?language=en",
    "number": 3,
    "stamp": "s",
    "origin": "mine",
    "language": "en",
    "run": 1,
    "top": 0,
    "plan": "EUR 100",
    "theme": "light",
    "unsaved": False,
    "watches": False,
    "presents": False,
    "words": WORDS,
    "largest": 1000,
    "files": 3,
}
SAID: dict[str, Any] = {"ended": False, "process": "p", "number": 3, "origin": "other", "stamp": "s", "people": []}


def with_still_clock(page: Page) -> Page:
    """Return a page whose time passes only when a test says so, not with the slowness of the machine."""
    page.clock.install(time=0)
    page.clock.pause_at(BEGUN)
    return page


class Script:
    """The script in a page of its own."""

    def __init__(self, page: Page) -> None:
        """Load it anew and draw the badge once."""
        self.page = page
        html = (loading.FOLDER / "live.html").read_text("utf-8")
        shell = SHELL.format(html=html, css=loading.concatenated("css", "live"))
        page.unroute_all()
        page.route(f"{ADDRESS}*", lambda route: route.fulfill(body=shell, content_type="text/html"))
        page.goto(ADDRESS)
        page.evaluate(BEGIN, SCRIPT)
        self.draw()

    def draw(self, **values: object) -> None:
        """Draw the badge as a run of the script does."""
        self.page.evaluate("(data) => { window.draw(data); }", SEEN | values)

    def says(self, **values: object) -> None:
        """Have the server say something."""
        self.page.evaluate("(said) => window.streams.at(-1).say(said)", SAID | values)

    def fails(self, *, is_refused: bool = False) -> None:
        """Have the stream break."""
        self.page.evaluate("(is) => window.streams.at(-1).fail(is)", is_refused)

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.page.clock.run_for(round(seconds * 1000))

    def hide(self, *, is_hidden: bool) -> None:
        """Turn to another tab, or back."""
        script = """(is) => {
          Object.defineProperty(document, "hidden", { value: is, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
        self.page.evaluate(script, is_hidden)

    def app(self, name: str, state: str) -> None:
        """Have Streamlit say something about the page."""
        self.page.evaluate(
            f"""(state) => {{ document.querySelector("[data-testid='stApp']").dataset.{name} = state; }}""", state
        )

    @property
    def streams(self) -> int:
        """How many streams were opened."""
        return int(self.page.evaluate("window.streams.length"))

    @property
    def is_listening(self) -> bool:
        """Tell whether a stream is open."""
        return bool(self.page.evaluate("window.streams.at(-1).readyState !== 2"))

    @property
    def asked(self) -> int:
        """How often the page has asked for a run."""
        return int(self.page.evaluate("window.asked.length"))

    @property
    def announced(self) -> str:
        """What is announced of the plan."""
        return str(self.page.evaluate("document.querySelector('[data-place=plan]').textContent"))

    @property
    def badge(self) -> str:
        """What the badge says."""
        return str(self.page.evaluate("document.querySelector('[data-place=badge]').textContent"))
