"""What fills the gaps of a message, and reads in every language as it should; its own text is English."""

from __future__ import annotations

from dataclasses import dataclass

CIRCLE_LENGTH = 600
"""Characters of a circle that a message shows: some thirty tasks."""


def shortened(value: str, length: int = 60) -> str:
    """Cut a long value for a message, control characters made visible."""
    visible = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value[: length + 1])
    return visible if len(visible) <= length else f"{visible[: length - 1]}…"


class Alternatives(tuple[str, ...]):
    """What may have been meant, for a gap in a message: one of these. Its own text is English."""

    __slots__ = ()

    def __str__(self) -> str:
        """Read as `a, b or c`."""
        *others, last = self
        return f"{', '.join(others)} or {last}" if others else last


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something, for a gap in a message: both texts are to translate, `{n}` is the number."""

    one: str
    many: str
    number: int

    def __str__(self) -> str:
        """Read as `1 decimal` or `3 decimals`. Its own text is English."""
        return (self.one if self.number == 1 else self.many).format(n=self.number)


class Title(str):
    """What a column or a field is called, for the place of a message: a text to translate. Its own text is English."""

    __slots__ = ()


class Chain(tuple[str, ...]):
    """The names of tasks that wait for each other, for a gap in a message. Its own text is English."""

    __slots__ = ()

    def __str__(self) -> str:
        """Read as `a -> b -> a`."""
        return shortened(" -> ".join(self), CIRCLE_LENGTH)
