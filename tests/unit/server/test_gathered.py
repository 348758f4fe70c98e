"""The first answers to a message leave together, in their order; nothing else waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from zt_planner.server import gathered
from zt_planner.server.gathered import GatheredAnswers

if TYPE_CHECKING:
    import pytest
    from starlette.types import Message, Receive, Scope, Send


def answer(text: str) -> Message:
    """Return a message to the browser."""
    return {"type": "websocket.send", "text": text}


async def asked(send: Send, receive: Receive) -> None:
    """Answer a message as Streamlit does, by two who do not wait for each other, and then once more."""
    await send({"type": "websocket.accept"})
    await receive()
    first = asyncio.ensure_future(send(answer("runs")))
    await asyncio.sleep(0)
    await asyncio.gather(first, send(answer("headline")))
    await send(answer("chart"))
    await receive()
    await send(answer("runs again"))
    await receive()
    await send({"type": "websocket.close"})


def told(kind: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what left, and each rest, in order."""
    left: list[Any] = []
    messages = iter([{"type": "websocket.receive"}, {"type": "websocket.receive"}, {"type": "websocket.disconnect"}])
    slept = asyncio.sleep

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        left.append(message.get("text", message["type"]))

    async def rest(seconds: float) -> None:
        if seconds:
            left.append(seconds)
        await slept(0)

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await asked(send, receive)

    monkeypatch.setattr("asyncio.sleep", rest)
    asyncio.run(GatheredAnswers(app)({"type": kind}, receive, send))
    return left


def test_the_first_answer_waits_once_and_the_next_of_many_messages_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = ["websocket.accept", gathered.SECONDS, "runs", "headline", "chart", "runs again", "websocket.close"]
    assert told("websocket", monkeypatch) == expected


def test_what_is_no_websocket_passes_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told("http", monkeypatch) == [
        "websocket.accept",
        "runs",
        "headline",
        "chart",
        "runs again",
        "websocket.close",
    ]
