"""The names that people give: to themselves, to a saved state, to a variant."""

from __future__ import annotations

from unicodedata import normalize

from zt_planner.errors import NameMissing, TextRefused
from zt_planner.gaps import shortened

JOINER = "\u200d"


def clean_name(text: str, length: int) -> str:
    """Return a name without unnecessary white space.

    Raises NameMissing for an empty one, TextRefused for one that is too long or unprintable: with control characters
    or those that turn the direction of writing; a joiner within an emoji is neither.
    """
    name = " ".join(normalize("NFC", text).split())
    seen = name.replace(JOINER, "")
    if not name:
        raise NameMissing
    if not seen or len(name) > length or not seen.isprintable():
        raise TextRefused(value=shortened(name), most=length)
    return name
