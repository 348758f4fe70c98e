"""Which tasks wait for which: circles are found wherever tasks come from.

Law: a circle that is returned is a real one, and none is overlooked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def circle_in(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return tasks that wait for each other, the first one repeated at the end; empty where there are none."""
    done: set[str] = set()
    for first in after:
        path = {} if first in done else {first: iter(after[first])}
        while path:
            task, rest = next(reversed(path.items()))
            following = next(rest, None)
            if following is None:
                done.add(task)
                path.popitem()
            elif following in path:
                chain = list(path)
                return (*chain[chain.index(following) :], following)
            elif following not in done:
                path[following] = iter(after[following])
    return ()
