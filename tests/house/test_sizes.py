"""Modules and functions stay short enough to be read in one go."""

from __future__ import annotations

import ast
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from zt_planner.resources import root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_MODULE = 350
LONGEST_FUNCTION = 50
FOLDERS = ("zt_planner", "tests", "benchmarks", "tools")
MODULES = sorted(chain(root().glob("*.py"), *(root().joinpath(folder).rglob("*.py") for folder in FOLDERS)))

every_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(root()).as_posix())


def functions_of(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, nested ones included."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@every_module
def test_a_module_is_short_enough(module: Path) -> None:
    lines = len(module.read_text("utf-8").splitlines())
    assert lines <= LONGEST_MODULE


@every_module
def test_a_function_is_short_enough(module: Path) -> None:
    too_long = {
        f"{function.name}, line {function.lineno}": length_of(function)
        for function in functions_of(module)
        if length_of(function) > LONGEST_FUNCTION
    }
    assert not too_long


def test_the_planner_itself_is_measured() -> None:
    assert root() / "zt_planner" / "engine" / "planner.py" in MODULES
