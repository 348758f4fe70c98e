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


def functions_of(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, nested ones included."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_a_module_is_short_enough() -> None:
    lengths = {str(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert not {module: length for module, length in lengths.items() if length > LONGEST_MODULE}


@pytest.mark.extended
def test_a_function_is_short_enough() -> None:
    assert not [
        f"{module}, line {function.lineno}: {function.name} has {length_of(function)} lines"
        for module in MODULES
        for function in functions_of(module)
        if length_of(function) > LONGEST_FUNCTION
    ]


def test_the_planner_itself_is_measured() -> None:
    assert root() / "zt_planner" / "engine" / "planner.py" in MODULES
