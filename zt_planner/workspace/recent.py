"""A bounded cache: what was used last stays, and room is made for it by what was not used for longest.

Laws: what is kept never exceeds the bound, but for one thing that exceeds it alone; reading is use. Whoever
shares one between threads holds a lock.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Keeps what was used last, up to `most` in sum; `size_of` says how much each thing counts."""

    def __init__(self, most: int, size_of: Callable[[Value], int] = lambda _: 1) -> None:
        """Begin empty."""
        self.most, self._size_of, self._size = most, size_of, 0
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def __len__(self) -> int:
        """Return how many things are kept."""
        return len(self._kept)

    def __contains__(self, key: Key) -> bool:
        """Tell whether something is kept under a key, None included; this is no use of it."""
        return key in self._kept

    def get(self, key: Key) -> Value | None:
        """Return what is kept under a key; None where nothing is."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Keep something under a key, in place of what was there."""
        self.drop(key)
        self._kept[key] = value
        self._size += self._size_of(value)
        while self._size > self.most and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, key: Key) -> Value | None:
        """Forget what is kept under a key, and return it; None where nothing is."""
        if key not in self._kept:
            return None
        value = self._kept.pop(key)
        self._size -= self._size_of(value)
        return value
