"""From a key press to the new headline and to the whole picture: the dashboard against a bare Streamlit page.

Both are real servers with the same interpreter and settings, driven in turn,
each in a headless Chromium of its own: in one browser the tab that comes to the
front is painted anew, which would count for the larger page. The times are
taken inside the page, from the keydown on the People slider: until the title
shows the new number (the headline), and until nothing of the page's main part
changes any more, figures, bands and chart included (the picture). The bare page
draws as many sidebar widgets of each kind as are found in the running
dashboard, and redraws the dashboard's picture, changed by each press; it is
served twice, once with the dashboard's own component for the picture, once with
a plotly chart of the same content.

Presses go right and left in turn, so that the number stays near 120 and both
plans are remembered; `--walk` goes 60 steps up and down instead, so that most
presses compute a plan of their own. `--variants 3` tries as many variants
before, and moves the last one.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import ratio_of, spread
from benchmarks.served import ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page, Playwright

TODAY = "2026-11-06"
START = 120
WALK_STEPS = 60
TRY = re.compile("Try as a variant|Duplicate")
COUNTS, COUNT_AGAIN_MS = 10, 1000
WAIT_MS, QUIET_MS = 30_000, 300
PICTURES = ("component", "chart")
AIMS = {"headline": 1.35, "picture": 1.25}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

KINDS = {
    "slider": "stSlider",
    "selectbox": "stSelectbox",
    "segmented_control": "stButtonGroup",
    "date_input": "stDateInput",
    "toggle": "stCheckbox",
    "text_input": "stTextInput",
    "button": "stButton",
    "expander": "stExpander",
}
"""Each kind of widget with the mark by which it is found in a page."""

SLIDER = "section[data-testid='stSidebar'] input[type='range'][aria-label='People']"
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
HAS_TITLE = "people => (document.querySelector('h1')?.textContent ?? '').includes(`${people} people`)"
ARM = """
([selector, people, limit, quiet]) => {
    const shows = () => (document.querySelector("h1")?.textContent ?? "").includes(`${people} people`);
    const slider = document.querySelector(selector);
    const main = document.querySelector("[data-testid='stMain']");
    const roots = [main];
    for (const element of main.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
    const drawn = { childList: true, subtree: true, characterData: true,
        attributes: true, attributeFilter: ["d", "x", "y", "width", "height", "transform", "points", "style"] };
    slider.focus();
    window.taken = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`the title did not show ${people} people`)), limit);
        slider.addEventListener("keydown", () => {
            const begin = performance.now();
            let headline = 0, last = 0, timer = 0;
            const done = () => { observer.disconnect(); resolve([headline, last]); };
            const isSeen = ({ target }) => (target.parentElement ?? target.getRootNode().host)?.checkVisibility();
            const observer = new MutationObserver((changes) => {
                if (!changes.some(isSeen)) return; // a telephone's levers are there on a desk, too, and hidden
                last = performance.now() - begin;
                if (!headline && shows()) headline = last;
                clearTimeout(timer);
                if (headline) timer = setTimeout(done, quiet);
            });
            for (const root of roots) observer.observe(root, drawn);
        }, { once: true, capture: true });
    });
}
"""
QUIET = """
quiet => new Promise(done => {
    const rest = () => { observer.disconnect(); requestIdleCallback(() => done(), { timeout: quiet }); };
    let timer = setTimeout(rest, quiet);
    const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(rest, quiet); });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
})
"""


@dataclass
class Driven:
    """A page under the keyboard, the number of people that it shows, and the times of its presses."""

    page: Page
    people: int = START
    headlines: list[float] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the script has ended and nothing in the page has moved for a while."""
        self.page.wait_for_selector(IDLE, timeout=WAIT_MS)
        self.page.evaluate(QUIET, QUIET_MS)

    def press(self, step: int) -> tuple[float, float]:
        """Press the arrow key once and return the milliseconds until headline and picture are the new ones."""
        self.people += step
        self.page.evaluate(ARM, [SLIDER, self.people, WAIT_MS, QUIET_MS])
        self.page.keyboard.press("ArrowRight" if step > 0 else "ArrowLeft")
        headline, picture = self.page.evaluate("() => window.taken")
        self.settle()
        return headline, picture


def browser_path() -> str | None:
    """Return the system's Chromium, None where only Playwright's own can be used."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def launched(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=browser_path(), args=SWITCHES)


def opened(browser: Browser, url: str) -> Driven:
    """Open a page in a browser's profile of its own, in English, and wait until it shows the default company."""
    page = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(url)
    page.wait_for_function(HAS_TITLE, arg=START)
    page.wait_for_selector(SLIDER, state="attached")
    driven = Driven(page)
    driven.settle()
    return driven


def try_variants(driven: Driven, count: int) -> None:
    """Try the plan as so many variants, the last of which is shown then."""
    for name in "BCD"[:count]:
        driven.page.get_by_role("button", name="Variants").click()
        driven.page.get_by_label("Name of the new variant").fill(name)
        driven.page.get_by_test_id("stFormSubmitButton").filter(has_text=TRY).get_by_role("button").click()
        driven.page.get_by_role("radio", name=f"{name} {name}", exact=True).wait_for(state="attached")
        driven.settle()


def opened_bare(
    stack: ExitStack, playwright: Playwright, environment: Mapping[str, str], counted: dict[str, int]
) -> Driven:
    """Serve and open the bare page; stop where its widgets are not those of the dashboard."""
    address = stack.enter_context(served(ROOT / "benchmarks" / "bare_page.py", environment))
    bare = opened(stack.enter_context(launched(playwright)), address)
    drawn = widgets_of(bare)
    if drawn != counted:
        raise SystemExit(f"not comparable: {counted} in the dashboard's sidebar, {drawn} in the bare page's")
    return bare


def widgets_of(driven: Driven) -> dict[str, int]:
    """Count the widgets of the sidebar by kind, once all have been loaded: some come later than the script's end."""
    sidebar = driven.page.get_by_test_id("stSidebarUserContent")
    counted: dict[str, int] = {}
    for _ in range(COUNTS):
        driven.settle()
        before, counted = counted, {kind: sidebar.get_by_test_id(mark).count() for kind, mark in KINDS.items()}
        if counted == before:
            break
        driven.page.wait_for_timeout(COUNT_AGAIN_MS)
    return counted


def steps(*, walk: bool) -> Iterator[int]:
    """Yield one step after the other, for ever: right and left in turn, or a walk up and down."""
    length = WALK_STEPS if walk else 1
    while True:
        for direction in (1, -1):
            for _ in range(length):
                yield direction


def measure(pages: Sequence[Driven], presses: int, warm_ups: int, seconds: float, *, walk: bool) -> None:
    """Press in each page in turn until all have their times; stop early where the time is up."""
    end = monotonic() + seconds
    for turn, step in zip(range(warm_ups + presses), steps(walk=walk), strict=False):
        for driven in pages:
            headline, picture = driven.press(step)
            if turn >= warm_ups:
                driven.headlines.append(headline)
                driven.pictures.append(picture)
        if monotonic() > end:
            print(f"Stopped after {turn + 1} presses: the {seconds:.0f} seconds are over.")
            return


def asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=200, help="measured presses in each page")
    parser.add_argument("--warm-ups", type=int, default=20, help="presses before that")
    parser.add_argument("--seconds", type=float, default=600, help="stop after this time")
    parser.add_argument("--walk", action="store_true", help="walk up and down instead of right and left in turn")
    parser.add_argument("--variants", type=int, default=0, choices=range(4), help="try so many variants before")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    given = asked()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = {"ZT_PLANNER_STORE": str(Path(folder) / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}
        with (
            ExitStack() as stack,
            served(ROOT / "app.py", environment) as address,
        ):
            dashboard = opened(stack.enter_context(launched(playwright)), address)
            try_variants(dashboard, given.variants)
            counted = widgets_of(dashboard)
            environment["BARE_PAGE_WIDGETS"] = json.dumps(counted)
            bare_pages = {
                kind: opened_bare(stack, playwright, environment | {"BARE_PAGE_PICTURE": kind}, counted)
                for kind in PICTURES
            }
            measure((dashboard, *bare_pages.values()), given.presses, given.warm_ups, given.seconds, walk=given.walk)
    print(f"Sidebar widgets in all: {', '.join(f'{count} {kind}' for kind, count in counted.items() if count)}.")
    print(f"{len(dashboard.headlines)} presses each, {given.warm_ups} warm-ups before.")
    for name, aim in AIMS.items():
        mine = getattr(dashboard, f"{name}s")
        print(f"{name}: dashboard {spread(mine)}")
        for kind, bare in bare_pages.items():
            theirs = getattr(bare, f"{name}s")
            ratio = ratio_of(mine, theirs)
            kept = "keeps to" if ratio.upper <= aim else "misses"
            print(f"{name}: bare page with the picture as {kind} {spread(theirs)}: {ratio}, {kept} the aim of {aim}")


if __name__ == "__main__":
    main()
