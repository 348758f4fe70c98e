"""How many streams of news may be open: for a participant, and for all of a role in a session."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.unit.server.asgi import ask, finished
from tests.unit.server.house import House
from tests.unit.server.live.test_stream import APP, Page
from zt_planner.domain.session import Role
from zt_planner.server.live import hub as hubs
from zt_planner.server.live.hub import Hub
from zt_planner.workspace.keys import HOME_COOKIE, hash_of


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("bound", ["MOST_PAGES_OF_A_ROLE", "MOST_PAGES_OF_A_PARTICIPANT"])
def test_no_more_pages_than_the_bounds_allow(house: House, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(hubs, bound, 0)
    assert ask(APP, "/live", cookies={HOME_COOKIE: house.key}).status == 503


def test_one_participant_cannot_keep_the_others_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, seat = house.joined(Role.VIEWER)
    monkeypatch.setattr(hubs, "MOST_PAGES_OF_A_PARTICIPANT", 2)

    async def test() -> None:
        hub = Hub(house.store)
        pages = [Page(hub, house, viewer) for _ in range(2)]
        await asyncio.gather(*(page.told() for page in pages))
        owner = house.seat(house.key).participant
        assert (hub.has_room_for(seat.participant), hub.has_room_for(owner)) == (False, True)
        await asyncio.gather(*(page.lines.aclose() for page in pages))
        assert hub.has_room_for(seat.participant)

    finished(test())


@pytest.mark.extended
def test_a_viewers_link_that_is_passed_on_keeps_neither_owner_nor_editors_out(house: House) -> None:
    link = house.link(Role.VIEWER)
    _, editor = house.joined(Role.EDITOR)

    async def test() -> None:
        hub = Hub(house.store)
        places, crowd = [], [house.workspace.people.join(link) for _ in range(26)]
        async with AsyncExitStack() as pages:
            for key, seat in filter(None, crowd):
                for _ in range(hubs.MOST_PAGES_OF_A_PARTICIPANT):
                    places.append(hub.has_room_for(seat.participant))
                    if places[-1]:
                        await pages.enter_async_context(hub.page(seat, hash_of(key)))
            assert (sum(places), len(places)) == (hubs.MOST_PAGES_OF_A_ROLE, 26 * hubs.MOST_PAGES_OF_A_PARTICIPANT)
            assert hub.has_room_for(house.seat(house.key).participant)
            assert hub.has_room_for(editor.participant)

    finished(test())


def test_of_many_streams_that_are_asked_for_at_once_so_many_open_as_there_are_places(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "MOST_PAGES_OF_A_PARTICIPANT", 2)

    async def test() -> None:
        hub = Hub(house.store)
        pages = [Page(hub, house, house.key) for _ in range(5)]  # all were let in, and none is open yet
        told = [await anext(page.lines, "") for page in pages]
        assert [bool(line) for line in told] == [True, True, False, False, False]
        for page in pages:
            await page.lines.aclose()

    finished(test())
