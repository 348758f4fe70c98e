"""Company names that others have collected, and which of them are within their bounds."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.resources import root


def strings_in(data: object) -> list[str]:
    """Return every string of a JSON document, however it is nested."""
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in parts for text in strings_in(part)]


def other_cases() -> tuple[str, ...]:
    """Return the strings of the folder of cases, where it is there."""
    folder = Path(os.environ.get("ZT_CASES", root().parent / "shared" / "cases")) / "text"
    texts = [text for file in sorted(folder.glob("*.json")) for text in strings_in(json.loads(file.read_text("utf-8")))]
    return tuple(dict.fromkeys(texts))


def is_allowed(name: str) -> bool:
    """Tell whether a name is within its bounds."""
    return len(name) <= NAME_LENGTH and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in name)
