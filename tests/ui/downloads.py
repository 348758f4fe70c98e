"""The buttons of a page that give files, as a test presses them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import streamlit as st

from tests.unit.server.asgi import finished
from zt_planner import bootstrap
from zt_planner.ui.seams import FileRefused


@contextmanager
def caught() -> Iterator[dict[str, Callable[[], bytes]]]:
    """Give what a press of each button returns, by its label, of those that are drawn meanwhile."""
    found: dict[str, Callable[[], bytes]] = {}

    def draw(label: str, make: Callable[[], Awaitable[str]], *_: object, **__: Any) -> None:  # noqa: ANN401 - Streamlit's own
        found[label] = partial(pressed, make)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "download_button", draw)
        yield found


def pressed(make: Callable[[], Awaitable[str]]) -> bytes:
    """Press a button and return the file; raise what it was refused for."""

    async def address() -> str:
        return await make()

    try:
        name = finished(address()).rpartition("/")[2]
    except FileRefused as refused:
        raise refused.__cause__ or refused from None
    offered = bootstrap.downloads().open(name)
    assert offered is not None
    with offered[1] as content:
        return content.read()
