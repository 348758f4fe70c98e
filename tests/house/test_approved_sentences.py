"""Every approved sentence is still said by a test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.approval import FOLDER, sections_of

FILES = sorted((FOLDER / "sentences").glob("*.txt"))


def headings_of(module: Path) -> set[str]:
    """Return the headings of a module's tests that say something, without their parameters."""
    functions = (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))
    names = (node.name for node in functions if any(argument.arg == "says" for argument in node.args.args))
    title = module.stem.removeprefix("test_")
    return {f"{title}: {name.removeprefix('test_').replace('_', ' ')}" for name in names}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_heading_is_that_of_a_test(file: Path) -> None:
    folder = FOLDER.parent.joinpath(*file.stem.split("."))
    tested = {heading for module in folder.glob("test_*.py") for heading in headings_of(module)}
    said = {heading.partition("[")[0] for heading in sections_of(file)}
    assert said
    assert said <= tested
