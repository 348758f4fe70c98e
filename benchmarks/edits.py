"""Whether an edit is ever lost or moves back: real browsers against a real server, under load.

    held        30 presses of an arrow key on the slider People, 30 ms apart, in one to three browsers at once
    doubles     a switch pressed twice, 30 ms apart
    edits       four browsers in one session type numbers at once, each into a field of its own; each session anew,
                as a page is most at risk when it has just been loaded
    reconnects  the server is killed and started again; as soon as the page says "Live", a number is typed

After each, once the page has rested for a while, page and store must hold what
was done last. Counted are edits that are not there (lost), that were there and
are no more (moved back), and pages that ended in a connection error (dead).
The numbers of repetitions are options; a run with the defaults takes about
twenty minutes. It exits with 1 unless every count is 0.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.served import ROOT, free_port, served_by
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import HOME_COOKIE, Key, new_key
from zt_planner.workspace.keys import Browser as Holder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, Locator, Page

    from zt_planner.domain.session import ParticipantId

TODAY = "2026-11-06"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PRESSES, BETWEEN_MS = 30, 30
RESTS_MS = 2500
"""A value that moves back does so within some two seconds."""
PATIENCE_MS = 20_000
FIELDS = {
    "People, as a number": ("company.employees", 50, 1),
    "Finish in months, as a number": ("timeline.target_months", 6, 1),
    "Network hardware that can stay, in percent": ("choices.hardware_reuse", 0, 100),
    "Contingency, in percent": ("finance.contingency", 0, 100),
}
"""The fields of the four browsers: path, least value, and by how much the page's number is larger."""
EDITS_EACH = 5
"""Numbers that each browser of a session types."""
SPANS = {"timeline.target_months": 7}
"""Of the others, 40 values are typed in turn."""


@dataclass
class Outcome:
    """How often something was done, and how it ended."""

    done: int = 0
    ends: Counter[str] = field(default_factory=Counter)

    def count(self, *, first: bool, last: bool, is_alive: bool) -> None:
        """Count one: whether page and store agreed on it at first, and in the end."""
        self.done += 1
        if not is_alive:
            self.ends["dead"] += 1
        elif not last:
            self.ends["moved back" if first else "lost"] += 1


@dataclass
class Tab:
    """A page, and whose plan it shows: that of its browser, or of a seat."""

    page: Page
    workspace: Workspace
    me: ParticipantId | None = None

    async def key(self) -> Key:
        """Return the key that opens it."""
        cookies = await self.page.context.cookies()
        return Holder(Key(next(str(c["value"]) for c in cookies if c["name"] == HOME_COOKIE))).key(self.me)

    async def kept(self, path: str) -> object:
        """Return what the store holds of a field."""
        state = self.workspace.open(await self.key())
        return state.values[path]

    @property
    def slider(self) -> Locator:
        """The slider People."""
        return self.page.get_by_role("group", name="People", exact=True).get_by_role("slider")

    def number(self, label: str) -> Locator:
        """Return a number field."""
        return self.page.get_by_role("textbox", name=label, exact=True)

    async def opened(self, address: str) -> None:
        """Load the page and wait until it is drawn."""
        await self.page.goto(address)
        await self.calm()

    async def calm(self) -> None:
        """Wait until no script runs."""
        app = self.page.locator('[data-testid="stApp"]')
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE_MS)
        await expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)

    async def types(self, label: str, value: int) -> None:
        """Type a number and confirm it."""
        await self.number(label).fill(str(value))
        await self.number(label).press("Enter")

    async def is_alive(self) -> bool:
        """Tell whether the connection stands."""
        state = await self.page.locator('[data-testid="stApp"]').get_attribute("data-test-connection-state")
        notice = await self.page.get_by_text("the page was reloaded").count()
        return state == "CONNECTED" and not notice


async def has_come(tab: Tab, path: str, value: object) -> bool:
    """Wait until the store holds a value; tell whether it ever does."""
    for _ in range(100):
        if await tab.kept(path) == value:
            return True
        await asyncio.sleep(0.05)
    return False


async def burst(tab: Tab, outcome: Outcome) -> None:
    """Hold an arrow key on the slider."""
    begun = int(await tab.slider.input_value())
    key, step = ("ArrowRight", 1) if begun <= 200 else ("ArrowLeft", -1)
    await tab.slider.focus()
    for _ in range(PRESSES):
        await tab.page.keyboard.press(key)
        await tab.page.wait_for_timeout(BETWEEN_MS)
    wanted = begun + step * PRESSES
    first = await has_come(tab, "company.employees", wanted)
    await tab.page.wait_for_timeout(RESTS_MS)
    alive = await tab.is_alive()
    last = alive and int(await tab.slider.input_value()) == wanted == await tab.kept("company.employees")
    outcome.count(first=first, last=last, is_alive=alive)
    if not last:
        await tab.page.reload()
        await tab.calm()


async def double(tab: Tab, outcome: Outcome) -> None:
    """Press a switch twice."""
    path = "company.works_council"
    switch = tab.page.get_by_role("switch", name="There is a works council")
    begun = await tab.kept(path)
    await switch.focus()
    await tab.page.keyboard.press("Space")
    await tab.page.wait_for_timeout(BETWEEN_MS)
    await tab.page.keyboard.press("Space")
    first = await has_come(tab, path, begun)
    await tab.page.wait_for_timeout(RESTS_MS)
    alive = await tab.is_alive()
    last = alive and await switch.is_checked() == begun == await tab.kept(path)
    outcome.count(first=first, last=last, is_alive=alive)


async def held(browser: Browser, address: str, workspace: Workspace, times: int) -> Outcome:
    """Hold keys in one, two and three browsers at once."""
    outcome = Outcome()
    tabs = [Tab(await new_page(browser), workspace) for _ in range(3)]
    for tab in tabs:
        await tab.opened(address)
        await tab.types("People, as a number", 150)
        await has_come(tab, "company.employees", 150)
        await tab.calm()
    while outcome.done < times:
        for count in (1, 2, 3):
            await asyncio.gather(*(burst(tab, outcome) for tab in tabs[:count]))
    await close(tabs)
    return outcome


async def doubles(browser: Browser, address: str, workspace: Workspace, times: int) -> Outcome:
    """Press switches twice in three browsers at once."""
    outcome = Outcome()
    tabs = [Tab(await new_page(browser), workspace) for _ in range(3)]
    for tab in tabs:
        await tab.opened(f"{address}/?fold:more_about_company=true")
        await tab.types("People, as a number", 150)
        await has_come(tab, "company.employees", 150)
        await tab.calm()
    while outcome.done < times:
        await asyncio.gather(*(double(tab, outcome) for tab in tabs))
    await close(tabs)
    return outcome


async def party(browser: Browser, address: str, workspace: Workspace) -> list[Tab]:
    """Return an owner and three editors of one session, each in a browser of their own."""
    owner = Tab(await new_page(browser), workspace)
    await owner.opened(address)
    await owner.types("People, as a number", 150)
    await has_come(owner, "company.employees", 150)
    token = workspace.people.renew_link(workspace.open(await owner.key()), Role.EDITOR)
    tabs = [owner]
    for _ in range(len(FIELDS) - 1):
        holder = Holder(new_key())
        taken = workspace.people.join(token, holder=holder)
        assert taken is not None
        page, me = await new_page(browser), taken[1].participant.id
        await page.context.add_cookies([{"name": HOME_COOKIE, "value": holder.root, "url": address}])
        tabs.append(Tab(page, workspace, me))
        await tabs[-1].opened(f"{address}/?me={me}")
    return tabs


async def types(tab: Tab, label: str, count: int, outcome: Outcome) -> None:
    """Type one number after the other into a field."""
    path, least, factor = FIELDS[label]
    for number in range(count):
        value = least + number % SPANS.get(path, 40) + 1
        wanted = value if factor == 1 else value / factor
        await tab.types(label, value)
        first = await has_come(tab, path, wanted)
        if not first:  # a page that could not save tries again after five seconds
            await tab.page.wait_for_timeout(2 * RESTS_MS)
        shown, kept = await tab.number(label).input_value(), await tab.kept(path)
        last = kept == wanted and shown == str(value)
        outcome.count(first=first, last=last, is_alive=await tab.is_alive())
        if not last:
            print(f"{label}: {value} was typed; the field shows {shown}, the store holds {kept}", flush=True)


async def edits(browser: Browser, address: str, workspace: Workspace, times: int) -> Outcome:
    """Let four browsers of one session type at once, in one session after the other."""
    outcome = Outcome()
    while outcome.done < times:
        tabs = await party(browser, address, workspace)
        await asyncio.gather(*(types(tab, label, EDITS_EACH, outcome) for tab, label in zip(tabs, FIELDS, strict=True)))
        await close(tabs)
    return outcome


async def reconnects(browser: Browser, folder: Path, workspace: Workspace, times: int) -> Outcome:
    """Kill the server and start it again; type as soon as the page says that it is live."""
    outcome, port = Outcome(), free_port()
    tab = Tab(await new_page(browser), workspace)
    badge = tab.page.locator('[data-place="badge"]')
    for number in range(times + 1):
        with served_by(ROOT / "app.py", settings_of(folder), port, signal.SIGKILL) as (address, _):
            value = 100 + number
            if number == 0:
                await tab.opened(address)
                await tab.types("People, as a number", value)
                await has_come(tab, "company.employees", value)
                await expect(badge).to_have_text("Live", timeout=PATIENCE_MS)
                await tab.calm()
                continue
            await expect(badge).to_have_text("Live", timeout=3 * PATIENCE_MS)
            await tab.types("People, as a number", value)
            first = await has_come(tab, "company.employees", value)
            await tab.page.wait_for_timeout(RESTS_MS)
            last = value == await tab.kept("company.employees") == int(await tab.slider.input_value())
            outcome.count(first=first, last=last, is_alive=await tab.is_alive())
        await expect(badge).not_to_have_text("Live", timeout=PATIENCE_MS)
    await close([tab])
    return outcome


async def new_page(browser: Browser) -> Page:
    """Return a page of a new visitor."""
    context: BrowserContext = await browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    return await context.new_page()


async def close(tabs: list[Tab]) -> None:
    """Close browsers."""
    for tab in tabs:
        await tab.page.context.close()


def settings_of(folder: Path) -> dict[str, str]:
    """Return the server's settings."""
    return {"ZT_PLANNER_STORE": str(folder / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Give the system's Chromium, or Playwright's own."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        await browser.close()


async def measure(given: argparse.Namespace) -> bool:
    """Do all of it and print what came of it; return whether nothing was lost."""
    is_well = True
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = SessionStore.in_file(folder / "sessions.sqlite")
        workspace = Workspace(store, bootstrap.price_book(), bootstrap.phase_model(), bootstrap.today)
        async with chromium() as browser:
            with served_by(ROOT / "app.py", settings_of(folder)) as (address, _):
                parts = {"held": held, "doubles": doubles, "edits": edits}
                for part, run in parts.items():
                    if getattr(given, part):
                        is_well &= report(part, await run(browser, address, workspace, getattr(given, part)))
            if given.reconnects:
                is_well &= report("reconnects", await reconnects(browser, folder, workspace, given.reconnects))
        store.close()
    return is_well


def report(part: str, outcome: Outcome) -> bool:
    """Print a line; return whether nothing was lost."""
    ends = ", ".join(f"{outcome.ends[end]} {end}" for end in ("lost", "moved back", "dead"))
    print(f"{part}: {outcome.done} done: {ends}", flush=True)
    return not outcome.ends


def asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for part, times in {"held": 300, "doubles": 100, "edits": 500, "reconnects": 50}.items():
        parser.add_argument(f"--{part}", type=int, default=times)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(measure(asked())) else 1)
