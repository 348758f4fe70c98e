"""The names that people give: to themselves, to a saved state, to a variant."""

from __future__ import annotations

from unicodedata import normalize

from zt_planner.errors import TextRefused
from zt_planner.gaps import shortened

JOINER = "\u200d"


def clean_name(text: str, length: int) -> str:
    """Return a name without unnecessary white space; raise TextRefused for one that is empty, too long or unprintable.

    Unprintable are control characters and those that turn the direction of writing; a joiner within an emoji is
    not.
    """
    name = " ".join(normalize("NFC", text).split())
    seen = name.replace(JOINER, "")
    if not seen or len(name) > length or not seen.isprintable():
        raise TextRefused(value=shortened(name), most=length)
    return name
