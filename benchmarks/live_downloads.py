"""Files that pages offer, as `live.py downloads` measures them: how many arrive, and what the server keeps of them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.live_client import LivePage, opened
from benchmarks.live_servers import STORE, begun, dashboard, session, workspace_on
from benchmarks.served import LOOPBACK
from zt_planner.domain.session import Role
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace.keys import HOME_COOKIE, Browser, Key, Token, new_key

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    import psutil

    from zt_planner.workspace import Workspace

SHARE, FORMATS = "share", "formats"
ONE, ALL = "Workbook (Excel)", "Download all"
MEGABYTE = 1_000_000


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Carry what comes, each part so many seconds later, until it ends."""
    loop = asyncio.get_running_loop()
    while content := await reader.read(65536):
        loop.call_later(seconds, writer.write, content)
    loop.call_later(seconds, writer.close)


@asynccontextmanager
async def far_away(address: str, seconds: float) -> AsyncIterator[str]:
    """Give an address at which a server is reached over a line that takes so many seconds each way."""
    parts = urlsplit(address)

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            back, to = await asyncio.open_connection(parts.hostname, parts.port)
            await asyncio.gather(carry(reader, to, seconds), carry(back, writer, seconds))

    async with await asyncio.start_server(lead, LOOPBACK, 0) as line:
        yield f"http://{LOOPBACK}:{line.sockets[0].getsockname()[1]}"


async def edit_on(page: LivePage, first: int) -> None:
    """Edit once a second until it is ended."""
    people = first
    while True:
        people = first if people > first + 40 else people + 1
        await asyncio.gather(page.move(people), asyncio.sleep(1))


async def arrived(page: LivePage, times: int, seconds: float) -> int:
    """Press for a file again and again, and fetch it so many seconds later; return how many arrive."""
    count = 0
    for _ in range(times):
        with suppress(OSError):
            address = await page.press_download(ONE)
            await asyncio.sleep(seconds)
            count += bool(await page.fetch(address))
    return count


async def seat(address: str, workspace: Workspace, token: Token, path: str = "") -> LivePage:
    """Return the page of somebody who has joined."""
    browser = Browser(new_key())
    taken = workspace.people.join(token, holder=browser)
    assert taken is not None
    _, found = taken
    return LivePage(address, f"{HOME_COOKIE}={browser.root}", found.participant.id, path, FORMATS)


async def beside_editors(given: argparse.Namespace) -> None:
    """Count the files that arrive at somebody far away while six others edit once a second."""
    with (
        TemporaryDirectory() as name,
        session(Path(name)) as (_, tokens, workspace),
        dashboard(Path(name)) as (address, _),
    ):
        async with far_away(address, given.line) as line:
            editors = [await seat(address, workspace, tokens[Role.EDITOR]) for _ in range(6)]
            reader = await seat(line, workspace, tokens[Role.VIEWER], SHARE)
            await opened([*editors, reader])
            working = [asyncio.create_task(edit_on(page, 150 + 50 * place)) for place, page in enumerate(editors)]
            for seconds, times in ((0, 15), (1, 40)):
                count, runs = await arrived(reader, times, seconds), reader.runs
                print(
                    f"{given.line:g} s each way, six others edit once a second, fetched {seconds} s after the press: "
                    f"{count} of {times} arrive (the page has run {runs} times)"
                )
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
            for page in (*editors, reader):
                await page.close()


def held(server: psutil.Process) -> float:
    """Return the megabytes that a server holds, with its own processes."""
    return sum(int(process.memory_info().rss) for process in (server, *server.children(recursive=True))) / MEGABYTE


async def packs(page: LivePage, times: int) -> None:
    """Open a page, press for all files again and again, and close it."""
    await page.open(hears=False)
    for _ in range(times):
        await page.fetch(await page.press_download(ALL))
    await page.close()


async def kept(what: str, seats: int, times: int, given: argparse.Namespace) -> None:
    """Print what a server holds before, after, and two minutes after seats have pressed for all files."""
    with TemporaryDirectory() as name, dashboard(Path(name)) as (address, server):
        workspace = workspace_on(SessionStore.in_file(Path(name) / STORE))
        keys: list[Key] = [begun(workspace) for _ in range(seats + 1)]
        pages = [LivePage(address, f"{HOME_COOKIE}={key}", path=SHARE, unfolded=FORMATS) for key in keys]
        await packs(pages.pop(), 1)  # what is loaded when files are made for the first time stays
        before, begin = held(server), perf_counter()
        for page in pages:
            await packs(page, times)
        after, seconds = held(server), perf_counter() - begin
        await asyncio.sleep(given.rest)
        print(
            f"{what}, {seconds:.0f} s: {before:.0f} MB before, {after - before:+.0f} MB after the last, "
            f"{held(server) - before:+.0f} MB {given.rest:g} s later"
        )


async def downloads(given: argparse.Namespace) -> None:
    """Measure how many files arrive, and what the server keeps of them."""
    await beside_editors(given)
    await kept("60 presses for all files by one seat", 1, 60, given)
    await kept("three by each of 20 seats", 20, 3, given)
