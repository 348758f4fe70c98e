"""The tree of errors is drawn as it is."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING

import pytest

from zt_planner import errors
from zt_planner.errors import PlannerError
from zt_planner.resources import root

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


def exceptions() -> set[str]:
    """Return the names of all exceptions in the source."""
    nodes = [
        node
        for module in (root() / "zt_planner").rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    bases = {node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases} for node in nodes}
    found: set[str] = set()
    known = {
        name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
    }
    while more := {name for name, above in bases.items() if above & (known | found)} - found:
        found |= more
    return found


@pytest.mark.extended
def test_every_exception_stands_in_the_tree_or_among_the_signals() -> None:
    signals = set(re.findall(r"`(\w+)`", (errors.__doc__ or "").partition("but for signals")[2]))
    assert exceptions() == signals | set(dict(drawn()))
