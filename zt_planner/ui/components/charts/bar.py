"""A bar of parts, each named with its share below it: the names and shares are text, the bar repeats them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from zt_planner.ui.components.web.loading import component

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.topics.prices.trust_chart import TrustPart

_bar = component("bar")


def show_bar(key: str, parts: Sequence[TrustPart]) -> None:
    """Draw parts that add up to the whole."""
    _bar(key=key, data={"parts": tuple(map(asdict, parts))})
