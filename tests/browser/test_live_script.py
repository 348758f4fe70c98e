"""The page's end of the stream, alone in a browser whose clock the test moves: when it asks, waits and gives up."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from zt_planner.ui import live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SHELL = """
<style>.light {{ color-scheme: light }} .dark {{ color-scheme: dark }}</style>
<div data-testid="stApp" class="light" data-test-script-state="notRunning" data-test-connection-state="CONNECTED">
<div id="place">{html}</div><div data-testid="stSlider"><input type="range" id="slider"></div>
<input type="text" id="text"></div>
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
    data, parentElement: document.querySelector("#place"),
    setTriggerValue: (name, value) => window.asked.push(value),
  });
}
"""
BEGUN = datetime(1970, 1, 1, 1, tzinfo=UTC)
WORDS = {"live": "Live", "reconnecting": "Reconnecting", "offline": "Offline", "me": "you", "more": "and {n} more"}
WORDS["revived"] = "Loaded anew"
SEEN: dict[str, Any] = {
    "address": "live?language=en",
    "number": 3,
    "stamp": "s",
    "origin": "mine",
    "language": "en",
    "run": 1,
    "theme": "light",
    "unsaved": False,
    "watches": False,
    "presents": False,
    "words": WORDS,
}
SAID: dict[str, Any] = {"ended": False, "process": "p", "number": 3, "origin": "other", "stamp": "s", "people": []}


class Script:
    """The script in a page of its own."""

    def __init__(self, page: Page) -> None:
        """Load it and draw the badge once."""
        self.page = page
        page.clock.install(time=0)
        shell = SHELL.format(html=(live.FOLDER / "live.html").read_text("utf-8"))
        page.route("http://planner.test/*", lambda route: route.fulfill(body=shell, content_type="text/html"))
        page.goto("http://planner.test/")  # a page without an address has no storage
        page.clock.pause_at(BEGUN)  # otherwise time passes by itself, too, and the more the slower the machine is
        page.evaluate(BEGIN, (live.FOLDER / "live.js").read_text("utf-8"))
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
    def badge(self) -> str:
        """What the badge says."""
        return str(self.page.evaluate("document.querySelector('[data-place=badge]').textContent"))


@pytest.fixture
def script(chromium: Browser) -> Iterator[Script]:
    """Return the script in a page that has just been drawn, and was told that all is as it shows."""
    context = chromium.new_context()
    found = Script(context.new_page())
    found.says()
    yield found
    context.close()


def test_a_page_that_shows_all_asks_for_nothing(script: Script) -> None:
    assert script.badge == "Live"
    for _ in range(20):
        script.passes(15)
        script.page.evaluate("window.streams.at(-1).dispatchEvent(new Event('beat'))")
    assert (script.streams, script.asked) == (1, 0)


def test_a_stream_that_says_nothing_for_three_beats_is_opened_anew(script: Script) -> None:
    script.passes(44)
    assert (script.streams, script.badge) == (1, "Live")
    script.passes(2)
    assert script.badge == "Reconnecting"
    script.passes(1)
    assert script.streams == 2
    script.says()
    assert (script.badge, script.asked) == ("Live", 0)


def test_a_stream_that_breaks_again_and_again_is_opened_ever_more_seldom(script: Script) -> None:
    waits = []
    for tries in range(1, 9):
        script.fails()
        waited = 0.0
        while script.streams == tries:
            script.passes(0.1)
            waited += 0.1
        waits.append(waited)
    assert 0.3 <= waits[0] <= 0.8
    assert all(later > 1.1 * sooner for sooner, later in pairwise(waits[:5]))
    assert max(waits) <= 19
    script.says()
    script.fails()
    script.passes(0.8)
    assert script.streams == 10


def test_after_half_a_minute_without_a_stream_the_page_is_offline(script: Script) -> None:
    script.fails()
    for _ in range(28):
        script.passes(1)
        script.fails()
    assert script.badge == "Reconnecting"
    script.passes(3)
    assert script.badge == "Offline"
    script.says()
    assert script.badge == "Live"


def test_a_tab_that_nobody_sees_gives_its_stream_up_and_catches_up_when_it_is_seen(script: Script) -> None:
    script.hide(is_hidden=True)
    script.passes(19)
    assert script.is_listening
    script.passes(2)
    assert not script.is_listening
    script.passes(600)
    assert (script.streams, script.asked) == (1, 0)
    script.hide(is_hidden=False)
    assert (script.streams, script.is_listening) == (2, True)
    script.says(number=9)
    script.passes(0.1)
    assert script.asked == 1


def test_a_tab_that_is_seen_again_soon_keeps_its_stream_and_so_does_one_that_presents(script: Script) -> None:
    script.hide(is_hidden=True)
    script.passes(10)
    script.hide(is_hidden=False)
    script.passes(30)
    assert (script.streams, script.is_listening) == (1, True)
    script.draw(presents=True, run=2)
    script.hide(is_hidden=True)
    script.passes(40)
    assert script.is_listening


def test_what_others_have_changed_is_asked_for_at_once_and_what_i_have_only_if_my_own_run_does_not_come(
    script: Script,
) -> None:
    script.says(number=4)
    script.passes(0.1)
    assert script.asked == 1
    script.draw(number=4, run=2)
    script.says(number=5, origin="mine")
    script.passes(1.4)
    assert script.asked == 1
    script.passes(0.2)
    assert script.asked == 2


def test_a_page_that_stays_behind_asks_ever_more_seldom(script: Script) -> None:
    script.says(number=4)
    script.passes(0.05)  # off the whole seconds, at which the page asks
    asked_at: list[int] = []
    for second in range(130):
        if script.asked > len(asked_at):
            asked_at.append(second)
        script.passes(1)
        if second % 15 == 0:
            script.says(number=4)
    gaps = [later - sooner for sooner, later in pairwise(asked_at)]
    assert gaps[:5] == [1, 2, 4, 8, 16]


def test_while_a_slider_is_held_nothing_is_asked_for(script: Script) -> None:
    script.page.locator("#slider").dispatch_event("pointerdown")
    script.says(number=4)
    script.passes(30)
    assert script.asked == 0
    script.page.locator("#slider").dispatch_event("pointerup")
    script.passes(0.5)
    assert script.asked == 0
    script.passes(0.2)
    assert script.asked == 1


def test_while_somebody_types_nothing_is_asked_for_until_they_rest(script: Script) -> None:
    for _ in range(5):
        script.page.locator("#text").dispatch_event("keydown", {"key": "a"})
        script.says(number=4)
        script.passes(2)
    assert script.asked == 0
    script.passes(1.1)
    assert script.asked == 1


def test_while_the_script_runs_or_is_not_connected_nothing_is_asked_for(script: Script) -> None:
    script.app("testScriptState", "running")
    script.says(number=4)
    script.passes(5)
    assert script.asked == 0
    script.app("testConnectionState", "PINGING_SERVER")
    script.app("testScriptState", "notRunning")
    script.passes(30)
    assert (script.asked, script.badge) == (0, "Reconnecting")
    script.app("testConnectionState", "CONNECTED")
    script.passes(0.5)
    assert script.asked == 1


def test_a_page_of_a_process_that_started_again_is_drawn_anew_although_nothing_has_changed(script: Script) -> None:
    script.says(process="another")
    script.passes(0.1)
    assert script.asked == 1
    script.draw(run=2)
    script.passes(60)
    assert script.asked == 1


def test_a_stream_that_is_refused_has_the_page_ask_once_why(script: Script) -> None:
    script.fails(is_refused=True)
    script.passes(0.2)
    assert script.asked == 1
    script.draw(run=2)
    script.passes(1)
    script.fails(is_refused=True)
    script.passes(5)
    assert script.asked == 1


def test_where_the_seat_has_ended_the_stream_is_not_opened_again(script: Script) -> None:
    script.says(ended=True)
    script.passes(0.1)
    assert (script.asked, script.badge) == (1, "Offline")
    script.draw(address="", number=0, run=2)
    script.passes(300)
    assert (script.streams, script.asked) == (1, 1)


def test_what_is_not_saved_is_tried_again_ever_more_seldom(script: Script) -> None:
    script.draw(unsaved=True, run=2)
    script.passes(4.8)
    assert script.asked == 0
    script.passes(0.5)
    assert script.asked == 1
    script.draw(unsaved=True, run=3)
    script.passes(30)
    assert 2 <= script.asked <= 6


def test_charts_of_the_other_theme_are_drawn_anew_at_once_and_then_ever_more_seldom(script: Script) -> None:
    script.page.evaluate("""document.querySelector("[data-testid='stApp']").className = "dark";""")
    script.passes(0.1)
    assert script.asked == 1
    script.draw(run=2)
    script.passes(30)
    assert 2 <= script.asked <= 6
    asked = script.asked
    script.draw(run=3, theme="dark")
    script.passes(300)
    assert script.asked == asked


def test_a_page_whose_browser_does_not_say_its_theme_asks_for_nothing(script: Script) -> None:
    script.page.evaluate("""document.querySelector("[data-testid='stApp']").className = "dark";""")
    script.draw(theme="", run=2)
    script.passes(0.1)
    asked = script.asked
    script.passes(300)
    assert script.asked == asked


def test_names_are_text_whatever_they_hold(script: Script) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    people = [{"id": str(n), "name": nasty, "colour": "#000", "is_me": n == 1, "touched": nasty} for n in range(12)]
    script.says(people=people)
    assert script.page.locator("img").count() == 0
    assert script.page.locator("li").count() == 7
    assert script.page.locator("li").last.inner_text() == "and 6 more"
    assert json.dumps(nasty)[1:-1] in script.page.locator("li bdi").first.inner_text()


def test_a_browser_that_keeps_nothing_is_live_all_the_same(chromium: Browser) -> None:
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })"
    )
    script = Script(context.new_page())
    script.says()
    assert script.badge == "Live"
    script.app("testConnectionState", "DISCONNECTED_FOREVER")
    script.passes(21)
    assert script.streams == 1
    context.close()


def test_a_page_that_was_forgotten_is_live_only_once_it_is_drawn_anew_as_a_whole(script: Script) -> None:
    script.says(process="another")
    assert script.badge == "Reconnecting"
    script.passes(0.1)
    script.app("testScriptState", "running")
    script.draw(run=2)
    script.passes(1)
    assert script.badge == "Reconnecting"
    script.app("testScriptState", "notRunning")
    assert script.badge == "Live"
    assert script.asked == 1


@pytest.mark.parametrize("first", [200, 502])
def test_a_page_whose_connection_has_failed_for_good_is_loaded_anew_once_the_server_answers(
    script: Script, first: int
) -> None:
    page, status = script.page, {"code": first}
    page.route("http://planner.test/health", lambda route: route.fulfill(status=status["code"], body="{}"))
    page.evaluate("window.isOld = true")
    with page.expect_response("**/health"):
        script.app("testConnectionState", "DISCONNECTED_FOREVER")
    if first == 502:
        assert page.evaluate("window.isOld")
        status["code"] = 200
        with page.expect_response("**/health"):
            script.passes(2)
    page.wait_for_function("!window.isOld")
    page.evaluate(BEGIN, (live.FOLDER / "live.js").read_text("utf-8"))
    script.draw()
    notice = "document.querySelector('[data-place=notice]').textContent"
    assert page.evaluate(notice) == "Loaded anew"
    script.app("testConnectionState", "DISCONNECTED_FOREVER")  # again and so soon: loading it once more helps nobody
    script.passes(21)
    assert page.evaluate(notice) == ""
    assert script.badge == "" or script.streams == 1
