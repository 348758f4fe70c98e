"""From the new headline to the bands that say how sure the plan is, in a real browser.

Walks the People slider, so that every plan is another one, and looks at the
page in each frame that the browser paints: when the title shows the new number,
when the new bands stand under the figures, and whether old bands are ever seen
beside the new title. The times are those of one machine; what counts is that
they keep to the aim.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_first_screen import SLIDER, TODAY, launched, opened, steps
from benchmarks.served import ROOT, served

AIM_MS = 150
ARM = """
([selector, people]) => {
    const find = (root) => {
        for (const element of root.querySelectorAll("*")) {
            if (element.matches(".track")) return element;
            const inside = element.shadowRoot && find(element.shadowRoot);
            if (inside) return inside;
        }
        return null;
    };
    const shows = () => (document.querySelector("h1")?.textContent ?? "").includes(`${people} people`);
    const slider = document.querySelector(selector);
    slider.focus();
    window.taken = new Promise((resolve) => {
        slider.addEventListener("keydown", () => {
            const begin = performance.now();
            let title = 0, stale = 0, isBlank = false;
            const look = () => {
                if (!title && shows()) title = performance.now() - begin;
                const drawn = find(document);
                const bands = drawn && getComputedStyle(drawn).visibility === "visible";
                if (title && bands && !isBlank) stale += 1;
                if (!bands) isBlank = true;
                if (title && bands && isBlank) {
                    resolve([title, performance.now() - begin - title, stale]);
                    return;
                }
                requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }, { once: true, capture: true });
    });
}
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=100, help="measured presses")
    parser.add_argument("--warm-ups", type=int, default=10, help="presses before that")
    given = parser.parse_args()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = {"ZT_PLANNER_STORE": str(Path(folder) / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}
        with served(ROOT / "app.py", environment) as address:
            driven, taken = opened(launched(playwright), address), []
            for _, step in zip(range(given.warm_ups + given.presses), steps(walk=True), strict=False):
                driven.people += step
                driven.page.evaluate(ARM, [SLIDER, driven.people])
                driven.page.keyboard.press("ArrowRight" if step > 0 else "ArrowLeft")
                taken.append(driven.page.evaluate("() => window.taken"))
                driven.settle()
    title, bands, stale = np.array(taken[given.warm_ups :]).T
    print(f"{given.presses} presses, {given.warm_ups} warm-ups before.")
    for name, series in (("from the press to the headline", title), ("from the headline to the bands", bands)):
        middle, late = np.percentile(series, [50, 95])
        print(f"{name:<32} {middle:7.1f} ms (95th percentile {late:.1f})")
    print(f"The median {'keeps to' if np.median(bands) <= AIM_MS else 'misses'} the aim of {AIM_MS} ms.")
    print(f"Frames with old bands beside a new headline: {int(stale.sum())}.")


if __name__ == "__main__":
    main()
