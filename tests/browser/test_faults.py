"""A server that is told to stop, and two on one database of which one is killed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party, expect_badge
from tests.browser.site import Server, Visit
from zt_planner.bootstrap import DATABASE_URL
from zt_planner.domain.session import Role

if TYPE_CHECKING:
    from datetime import date

    from tests.postgres import Postgres
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

pytestmark = [pytest.mark.browser, pytest.mark.extended]

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
        server.settings[DATABASE_URL] = url
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
    expect(party.owner.number("Finish in months, as a number")).to_have_value("7")
    second.stop(signal.SIGKILL)
    party.owner.set("People, as a number", 170)
    party.owner.says("Zero Trust for 170 people")
    where = guest.page.url.removeprefix(second.address)
    guest.page.goto(f"{first.address}{where}")  # the same cookies: they belong to the host
    guest.settled().says("Zero Trust for 170 people")
    expect(guest.number("Finish in months, as a number")).to_have_value("7")
    guest.set("People, as a number", 180)
    party.owner.says("Zero Trust for 180 people")
    party.close()
