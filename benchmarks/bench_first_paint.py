"""From an address to the sentence and to the figures: the dashboard against `streamlit hello`.

Both are real servers with the same interpreter and settings; both have been
opened before, so that server and browser hold what they hold. The pages are loaded in
turn, A B A B, in one headless Chromium, each in a tab of its own. The times are
taken from the start of the navigation: until the dashboard's sentence is seen,
with budget, finish and what comes after, until its six figures are; until
hello's title is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit.hello
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_first_screen import IDLE, TODAY, WAIT_MS, launched
from benchmarks.ratios import ratio_of, spread
from benchmarks.served import ROOT, served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

AIM = 1.5
HELLO = Path(streamlit.hello.__file__).parent / "streamlit_app.py"
SENTENCE, FIGURES = "h1:has-text('Zero Trust for 120 people')", ".st-key-figures li:nth-child(6) .value"
WELCOME = "h1:has-text('Welcome to Streamlit')"


def loaded(context: BrowserContext, url: str, *parts: str) -> list[float]:
    """Open an address in a new tab, and return the milliseconds until each part is seen; close it when it rests."""
    page = context.new_page()
    page.goto(url, wait_until="commit")
    taken = []
    for part in parts:
        page.wait_for_selector(part, timeout=WAIT_MS)
        taken.append(page.evaluate("() => performance.now()"))
    page.wait_for_selector(IDLE, timeout=WAIT_MS)
    page.close()
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=30, help="measured loads of each page")
    parser.add_argument("--warm-ups", type=int, default=3, help="loads before that")
    given = parser.parse_args()
    with TemporaryDirectory() as folder, sync_playwright() as playwright, launched(playwright) as browser:
        environment = {"ZT_PLANNER_STORE": str(Path(folder) / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}
        with served(ROOT / "app.py", environment) as dashboard, served(HELLO, environment) as hello:
            context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
            times = [
                (*loaded(context, dashboard, SENTENCE, FIGURES), *loaded(context, hello, WELCOME))
                for _ in range(given.warm_ups + given.loads)
            ]
    *mine, theirs = zip(*times[given.warm_ups :], strict=True)
    print(f"streamlit hello {spread(theirs)}")
    for name, taken in zip(("sentence", "six figures"), mine, strict=True):
        ratio = ratio_of(taken, theirs)
        print(f"{name} {spread(taken)}: {ratio}, {'keeps to' if ratio.upper <= AIM else 'misses'} the aim of {AIM}")


if __name__ == "__main__":
    main()
