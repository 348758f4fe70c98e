"""The tree of errors is drawn as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zt_planner import errors
from zt_planner.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAWN = re.compile(r"^    (?P<branches>[│├└─ ]*)(?P<name>[A-Z]\w+) ")


def drawn() -> Iterator[tuple[str, str]]:
    """Yield each error of the drawn tree with the one that it hangs on; the root hangs on nothing."""
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = DRAWN.match(line)
        if found is not None:
            depth = len(found["branches"]) // 4
            path[depth:] = [found["name"]]
            yield found["name"], "" if depth == 0 else path[depth - 1]


def test_the_drawn_tree_of_errors_is_that_of_the_classes() -> None:
    classes = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, PlannerError)]
    there = {found.__name__: "" if found is PlannerError else found.__mro__[1].__name__ for found in classes}
    assert dict(drawn()) == there
