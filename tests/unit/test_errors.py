"""The tree of errors is drawn as it is."""

from __future__ import annotations

import ast
import builtins
import pickle
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from zt_planner import errors
from zt_planner.errors import (
    CatalogError,
    CircleProblem,
    FieldProblem,
    InputRefused,
    Place,
    PlannerError,
    ScenarioError,
    SessionError,
    StoreError,
)
from zt_planner.gaps import Alternatives, Count
from zt_planner.resources import root

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


CLASSES = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, PlannerError)]


def test_the_drawn_tree_of_errors_is_that_of_the_classes() -> None:
    there = {found.__name__: "" if found is PlannerError else found.__mro__[1].__name__ for found in CLASSES}
    assert dict(drawn()) == there


TEXTS = "'{value}' is one of {known}", "Use {n}"
VALUES: dict[str, Any] = {"value": "x", "known": Alternatives(("a", "b")), "n": Count("{n} day", "{n} days", 2)}
PARTS: dict[type[PlannerError], Callable[..., PlannerError]] = {
    CircleProblem: lambda kind: kind(Place("tasks.csv", 3, "after"), ("a", "b", "a")),
    CatalogError: lambda kind: kind(Place("prices.csv", 41, "amount"), *TEXTS, **VALUES),
    ScenarioError: lambda kind: kind((FieldProblem("company.employees", *TEXTS, VALUES),)),
    InputRefused: lambda kind: kind(*TEXTS, **VALUES),
    StoreError: lambda kind: kind("sessions.sqlite", "disk is full"),
    SessionError: lambda kind: kind(**dict.fromkeys(re.findall(r"{(\w+)}", kind.problem + kind.remedy), "x")),
    PlannerError: lambda kind: kind("what is wrong"),
}
"""How an error of a class is made, with all of its parts."""


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_keeps_its_parts_on_its_way_between_processes(kind: type[PlannerError]) -> None:
    error = next(make for above, make in PARTS.items() if issubclass(kind, above))(kind)
    found = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(found), str(found), vars(found)) == (kind, str(error), vars(error))
    assert str(error)


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
