"""A live session under load: from one person's edit to the last viewer's new headline, and what 100 pages cost.

    (a) one editor and 25 viewers: the time from the edit until the last viewer's
        headline has arrived, as a multiple of one page's own run of the script;
    (b) 100 viewers who only watch, against as many plain Streamlit pages: the
        server's processor time while nothing happens, and its memory a page;
    (c) events lost: every viewer ends with the last headline, and every edit is
        in the record.

The pages are clients that speak Streamlit's protocol over loopback, so that
the server is measured and no browser. They run in this process, beside the
server's: on two cores they take some of its time, so the true figures are a
little better. Bounded in number and time.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.live_client import LivePage
from benchmarks.served import ROOT, served_by
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.store.sessions import SessionStore
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import HOME_COOKIE, Key, Token, cookie_of, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = "2026-11-24"
FIRST_PEOPLE = 130
JOINS_AT_ONCE = 10


@contextmanager
def session(folder: Path) -> Iterator[tuple[Key, dict[Role, Token], Workspace]]:
    """Give a key, the tokens of a session that has begun, and the workspace that sees its store."""
    workspace = Workspace(
        SessionStore.in_file(folder / "sessions.sqlite"),
        bootstrap.price_book(),
        bootstrap.phase_model(),
        lambda: bootstrap.day_from(TODAY, "TODAY"),
    )
    key = new_key()
    state = workspace.change(workspace.open(key), {"company.employees": FIRST_PEOPLE})
    yield key, {role: workspace.people.renew_link(state, role) for role in Role}, workspace


async def watched(address: str, workspace: Workspace, token: Token, count: int) -> list[LivePage]:
    """Open the pages of so many viewers; they take their seats past `/join`, which asks for a press."""
    pages: list[LivePage] = []
    for _ in range(count):
        taken = workspace.people.join(token)
        assert taken is not None
        key, seat = taken
        me = seat.participant.id
        pages.append(LivePage(address, f"{cookie_of(me)}={key}", me))
    for first in range(0, count, JOINS_AT_ONCE):
        await asyncio.gather(*(page.open() for page in pages[first : first + JOINS_AT_ONCE]))
    return pages


async def own_runs(page: LivePage, times: int, first: int) -> list[float]:
    """Move the slider of the only page and return the seconds until its own headline and end of run."""
    taken = []
    for people in range(first, first + times):
        begin = perf_counter()
        await page.move(people)
        await page.shows(people)
        await page.drawn()
        taken.append(perf_counter() - begin)
    return taken


async def edits(editor: LivePage, viewers: list[LivePage], times: int, first: int) -> tuple[list[float], list[float]]:
    """Edit again and again; return the seconds until the last viewer's headline, and those of all viewers."""
    last, every = [], []
    for people in range(first, first + times):
        begin = perf_counter()
        await editor.move(people)
        arrived = await asyncio.gather(*(page.shows(people) for page in viewers))
        await editor.drawn()
        last.append(max(arrived) - begin)
        every += [at - begin for at in arrived]
        await asyncio.gather(*(page.drawn() for page in viewers))
    return last, every


async def idle(process: psutil.Process, seconds: float) -> float:
    """Return the share of one core that a process takes while nothing happens."""
    before = process.cpu_times()
    begin = perf_counter()
    await asyncio.sleep(seconds)
    after = process.cpu_times()
    return float(after.user + after.system - before.user - before.system) / (perf_counter() - begin)


async def live_load(given: argparse.Namespace) -> None:
    """Measure (a) and (c), then (b)'s live pages."""
    with TemporaryDirectory() as name, session(Path(name)) as (key, tokens, workspace):
        settings = {"ZT_PLANNER_STORE": str(Path(name) / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}
        with served_by(ROOT / "app.py", settings) as (address, process):
            editor = LivePage(address, f"{HOME_COOKIE}={key}")
            await editor.open(hears=False)
            await own_runs(editor, 5, 140)
            alone = await own_runs(editor, given.edits, 150)
            viewers = await watched(address, workspace, tokens[Role.VIEWER], given.viewers)
            await edits(editor, viewers, 3, 240)
            begun = workspace.open(key)
            last, every = await edits(editor, viewers, given.edits, 250)
            state = workspace.open(key)
            own = median(alone)
            print(f"own run of one page: median {own * 1e3:.0f} ms")
            print(
                f"{given.viewers} viewers, {given.edits} edits: last viewer's headline after median "
                f"{median(last) * 1e3:.0f} ms, 95th percentile {quantiles(last, n=20)[-1] * 1e3:.0f} ms; "
                f"of all viewers: median {median(every) * 1e3:.0f} ms"
            )
            print(f"95th percentile / own run: {quantiles(last, n=20)[-1] / own:.1f}")
            lost = sum(page.people != state.scenario.company.employees for page in viewers)
            recorded = len(workspace.events(state, begun.number))
            print(f"viewers without the last headline: {lost}; edits: {given.edits}, in the record: {recorded}")
            for page in viewers:
                await page.close()
            measured = psutil.Process(process)
            before = measured.memory_info().rss
            crowd = await watched(address, workspace, tokens[Role.VIEWER], given.idle_pages)
            share = await idle(measured, given.idle_seconds)
            memory = (measured.memory_info().rss - before) / given.idle_pages
            print(f"{given.idle_pages} live pages: {share:.1%} of a core while idle, {memory / 1e6:.2f} MB a page")
            for page in crowd:
                await page.close()
            await editor.close()


async def plain_load(given: argparse.Namespace) -> None:
    """Measure (b)'s plain Streamlit pages."""
    widgets = '{"slider": 7, "text_input": 7, "selectbox": 2, "segmented_control": 1, "date_input": 1, "expander": 4}'
    with served_by(ROOT / "benchmarks" / "bare_page.py", {"BARE_PAGE_WIDGETS": widgets, "ZT_PLANNER_TODAY": TODAY}) as (
        address,
        process,
    ):
        first = LivePage(address, "")
        await first.open(hears=False)
        measured = psutil.Process(process)
        before = measured.memory_info().rss
        pages = [LivePage(address, "") for _ in range(given.idle_pages)]
        for index in range(0, len(pages), JOINS_AT_ONCE):
            await asyncio.gather(*(page.open(hears=False) for page in pages[index : index + JOINS_AT_ONCE]))
        share = await idle(measured, given.idle_seconds)
        memory = (measured.memory_info().rss - before) / given.idle_pages
        print(f"{given.idle_pages} plain pages: {share:.1%} of a core while idle, {memory / 1e6:.2f} MB a page")
        for page in (first, *pages):
            await page.close()


def asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=25)
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--idle-pages", type=int, default=100)
    parser.add_argument("--idle-seconds", type=float, default=20)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    given = asked()
    asyncio.run(live_load(given))
    asyncio.run(plain_load(given))


if __name__ == "__main__":
    main()
