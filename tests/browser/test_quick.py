"""How quick and how small: another tab follows at once, and a first visit loads little."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page

from tests.browser.party import Party
from tests.browser.site import Visit
from zt_planner.domain.session import Role

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
PRESSES, MOST_MILLISECONDS = 20, 2000
"""On a quiet machine the median is far below a second; two allow for one that is busy."""
MOST_BYTES = 4_000_000
NOTE_PRESS = "() => addEventListener('keydown', () => { window.pressed = Date.now(); }, { capture: true })"
AWAIT_CHANGE = """
() => {
  const headline = document.querySelector("h1");
  const before = headline.textContent;
  window.followed = new Promise((done) => new MutationObserver((_, observer) => {
    if (document.querySelector("h1")?.textContent === before) return;
    observer.disconnect();
    done(Date.now());
  }).observe(document.body, { childList: true, subtree: true, characterData: true }));
}
"""


def waits(mover: Visit, follower: Page) -> list[int]:
    """Return the milliseconds from each press of a key in one tab until another one's headline has changed."""
    mover.page.evaluate(NOTE_PRESS)
    slider, found = mover.slider("People"), []
    for press in range(PRESSES):
        follower.evaluate(AWAIT_CHANGE)
        slider.press("ArrowLeft" if press % 2 else "ArrowRight")
        found.append(follower.evaluate("() => window.followed") - mover.page.evaluate("() => window.pressed"))
    return found


def test_a_second_tab_follows_within_a_second(party: Party) -> None:
    other = party.owner.tab()
    party.owner.open(page=other)
    times = waits(party.owner, other)
    assert median(times) < MOST_MILLISECONDS, times


def test_another_browser_follows_within_a_second(party: Party, visit: Open) -> None:
    guest = party.joins(visit(), Role.EDITOR)
    times = waits(party.owner, guest.page)
    assert median(times) < MOST_MILLISECONDS, times


def test_a_first_visit_loads_less_than_four_megabytes(visit: Open) -> None:
    visit().open()  # the server is warm
    seen = visit(is_new=True)
    sizes: list[float] = []

    def loaded(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    network = seen.context.new_cdp_session(seen.page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", loaded)
    seen.open().calm().page.wait_for_load_state("networkidle")
    assert len(sizes) > 20
    assert sum(sizes) < MOST_BYTES
