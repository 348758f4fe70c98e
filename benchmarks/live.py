"""A live session under load, in parts: `python benchmarks/live.py viewers`; without a name, all but `memory`.

    viewers    one editor and 25 viewers: the time from an edit until the last
               viewer's headline has arrived, and until all pages are drawn, as
               multiples of one page's own run; every viewer must end with the
               last headline, and every edit must be in the record
    idle       100 viewers who only watch, against as many plain Streamlit pages:
               the server's processor time while nothing happens, its memory a page
    processes  pages that edit without a rest on PostgreSQL, each in a session of
               its own: edits a second of two processes, against those of one
    sessions   twenty sessions, each of an editor who edits now and then and three
               viewers, on one process and on two: an edit's 95th percentile, against
               that of a lone session
    start      from starting the server until its first page is drawn, against
               `streamlit hello`: the time, the server's processor time and its memory
    downloads  files that somebody far away presses for while six others edit, and how
               many arrive; the server's memory two minutes after many were made
    memory     ten thousand edits by one page: the server's memory at each tenth

The pages are clients that speak Streamlit's protocol over loopback, so that the
server is measured and no browser. They run in this process, beside the server's:
on two cores they take some of its time, which is printed. Bounded in number and time.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import psutil
import streamlit.hello

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.live_client import LivePage, closed, opened
from benchmarks.live_downloads import downloads
from benchmarks.live_servers import TODAY, begun, dashboard, deployed, new_postgres, session
from benchmarks.served import ROOT, served_by
from zt_planner.domain.session import Role
from zt_planner.workspace.keys import HOME_COOKIE, Browser, Key, Token, new_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.postgres import Postgres
    from zt_planner.workspace import Workspace

LAST_PEOPLE = 500
HELLO = Path(streamlit.hello.__file__).parent / "streamlit_app.py"


async def watched(address: str, workspace: Workspace, token: Token, count: int) -> list[LivePage]:
    """Open the pages of so many viewers; they take their seats past `/join`, which asks for a press."""
    pages: list[LivePage] = []
    for _ in range(count):
        browser = Browser(new_key())
        taken = workspace.people.join(token, holder=browser)
        assert taken is not None
        pages.append(LivePage(address, f"{HOME_COOKIE}={browser.root}", taken[1].participant.id))
    await opened(pages)
    return pages


async def edited_by(address: str, key: Key) -> LivePage:
    """Open the page of a session's owner."""
    editor = LivePage(address, f"{HOME_COOKIE}={key}")
    await editor.open(hears=False)
    return editor


async def own_runs(page: LivePage, times: int, first: int) -> list[float]:
    """Edit again and again on the only page."""
    return [await page.edit(people) for people in range(first, first + times)]


def p95(seconds: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(seconds, n=20)[-1]


def spent(processes: Sequence[psutil.Process]) -> float:
    """Return the seconds of processor that processes have taken so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


async def viewers(given: argparse.Namespace) -> None:
    """Measure one editor and many viewers."""
    with (
        TemporaryDirectory() as name,
        session(Path(name)) as (key, tokens, workspace),
        dashboard(Path(name)) as (address, server),
    ):
        editor = await edited_by(address, key)
        await own_runs(editor, 5, 140)
        own = median(await own_runs(editor, given.edits, 150))
        print(f"own run of one page: median {own * 1e3:.0f} ms")
        crowd = await watched(address, workspace, tokens[Role.VIEWER], given.viewers)
        await watched_edits(editor, crowd, 3, 240)
        number, before, begin = workspace.open(key).number, spent([server]), process_time()
        last, every, whole = await watched_edits(editor, crowd, given.edits, 250)
        each = [(spent([server]) - before) / given.edits, (process_time() - begin) / given.edits]
        for what, taken in (("headline of the last", last), ("headline of each", every), ("all pages", whole)):
            print(
                f"{given.viewers} viewers, {what}: median {median(taken) * 1e3:.0f} ms, 95th percentile "
                f"{p95(taken) * 1e3:.0f} ms: {median(taken) / own:.1f} and {p95(taken) / own:.1f} own runs"
            )
        print(f"processor an edit: server {each[0] * 1e3:.0f} ms, clients {each[1] * 1e3:.0f} ms")
        state = workspace.open(key)
        lost = sum(page.people != state.scenario.company.employees for page in crowd)
        recorded = len(workspace.events(state)) - number
        print(f"viewers without the last headline: {lost}; edits: {given.edits}, in the record: {recorded}")
        await closed([editor, *crowd])


async def watched_edits(
    editor: LivePage, crowd: list[LivePage], times: int, first: int
) -> tuple[list[float], list[float], list[float]]:
    """Edit again and again; return the seconds to the last viewer's headline, to each one's, and to all pages."""
    last, every, whole = [], [], []
    for people in range(first, first + times):
        begin = perf_counter()
        await editor.move(people)
        arrived = await asyncio.gather(*(page.shows(people) for page in crowd))
        await editor.drawn()
        last.append(max(arrived) - begin)
        every += [at - begin for at in arrived]
        await asyncio.gather(*(page.drawn() for page in crowd))
        whole.append(perf_counter() - begin)
    return last, every, whole


async def idle(given: argparse.Namespace) -> None:
    """Measure pages while nothing happens: live ones, then plain ones."""
    with (
        TemporaryDirectory() as name,
        session(Path(name)) as (key, tokens, workspace),
        dashboard(Path(name)) as (address, server),
    ):
        first = await edited_by(address, key)
        before = server.memory_info().rss
        crowd = await watched(address, workspace, tokens[Role.VIEWER], given.idle_pages)
        await rest("live", server, before, given)
        await closed([first, *crowd])
    widgets = '{"slider": 7, "text_input": 7, "selectbox": 2, "segmented_control": 1, "date_input": 1, "expander": 4}'
    settings = {"BARE_PAGE_WIDGETS": widgets, "ZT_PLANNER_TODAY": TODAY}
    with served_by(ROOT / "benchmarks" / "bare_page.py", settings) as (address, process):
        first, server = LivePage(address, ""), psutil.Process(process)
        await first.open(hears=False)
        before = server.memory_info().rss
        crowd = [LivePage(address, "") for _ in range(given.idle_pages)]
        await opened(crowd, hears=False)
        await rest("plain", server, before, given)
        await closed([first, *crowd])


async def rest(what: str, server: psutil.Process, before: int, given: argparse.Namespace) -> None:
    """Print what a server takes while nothing happens."""
    used, begin = spent([server]), perf_counter()
    await asyncio.sleep(given.idle_seconds)
    share = (spent([server]) - used) / (perf_counter() - begin)
    memory = (server.memory_info().rss - before) / given.idle_pages
    print(f"{given.idle_pages} {what} pages: {share:.1%} of a core while idle, {memory / 1e6:.2f} MB a page")


async def processes(given: argparse.Namespace) -> None:
    """Measure how many edits a second one process does, and two."""
    postgres = new_postgres()
    rates = [await rate_of(number, postgres, given) for number in (1, 2)]
    print(f"two processes / one: {rates[1] / rates[0]:.2f}")


async def rate_of(number: int, postgres: Postgres, given: argparse.Namespace) -> float:
    """Return the edits a second of so many processes on a database, all pages editing without a rest."""
    with deployed(number, postgres) as (addresses, servers, workspace):
        pages = [await edited_by(addresses[index % number], begun(workspace)) for index in range(given.editors)]
        for page in pages:
            await own_runs(page, 3, 140)
        before, begin = (spent(servers), process_time()), perf_counter()
        runs = await asyncio.gather(*(edits_until(page, begin + given.seconds) for page in pages))
        seconds, done = perf_counter() - begin, sum(map(len, runs))
        after = spent(servers), process_time()
        shares = [(end - start) / seconds for start, end in zip(before, after, strict=True)]
        print(
            f"{number} of the server, {given.editors} pages: {done / seconds:.1f} edits a second; "
            f"servers {shares[0]:.0%}, clients {shares[1]:.0%} of a core"
        )
        await closed(pages)
    return done / seconds


async def edits_until(page: LivePage, end: float) -> list[float]:
    """Edit without a rest until a moment; return what each edit took."""
    taken: list[float] = []
    people = 150
    while perf_counter() < end:
        people = 150 if people == LAST_PEOPLE else people + 1
        taken.append(await page.edit(people))
    return taken


async def sessions(given: argparse.Namespace) -> None:
    """Measure an edit in one of many sessions, and in a lone one, on one process and on two."""
    postgres = new_postgres()
    for number in (1, 2):
        with deployed(number, postgres) as (addresses, servers, workspace):
            await in_sessions(addresses, servers, workspace, given)


async def in_sessions(
    addresses: list[str], servers: list[psutil.Process], workspace: Workspace, given: argparse.Namespace
) -> None:
    """Measure an edit in one of many sessions, and in a lone one; the people of each are spread over the processes."""
    met: list[list[LivePage]] = []
    taken: list[list[float]] = []
    for number, pause in ((1, given.pause / 10), (given.sessions, given.pause)):
        while len(met) < number:
            met.append(await meeting(addresses, len(met), workspace))
        before, begin = (spent(servers), process_time()), perf_counter()
        times = [now_and_then(each[0], begin + given.seconds, pause) for each in met]
        taken.append([seconds for each in await asyncio.gather(*times) for seconds in each])
        seconds = perf_counter() - begin
        shares = (spent(servers) - before[0]) / seconds, (process_time() - before[1]) / seconds
        await asyncio.sleep(given.pause)
        print(
            f"{len(addresses)} of the server, {number} of four, an edit every {pause:g} s in each: {len(taken[-1])} "
            f"edits, median {median(taken[-1]) * 1e3:.0f} ms, 95th percentile {p95(taken[-1]) * 1e3:.0f} ms; "
            f"servers {shares[0]:.0%}, clients {shares[1]:.0%} of a core"
        )
    lost = sum(page.people != editor.people for editor, *others in met for page in others)
    print(f"viewers without the last headline: {lost}")
    print(f"95th percentile / that of a lone session: {p95(taken[1]) / p95(taken[0]):.2f}")
    await closed([page for each in met for page in each])


async def meeting(addresses: list[str], number: int, workspace: Workspace) -> list[LivePage]:
    """Open the pages of an editor and three viewers in a session of their own, at one process after the other."""
    key = begun(workspace)
    token = workspace.people.renew_link(workspace.open(key), Role.VIEWER)
    places = [addresses[(number + person) % len(addresses)] for person in range(4)]
    editor = await edited_by(places[0], key)
    await own_runs(editor, 3, 140)
    return [editor, *[page for place in places[1:] for page in await watched(place, workspace, token, 1)]]


async def now_and_then(page: LivePage, end: float, pause: float) -> list[float]:
    """Edit until a moment, with pauses of random length; return what each edit took."""
    taken: list[float] = []
    chance = random.Random(page.cookie)  # noqa: S311 - not a secret: when somebody moves a slider
    while perf_counter() < end:
        await asyncio.sleep(chance.uniform(0, 2 * pause))
        taken.append(await page.edit(another_number(page, chance)))
    return taken


def another_number(page: LivePage, chance: random.Random) -> int:
    """Return a number of people that the page does not show."""
    return chance.choice([each for each in range(150, LAST_PEOPLE) if each != page.people])


async def start(given: argparse.Namespace) -> None:
    """Measure from starting a server until its first page is drawn, the dashboard and hello in turn."""
    taken: dict[Path, list[tuple[float, float, float]]] = {ROOT / "app.py": [], HELLO: []}
    for script in [*taken] * given.starts:
        with TemporaryDirectory() as name:
            begin = perf_counter()
            with dashboard(Path(name), script) as (address, server):
                page = LivePage(address, "")
                await page.open(hears=False)
                taken[script].append((perf_counter() - begin, spent([server]), server.memory_info().rss / 1e6))
                await page.close()
    sizes = zip(*(map(median, zip(*each, strict=True)) for each in taken.values()), strict=True)
    for what, unit, (own, hello) in zip(("time", "processor", "memory"), ("s", "s", "MB"), sizes, strict=True):
        print(f"start to the first page, {what}: dashboard {own:.2f} {unit}, hello {hello:.2f}: {own / hello:.2f}")


async def memory(given: argparse.Namespace) -> None:
    """Measure a server's memory while one page edits."""
    with (
        TemporaryDirectory() as name,
        session(Path(name)) as (key, _, _workspace),
        dashboard(Path(name)) as (address, server),
    ):
        page, sizes = await edited_by(address, key), []
        for number in range(given.memory_edits):
            people = 150 + number % (LAST_PEOPLE - 150)
            await page.edit(people)
            if (number + 1) % (given.memory_edits // 10) == 0:
                sizes.append(server.memory_info().rss / 1e6)
        print(f"MB at each tenth of {given.memory_edits} edits: {', '.join(f'{size:.0f}' for size in sizes)}")
        print(f"memory at the end / after the first tenth: {sizes[-1] / sizes[0]:.2f}")
        await page.close()


PARTS = {part.__name__: part for part in (viewers, idle, processes, sessions, start, downloads, memory)}


def asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = [name for name in PARTS if name != "memory"]
    parser.add_argument("parts", nargs="*", choices=PARTS, default=usual, metavar="part")
    parser.add_argument("--viewers", type=int, default=25)
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--idle-pages", type=int, default=100)
    parser.add_argument("--idle-seconds", type=float, default=20)
    parser.add_argument("--editors", type=int, default=8, help="pages that edit without a rest")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60, help="of edits without a rest, and in sessions")
    parser.add_argument("--pause", type=float, default=5, help="seconds between two edits of a session, on average")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--line", type=float, default=0.1, help="seconds each way to whoever is far away")
    parser.add_argument("--rest", type=float, default=120, help="seconds from the last file to the last look")
    parser.add_argument("--memory-edits", type=int, default=10_000)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    given = asked()
    for name in given.parts:
        print(f"\n{name}")
        asyncio.run(PARTS[name](given))


if __name__ == "__main__":
    main()
