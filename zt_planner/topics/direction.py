"""Text that runs from right to left turns nothing around it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.language import Words, Writable

if TYPE_CHECKING:
    from zt_planner.language import Language

CONTROLS_OF_DIRECTION = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
FROM_THE_RIGHT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


def isolated(text: str) -> str:
    """Return a person's text so that its direction ends with it."""
    kept = text.translate(CONTROLS_OF_DIRECTION)
    turns = any(unicodedata.bidirectional(char) in FROM_THE_RIGHT for char in kept)
    return f"{ISOLATE}{kept}{END_OF_ISOLATE}" if turns else kept


@dataclass(frozen=True, slots=True)
class Isolated(Writable):
    """Words that can hold a person's text, so that its direction ends with them."""

    words: Words

    def written(self, language: Language) -> str:
        """Write them as one that turns nothing around it."""
        return isolated(language.write(self.words))


def ended(text: str) -> str:
    """Return a text that was cut so that every direction of its own ends with it."""
    return text + END_OF_ISOLATE * (text.count(ISOLATE) - text.count(END_OF_ISOLATE))
