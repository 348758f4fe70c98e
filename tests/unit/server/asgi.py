"""Asks an ASGI application one thing, as a server would, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.cookies import Morsel, SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS, HOST = "203.0.113.7", "planner.example"
Found = TypeVar("Found")


def finished(coroutine: Coroutine[Any, Any, Found]) -> Found:
    """Run a coroutine to its end, in a thread of its own: browser tests keep a loop running in the main one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def body(self) -> str:
        """Return the content as text."""
        return self.content.decode()

    def header(self, name: str) -> str | None:
        """Return a header's value, None where it is not there."""
        return next((value for key, value in self.headers if key == name.lower()), None)

    @property
    def cookies(self) -> dict[str, Morsel[str]]:
        """Return the cookies that are set, with their attributes."""
        found: SimpleCookie = SimpleCookie()
        for key, value in self.headers:
            if key == "set-cookie":
                found.load(value)
        return dict(found)


def ask(
    app: ASGIApp,
    path: str,
    *,
    cookies: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    scheme: str = "http",
    address: str = ADDRESS,
) -> Answer:
    sent = dict(headers or {}) | ({"cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())} if cookies else {})
    where, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": method,
        "scheme": scheme,
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "headers": [(key.lower().encode(), value.encode("latin-1")) for key, value in ({"host": HOST} | sent).items()],
        "client": (address, 50_000),
        "server": (HOST, 80),
        "root_path": "",
    }
    return _answered(app, scope)


def send_form(app: ASGIApp, path: str, form: Mapping[str, str], cookies: Mapping[str, str] | None = None) -> Answer:
    """Send what was typed into a form, and return the whole answer."""
    body = urlencode(form).encode()
    told = {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}

    async def with_body(scope: Scope, _receive: Receive, send: Send) -> None:
        await app(scope, partial(_typed, body), send)

    return ask(with_body, path, cookies=cookies, headers=told, method="POST")


async def _typed(body: bytes) -> Message:
    return {"type": "http.request", "body": body, "more_body": False}


def _answered(app: ASGIApp, scope: Scope) -> Answer:
    messages: list[Message] = []
    sent: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not sent:
            await asyncio.Event().wait()  # whoever asks stays until there is an answer
        return sent.pop()

    async def send(message: Message) -> None:
        messages.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    finished(run())
    start = messages[0]
    answered = tuple((key.decode(), value.decode("latin-1")) for key, value in start["headers"])
    return Answer(start["status"], answered, b"".join(message.get("body", b"") for message in messages[1:]))
