"""Versions: short hashes that identify data, so that a figure can be reproduced."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

VERSION_LENGTH = 12


def version_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LENGTH]


def text_of(rows: Iterable[BaseModel]) -> str:
    """Return the text that the version of some rows is the hash of."""
    return "\n".join(row.model_dump_json() for row in rows)
