"""The open pages of a process: what it says about who is here, and what it forgets."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.unit.server.asgi import finished
from tests.unit.server.house import House
from zt_planner import server
from zt_planner.domain.session import ParticipantId, PresentedPage, Role, Seat, SessionId
from zt_planner.errors import StoreError
from zt_planner.server import background
from zt_planner.server.live import hub as module
from zt_planner.server.live import stream
from zt_planner.server.live.hub import Hub, Room
from zt_planner.store.news.news import News
from zt_planner.workspace.keys import hash_of

SECONDS = 20
"""What anything may take on the slowest machine; nothing waits for it."""


class Announcements:
    """What a hub has announced, one entry a time; `fails` and `has_bug` let the next one fail."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen instead of the store."""
        self.said: asyncio.Queue[list[ParticipantId]] = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        self.fails = self.has_bug = False
        monkeypatch.setattr(house.store.presence, "announce", self.announce)

    def announce(self, _process: str, here: Sequence[tuple[SessionId, ParticipantId]], _now: object) -> None:
        """Keep what is announced; called in another thread."""
        if self.fails:
            self.fails = False
            raise StoreError("here", "it is away")
        if self.has_bug:
            self.has_bug = False
            raise KeyError("a bug")
        self.loop.call_soon_threadsafe(self.said.put_nowait, [person for _, person in here])

    async def next(self) -> list[ParticipantId]:
        """Return what is announced next."""
        return await asyncio.wait_for(self.said.get(), SECONDS)


@asynccontextmanager
async def announcing(hub: Hub) -> AsyncIterator[None]:
    """Have a hub announce for a while."""
    task = asyncio.create_task(hub.announce())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def own(house: House) -> ParticipantId:
    """Return who the owner is."""
    return house.seat(house.key).participant.id


def test_who_comes_and_goes_is_announced(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        said, hub = Announcements(house, monkeypatch), Hub(house.store)
        async with announcing(hub):
            async with hub.page(house.seat(house.key), hash_of(house.key)):
                assert await said.next() == [own(house)]
            assert await said.next() == []
            assert said.said.empty()

    finished(test())


def test_it_is_said_again_while_somebody_is_here_and_not_when_nobody_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANNOUNCE_EVERY", timedelta(milliseconds=1))

    async def test() -> None:
        said, hub = Announcements(house, monkeypatch), Hub(house.store)
        async with announcing(hub):
            async with hub.page(house.seat(house.key), hash_of(house.key)):
                assert [await said.next() for _ in range(3)] == [[own(house)]] * 3
            while await said.next():
                pass
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(said.said.get(), 0.05)

    finished(test())


def test_what_could_not_be_said_is_said_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANNOUNCE_EVERY", timedelta(milliseconds=1))

    async def test() -> None:
        said, hub = Announcements(house, monkeypatch), Hub(house.store)
        said.fails = True
        async with announcing(hub), hub.page(house.seat(house.key), hash_of(house.key)):
            assert await said.next() == [own(house)]

    finished(test())


def test_a_running_server_says_who_is_here_even_after_a_bug(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "SECONDS_UNTIL_TRIED_AGAIN", 0)
    monkeypatch.setattr(background, "warm_up", lambda: None)
    monkeypatch.setattr(background, "SWITCH_SECONDS", sys.getswitchinterval())

    async def test() -> None:
        said = Announcements(house, monkeypatch)
        said.has_bug = True
        async with server.lifespan(None):
            hub = stream.hubs[-1]
            async with hub.page(house.seat(house.key), hash_of(house.key)):
                while own(house) not in await said.next():
                    pass

    finished(test())
    assert "KeyError: 'a bug'" in caplog.text


def test_what_was_read_before_news_came_is_not_told_after_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    session = house.seat(house.key).participant.session

    async def test() -> None:
        hub = Hub(house.store)
        read, old = hub._read, Room(origin="old")  # noqa: SLF001 - the moment between reading and keeping

        def slowly(_seat: Seat) -> Room:
            asyncio.run_coroutine_threadsafe(told(), loop).result(SECONDS)
            return old

        async def told() -> None:
            hub._tell(News(session, "plan", 2, "a-page"))  # noqa: SLF001 - in the loop, as `hear` does

        loop = asyncio.get_running_loop()
        async with hub.page(house.seat(house.key), hash_of(house.key)):
            monkeypatch.setattr(hub, "_read", slowly)
            assert await hub.room(house.seat(house.key)) is old
            monkeypatch.setattr(hub, "_read", read)
            house.change(house.owner, 170)
            assert (await hub.room(house.seat(house.key))).events[-1].number == 2

    finished(test())


def test_nothing_is_kept_of_sessions_without_an_open_page(house: House) -> None:
    async def test() -> None:
        hub = Hub(house.store)
        empty = kept(hub)
        for number in range(100):
            hub._tell(News(SessionId(f"another-{number}"), "plan", 1, "a-page"))  # noqa: SLF001 - in the loop
        assert kept(hub) == empty
        seat = house.seat(house.key)
        async with hub.page(seat, hash_of(house.key)):
            await hub.room(seat)
            assert kept(hub) != empty
        assert kept(hub) == empty

    finished(test())


def kept(hub: Hub) -> list[int]:
    """Count everything that a hub keeps by session."""
    held: dict[str, Any] = vars(hub)
    return [len(value) for value in held.values() if isinstance(value, dict)]


def test_all_pages_are_told_where_the_store_does_not_know_what_it_missed(house: House) -> None:
    async def test() -> None:
        hub = Hub(house.store)
        async with hub.page(house.seat(house.key), hash_of(house.key)) as page:
            page.news.clear()
            hub.receive(News(SessionId(""), "people"))
            await asyncio.wait_for(page.news.wait(), SECONDS)

    finished(test())


def test_news_after_the_servers_end_reaches_nobody_and_harms_nobody(house: House) -> None:
    hub = finished(_hub(house))
    hub.receive(News(SessionId("a"), "plan"))
    hub.close()
    seat = house.seat(house.key)
    assert not hub.has_room_for(seat.participant)


async def _hub(house: House) -> Hub:
    return Hub(house.store)


def test_a_participant_who_has_a_page_here_is_here_at_once(house: House) -> None:
    viewer, seat = house.joined(Role.VIEWER)

    async def test() -> None:
        hub = Hub(house.store)
        async with hub.page(seat, hash_of(viewer)):
            assert (await hub.room(seat)).here == {seat.participant.id}

    finished(test())


# Presenting


def test_presenting_ends_when_the_presenters_pages_are_gone_for_good(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PRESENTER_GRACE", timedelta(0))

    async def test() -> None:
        hub = Hub(house.store)
        key, viewer = house.joined(Role.VIEWER)
        house.workspace.people.present(house.state(house.key), PresentedPage("budget"))
        async with hub.page(viewer, hash_of(key)) as page:
            seat = await hub.seat(page)
            async with announcing(hub), asyncio.timeout(SECONDS):
                while seat is not None and seat.presenter is not None:
                    await page.news.wait()
                    page.news.clear()
                    seat = await hub.seat(page)
        assert house.seat(house.key).presenter is None
        assert house.seat(house.key).view is None

    finished(test())


def open_elsewhere(house: House, announce: Callable[..., None], ago: timedelta) -> None:
    """Have another process, whose clock is perhaps slow, say that the owner has a page open there; and hear it."""
    owner = house.seat(house.key).participant
    announce("another", [(owner.session, owner.id)], datetime.now(UTC) - ago)
    assert owner.id in house.store.presence.here(owner.session, datetime.now(UTC))


@pytest.mark.parametrize("how", ["at another process", "at one whose clock is set back", "back soon", "here"])
def test_who_presents_goes_on_while_they_are_somewhere_or_may_come_back(
    house: House, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(module, "ANNOUNCE_EVERY", timedelta(milliseconds=1))
    if how != "back soon":
        monkeypatch.setattr(module, "PRESENTER_GRACE", timedelta(0))
    said, real = count(), house.store.presence.announce

    async def test() -> None:
        hub, owner = Hub(house.store), house.seat(house.key)
        if how.startswith("at"):
            open_elsewhere(house, real, timedelta(0))
        key, viewer = house.joined(Role.VIEWER)
        house.workspace.people.present(house.state(house.key), PresentedPage("budget"))
        enough, loop = asyncio.Event(), asyncio.get_running_loop()

        def announce(process: str, here: Sequence[tuple[SessionId, ParticipantId]], now: datetime) -> None:
            real(process, here, now)
            if how == "at one whose clock is set back":
                open_elsewhere(house, real, timedelta(hours=1))
            if next(said) > 3:
                loop.call_soon_threadsafe(enough.set)

        monkeypatch.setattr(house.store.presence, "announce", announce)
        async with AsyncExitStack() as pages:
            page = await pages.enter_async_context(hub.page(viewer, hash_of(key)))
            if how == "here":
                await pages.enter_async_context(hub.page(owner, hash_of(house.key)))
            await hub.seat(page)
            async with announcing(hub), asyncio.timeout(SECONDS):
                await enough.wait()
            seat = await hub.seat(page)
        assert seat is not None
        assert seat.presenter == owner.participant.id

    finished(test())
