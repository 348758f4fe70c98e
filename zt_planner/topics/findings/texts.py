"""The texts of a finding."""

from __future__ import annotations

from typing import NamedTuple


class Texts(NamedTuple):
    """Title, message and remedy with gaps."""

    title: str
    message: str
    remedy: str
