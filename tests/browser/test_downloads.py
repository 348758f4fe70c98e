"""Files of a real server: whatever others do meanwhile, and from whichever process, a press gives the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from benchmarks.live_client import LivePage
from tests.browser.site import Server
from tests.postgres import Postgres
from tests.unit.server.asgi import finished
from zt_planner.settings import variable
from zt_planner.ui.addresses import FILES
from zt_planner.workspace.keys import HOME_COOKIE, new_key

WORKBOOK, ALL = "Workbook (Excel)", "Download all"
ZIP = b"PK"


def page_at(server: Server, path: str = "", unfolded: str = "") -> LivePage:
    """Return a page of somebody who has just come."""
    return LivePage(server.address, f"{HOME_COOKIE}={new_key()}", path=path, unfolded=unfolded)


async def after_others_have_edited(server: Server, label: str) -> list[bytes]:
    """Press for a file on a page that was drawn before another one edits, fetch it after more edits, and again."""
    page, other = page_at(server, "share", "formats"), page_at(server)
    await other.open(hears=False)
    await page.open(hears=False)
    for people in (150, 151):
        await other.edit(people)
    address = await page.press_download(label)
    for people in (160, 161):
        await other.edit(people)
    found = [await page.fetch(address) for _ in range(2)]
    await page.close()
    await other.edit(170)
    found.append(await page.fetch(address))
    await other.close()
    return found


@pytest.mark.parametrize("label", [WORKBOOK, pytest.param(ALL, marks=pytest.mark.extended)])
def test_a_file_is_there_however_often_other_pages_run_and_after_its_own_is_closed(server: Server, label: str) -> None:
    one, *others = finished(after_others_have_edited(server, label))
    assert one.startswith(ZIP)
    assert others == [one, one]


@pytest.fixture
def two(serve: Callable[[], Server], postgres: Postgres) -> Iterator[tuple[Server, Server]]:
    """Return two processes on one database and one folder for downloads, as compose starts them."""
    servers = (serve(), serve())
    shared = {variable("database_url"): postgres.new_database(), variable("downloads"): str(servers[0].folder / "all")}
    for server in servers:
        server.settings |= shared
        server.start()
    yield servers
    for server in servers:
        server.stop()


async def address_of(server: Server) -> str:
    """Press for a file and return its path."""
    page = page_at(server, "share", "formats")
    await page.open(hears=False)
    address = await page.press_download(WORKBOOK)
    await page.close()
    return address.removeprefix(server.address)


@pytest.mark.extended
def test_a_file_of_one_process_is_there_at_the_other_even_once_the_first_has_ended(two: tuple[Server, Server]) -> None:
    one, other = two
    path = finished(address_of(one))
    assert path.startswith(FILES)
    contents = {finished(page_at(server).fetch(f"{server.address}{path}")) for server in two}
    one.stop()
    contents.add(finished(page_at(other).fetch(f"{other.address}{path}")))
    assert [content[:2] for content in contents] == [ZIP]
    one.start()
