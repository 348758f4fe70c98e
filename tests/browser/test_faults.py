"""A server that is told to stop, a proxy that starts again, and two servers on one database that come and go."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party, expect_badge
from tests.browser.site import Server, Visit
from tests.postgres import Postgres
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role
from zt_planner.settings import variable

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
SECONDS_TO_STOP = 5


@pytest.fixture
def party(mortal: Server, visit: Open, price_book: PriceBook, phase_model: PhaseModel, today: date) -> Iterator[Party]:
    """Return a session on a server that may be killed."""
    found = Party(visit(mortal), price_book, phase_model, today)
    yield found
    found.close()


def test_a_server_with_open_pages_stops_when_it_is_told_to(party: Party, mortal: Server) -> None:
    expect_badge(party.owner, "Live")
    assert mortal.process is not None
    mortal.process.send_signal(signal.SIGTERM)
    mortal.process.wait(timeout=SECONDS_TO_STOP)
    expect_badge(party.owner, "Reconnecting…")
    mortal.start()
    expect_badge(party.owner, "Live")


# Two processes on one database


@pytest.fixture
def two(serve: Callable[[], Server], postgres: Postgres) -> Iterator[tuple[Server, Server]]:
    """Return two running servers on one PostgreSQL, each of which a test may kill."""
    url = postgres.new_database()
    servers = (serve(), serve())
    for server in servers:
        server.settings[variable("database_url")] = url
        server.start()
    yield servers
    for server in servers:
        server.stop()


def test_a_change_crosses_and_who_loses_a_process_goes_on_at_the_other(
    two: tuple[Server, Server], visit: Open, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    first, second = two
    party = Party(visit(first), price_book, phase_model, today)
    guest = party.joins(visit(second), Role.EDITOR, second)
    guest.says("Zero Trust for 150 people")
    party.owner.set("People, as a number", 160)
    guest.says("Zero Trust for 160 people")
    guest.set("Finish in months, as a number", 7)
    party.owner.receives("Finish in months, as a number", 7)
    second.stop(signal.SIGKILL)
    party.owner.set("People, as a number", 170)
    party.owner.says("Zero Trust for 170 people")
    where = guest.page.url.removeprefix(second.address)
    guest.page.goto(f"{first.address}{where}")  # the same cookies: they belong to the host
    guest.settled().says("Zero Trust for 170 people")
    guest.receives("Finish in months, as a number", 7)
    guest.set("People, as a number", 180)
    party.owner.says("Zero Trust for 180 people")
    party.close()


# Behind a proxy


class Proxy(Server):
    """The small proxy of these tests: one address for several servers."""

    def __init__(self, folder: Path, today: date, servers: tuple[Server, ...]) -> None:
        """Choose a port; nothing runs yet."""
        super().__init__(folder, today)
        self.settings, self.servers = servers[0].settings, servers

    def command(self) -> list[str]:
        """Return the module that leads to the servers, and its arguments."""
        return ["tests.browser.proxy", *(str(one.port) for one in (self, *self.servers))]


@pytest.fixture
def proxy(two: tuple[Server, Server], tmp_path: Path, today: date) -> Iterator[Proxy]:
    """Return a running proxy before the two."""
    found = Proxy(tmp_path, today, two)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def behind(proxy: Proxy, visit: Open, price_book: PriceBook, phase_model: PhaseModel, today: date) -> Iterator[Party]:
    """Return a session whose owner comes through the proxy."""
    found = Party(visit(proxy), price_book, phase_model, today)
    yield found
    found.close()


def people_set(party: Party) -> list[object]:
    """Return how many people each change has set, in order."""
    return [event.changes[0].after for event in party.workspace.events(party.state)]


def test_a_proxy_that_starts_again_loses_nothing_and_nobody_loads_a_page(
    behind: Party, proxy: Proxy, visit: Open
) -> None:
    owner, guest = behind.owner, behind.joins(visit(proxy), Role.EDITOR)
    for people in (160, 170):
        proxy.stop(signal.SIGKILL)
        for seen in (owner, guest):
            expect_badge(seen, "Reconnecting…")
        proxy.start()
        for seen in (owner, guest):
            expect_badge(seen, "Live")
        guest.set("People, as a number", people)
        owner.says(f"Zero Trust for {people} people")
        owner.receives("People, as a number", people)
        owner.set("People, as a number", people + 1)
        guest.says(f"Zero Trust for {people + 1} people")
    assert people_set(behind) == [150, 160, 161, 170, 171]


def set_people(seen: Visit, people: int) -> None:
    """Set how many people there are, as somebody who looks: what was typed while the page was away is typed again."""
    for _ in range(5):
        expect_badge(seen, "Live")
        seen.set("People, as a number", people)
        with suppress(AssertionError):
            expect(seen.headline).to_contain_text(f"Zero Trust for {people} people", timeout=5000)
            return
    pytest.fail(f"{people} people were set five times")


def test_servers_are_replaced_one_after_the_other_under_edits_and_no_edit_that_was_shown_is_lost(
    behind: Party, proxy: Proxy, visit: Open
) -> None:
    owner, guest = behind.owner, behind.joins(visit(proxy), Role.EDITOR)
    for seen in (owner, guest):
        seen.page.evaluate("() => { window.isTheSame = true; }")

    def replace_all() -> None:
        for server in proxy.servers:
            server.stop()
            server.start()

    people = 150
    with ThreadPoolExecutor() as threads:
        replaced = threads.submit(replace_all)
        while not replaced.done():
            people += 1
            editor, other = (owner, guest) if people % 2 else (guest, owner)
            set_people(editor, people)
            other.says(f"Zero Trust for {people} people")
        replaced.result()
    assert people_set(behind) == list(range(150, people + 1))
    for seen in (owner, guest):
        expect_badge(seen, "Live")
        assert seen.page.evaluate("() => window.isTheSame")
        assert not seen.troubles
