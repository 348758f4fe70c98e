"""The stream of news: what a page is told, when, and what it is never told."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette

from tests.builders import day_rate, row_values
from tests.signed_in import account, cookies_of, with_provider
from tests.unit.server.asgi import ask, finished
from tests.unit.server.house import PEOPLE, House
from zt_planner.domain.scenario.declared import RATE_FIELDS
from zt_planner.domain.scenario.fields import NOTES
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.session import Role
from zt_planner.language import language_for
from zt_planner.server.live import stream
from zt_planner.server.live.hub import Hub
from zt_planner.topics.inputs.fields import field_label
from zt_planner.workspace.keys import HOME_COOKIE, ME, Browser, Key, hash_of, new_key

ENGLISH = language_for("en")
SECONDS = 20
"""What a message may take on the slowest machine; nothing waits for it."""
MOMENT = 0.01
APP = Starlette(routes=list(stream.ROUTES))
BEAT = "event: beat\ndata: 1\n\n"


class Page:
    """The reader of a stream."""

    def __init__(self, hub: Hub, house: House, key: Key) -> None:
        """Open a page for a participant."""
        self.lines = stream.messages(hub, house.seat(key), hash_of(key), ENGLISH)
        self.latest: dict[str, Any] = {}

    async def line(self) -> str:
        """Return the next line, a beat or a message."""
        return await asyncio.wait_for(anext(self.lines), SECONDS)

    async def told(self) -> dict[str, Any]:
        """Return the next message."""
        while (line := await self.line()) == BEAT:
            pass
        assert line.startswith("data: ")
        self.latest = json.loads(line.removeprefix("data: "))
        return self.latest

    async def told_until(self, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Return the latest message, or the first after it, for which something holds."""
        while not holds(self.latest):
            await self.told()
        return self.latest

    async def quiet(self) -> None:
        """Hear everything that is to be told by now."""
        while await self.line() != BEAT:
            pass


@asynccontextmanager
async def opened(house: House, *keys: Key) -> AsyncIterator[list[Page]]:
    """Have a page open for each key, each told once."""
    hub = Hub(house.store)
    pages = [Page(hub, house, key) for key in keys]
    for page in pages:
        await page.told()
    for page in pages:
        await page.told_until(lambda said: len(said["people"]) == len(set(keys)))
    try:
        yield pages
    finally:
        for page in pages:
            await page.lines.aclose()


async def in_thread(do: Callable[[], object]) -> None:
    """Do something where the script does it: in another thread."""
    await asyncio.to_thread(do)


def test_a_page_is_told_at_once_how_the_session_stands(house: House) -> None:
    async def test() -> None:
        hub = Hub(house.store)
        page = Page(hub, house, house.key)
        said = await page.told()
        assert said["number"] == 1
        assert said["stamp"] == house.seat(house.key).stamp
        assert said["process"] == hub.process
        assert said["ended"] is False
        assert [(person["is_me"], person["touched"]) for person in said["people"]] == [(True, "People")]
        await page.lines.aclose()

    finished(test())


def test_every_page_is_told_of_a_change_and_whose_page_it_came_from(house: House) -> None:
    viewer, _ = house.joined(Role.VIEWER)

    async def test() -> None:
        async with opened(house, house.key, viewer) as pages:
            await in_thread(lambda: house.change(house.owner, 170))
            for page in pages:
                said = await page.told_until(lambda said: said["number"] == 2)
                assert said["origin"] == house.owner.origin

    house.owner = house.workspace.open(house.key, house.owner)
    object.__setattr__(house.owner, "origin", "a-page")
    finished(test())


def test_a_page_is_told_of_another_role_rule_or_name_by_another_stamp(house: House) -> None:
    viewer, seat = house.joined(Role.VIEWER)
    people = house.workspace.people

    async def test() -> None:
        async with opened(house, viewer) as (page,):
            stamps = {seat.stamp}
            for change in (
                lambda: people.set_role(house.owner, seat.participant.id, Role.EDITOR),
                lambda: people.set_rules(house.owner, is_locked=True),
                lambda: people.rename(house.state(viewer), "Ada"),
            ):
                await in_thread(change)
                stamps.add((await page.told_until(lambda said: said["stamp"] not in stamps))["stamp"])
            assert len(stamps) == 4

    finished(test())


@pytest.mark.parametrize("how", ["removed", "renewed", "deleted"])
def test_the_stream_ends_with_the_seat(house: House, how: str) -> None:
    viewer, seat = house.joined(Role.VIEWER)
    people = house.workspace.people
    end = {
        "removed": lambda: people.remove(house.owner, seat.participant.id),
        "renewed": lambda: house.link(Role.VIEWER),
        "deleted": lambda: people.delete(house.owner),
    }[how]

    async def test() -> None:
        async with opened(house, viewer) as (page,):
            await in_thread(end)
            assert await page.told_until(lambda said: said["ended"]) == {"ended": True}
            with pytest.raises(StopAsyncIteration):
                await page.line()

    finished(test())


def test_a_store_that_is_away_is_said_so_and_tried_until_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SECONDS_UNTIL_TRIED_AGAIN", MOMENT)

    async def test() -> None:
        async with opened(house, house.key) as (page,):
            await in_thread(lambda: house.change(house.owner, 170))
            house.store.database.is_broken = True
            assert await page.told_until(lambda said: "trouble" in said) == {"ended": False, "trouble": True}
            assert (await page.told())["trouble"] is True
            house.store.database.is_broken = False
            assert (await page.told_until(lambda said: "trouble" not in said))["number"] == 2

    finished(test())


@pytest.mark.extended
def test_a_slow_reader_gets_only_the_latest(house: House) -> None:
    async def test() -> None:
        async with opened(house, house.key) as (page,):

            def change() -> None:
                state = house.owner
                for people in range(200, 220):
                    state = house.change(state, people)

            await in_thread(change)
            assert (await page.told())["number"] == 21

    finished(test())


def test_while_nothing_happens_nothing_is_read_and_a_beat_is_sent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        async with opened(house, house.key) as (page,):
            monkeypatch.setattr(stream, "SECONDS_BETWEEN_BEATS", MOMENT)
            await page.quiet()
            reads = house.seats.reads
            house.store.database.is_broken = True  # whoever asked it now would be told of trouble
            assert [await page.line() for _ in range(3)] == [BEAT] * 3
            assert house.seats.reads == reads

    finished(test())


def test_many_pages_of_a_session_have_it_read_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, _ = house.joined(Role.VIEWER)

    async def test() -> None:
        async with opened(house, *[viewer] * 10) as pages:
            monkeypatch.setattr(stream, "SECONDS_BETWEEN_BEATS", MOMENT)
            for page in pages:
                await page.quiet()
            reads = house.seats.reads
            await in_thread(lambda: house.change(house.owner, 170))
            await asyncio.gather(*(page.told_until(lambda said: said["number"] == 2) for page in pages))
            assert house.seats.reads == reads + 1

    finished(test())


def test_when_the_server_stops_the_streams_end(house: House) -> None:
    async def test() -> None:
        hub = Hub(house.store)
        page = Page(hub, house, house.key)
        await page.told()
        await in_thread(hub.close)
        with pytest.raises(StopAsyncIteration):
            await page.line()
        assert not hub.has_room_for(house.seat(house.key).participant)

    finished(test())


# What nobody is told


def test_a_message_holds_nothing_of_the_plan(house: House) -> None:
    async def test() -> None:
        async with opened(house, house.key) as (page,):
            await in_thread(lambda: house.change(house.owner, 4321))
            said = await page.told_until(lambda said: said["number"] == 2)
            assert set(said) == {"ended", "process", "number", "origin", "stamp", "people"}
            assert set(said["people"][0]) == {"id", "name", "colour", "is_me", "touched"}
            assert not re.search(r"\b4321\b", json.dumps(said))  # a process may have these digits in its name
            assert house.owner.key not in json.dumps(said)

    finished(test())


CONSULTANT = "status.bookings.2027-02/consultant/"
HIDDEN = {
    NOTES: "private",
    "labour.internal_day_cost": 712,
    "labour.external_day_rate": 1312,
    "finance.monthly_cap": 50_000,
    "finance.contingency": 0.2,
    **{f"prices.overrides.{price_id}": 1412 for price_id in sorted(DAY_RATES)},
    **{f"prices.rows.{rate}": [row_values(day_rate(rate, 1412))] for rate in sorted(DAY_RATES)},
    **{f"uncertainty.price_ranges.{rate}": [0.5, 3] for rate in sorted(DAY_RATES)},
    CONSULTANT: "1312.00",
}


@pytest.mark.parametrize("path", HIDDEN)
def test_a_viewer_is_not_told_of_a_change_of_a_hidden_field(house: House, path: str) -> None:
    viewer, _ = house.joined(Role.VIEWER)
    house.workspace.people.set_rules(house.owner, hides_rates=True, hides_notes=True)
    assert set(HIDDEN) == RATE_FIELDS | {NOTES, CONSULTANT}

    async def test() -> None:
        async with opened(house, house.key, viewer) as (owner, page):
            before = await page.told_until(lambda said: len(said["people"]) == 2)
            await in_thread(lambda: house.workspace.change(house.owner, {path: HIDDEN[path]}))
            said = await owner.told_until(lambda said: said["number"] == 2)
            assert ENGLISH.write(field_label(path)) in [person["touched"] for person in said["people"]]
            await in_thread(lambda: house.change(house.owner, 170))
            assert (await page.told_until(lambda said: said != before))["number"] == 2

    finished(test())


def test_a_viewer_is_told_the_name_of_any_other_field(house: House) -> None:
    viewer, _ = house.joined(Role.VIEWER)
    house.workspace.people.set_rules(house.owner, hides_rates=True)

    async def test() -> None:
        async with opened(house, viewer, house.key) as (page, _):
            said = await page.told_until(lambda said: len(said["people"]) == 2)
            assert {person["touched"] for person in said["people"]} == {ENGLISH.write(field_label(PEOPLE)), ""}

    finished(test())


def test_a_task_of_the_session_s_own_is_told_by_its_name(house: House) -> None:
    audit = {"step": "5", "name": "Audit of the cellar", "effort_days": 3, "after": ["tuning"]}
    house.owner = house.workspace.change(house.owner, {"tasks.own.audit": audit})

    async def test() -> None:
        page = Page(Hub(house.store), house, house.key)
        assert "Audit of the cellar" in (await page.told())["people"][0]["touched"]
        await page.lines.aclose()

    finished(test())


# Who gets a stream


@pytest.mark.usefixtures("hub")
def test_without_a_seat_there_is_no_stream(house: House) -> None:
    browser = Browser(new_key())
    me = house.joined(Role.VIEWER, holder=browser)[1].participant.id
    unknown = ask(APP, "/live")
    assert unknown.status == 403
    assert ask(APP, f"/live?{ME}={me}") == unknown
    assert ask(APP, f"/live?{ME}={me}", cookies={HOME_COOKIE: "no key"}) == unknown
    assert ask(APP, f"/live?{ME}={me}", cookies={HOME_COOKIE: new_key()}) == unknown
    house.workspace.people.remove(house.owner, me)
    assert ask(APP, f"/live?{ME}={me}", cookies={HOME_COOKIE: browser.root}) == unknown


@pytest.mark.usefixtures("hub")
def test_a_store_that_is_away_gives_no_stream(house: House) -> None:
    house.store.database.is_broken = True
    assert ask(APP, "/live", cookies={HOME_COOKIE: house.key}).status == 503


def test_who_has_signed_in_hears_of_their_session_and_nobody_else_does(
    house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_provider(monkeypatch)
    joined = house.workspace.people.join(house.link(Role.EDITOR), holder=account("Anna"))
    assert joined is not None
    address = f"/live?{ME}={joined[1].participant.id}"
    hub.close()  # a stream of its own ends at once, by 503; who has no seat is told so before
    assert [ask(APP, address, cookies=cookies).status for cookies in (cookies_of("Anna"), cookies_of("Ben"), {})] == [
        503,
        403,
        403,
    ]
