"""What a docstring or a page of docs/ calls by its path is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from zt_planner.resources import root

SOURCE = root() / "zt_planner"
ROOMS = {path.stem for path in SOURCE.iterdir() if path.is_dir() or path.suffix == ".py"}
DOTTED = re.compile(r"`(?:zt_planner\.)?(\w+(?:\.\w+)+)`")
SLASHED = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|js|css|html|jinja|typ|toml|csv))`")
IN_TABLE = re.compile(r"^    ([a-z_]+)  +\S", re.MULTILINE)
MODULES = sorted((*SOURCE.rglob("*.py"), *(root() / "tests").rglob("*.py"), *(root() / "benchmarks").rglob("*.py")))
PAGES = sorted((root() / "docs").rglob("*.md"))


def docstrings_of(module: str) -> str:
    strings = (node.value for node in ast.walk(ast.parse(module)) if isinstance(node, ast.Expr))
    return "\n".join(node.value for node in strings if isinstance(node, ast.Constant) and isinstance(node.value, str))


def table_of(package: Path) -> str:
    """Return what a package says of its modules."""
    return docstrings_of(package.read_text("utf-8"))


def is_there(dotted: str) -> bool:
    """Tell whether a module, or a name in one, exists; whatever begins with no room is none of ours."""
    place, parts = SOURCE, dotted.split(".")
    while parts and (place / parts[0]).is_dir():
        place /= parts.pop(0)
    module = place / (f"{parts.pop(0)}.py" if parts and (place / f"{parts[0]}.py").is_file() else "__init__.py")
    return not parts or re.search(rf"\b{parts[0]}\b", module.read_text("utf-8")) is not None


def gone_from(file: Path) -> set[str]:
    """Return what a page, or a docstring of a module, calls by its path and is not there."""
    text = file.read_text("utf-8")
    gone = gone_from_text(text, file)  # a module is taken apart only where something in it may be gone
    return gone_from_text(docstrings_of(text), file) if gone and file.suffix == ".py" else gone


def gone_from_text(text: str, file: Path) -> set[str]:
    """Return what a text of a file calls by its path and is not there."""
    dotted = {name for name in DOTTED.findall(text) if name.partition(".")[0] in ROOMS and not name.endswith(".py")}
    near = (root(), SOURCE, file.parent)
    gone = {name for name in SLASHED.findall(text) if not any((place / name).exists() for place in near)}
    return gone | {name for name in dotted if not is_there(name)}


def test_every_path_in_a_text_leads_somewhere() -> None:
    assert len(PAGES) > 10
    assert not {str(file): gone for file in (*MODULES, *PAGES) if (gone := gone_from(file))}


def test_every_module_in_the_table_of_its_package_is_there() -> None:
    packages = [package for package in SOURCE.rglob("__init__.py") if IN_TABLE.search(table_of(package))]
    assert len(packages) >= 2
    gone = [
        f"{package.parent.name}: {name}"
        for package in packages
        for name in IN_TABLE.findall(table_of(package))
        if not (package.parent / name).is_dir() and not (package.parent / f"{name}.py").is_file()
    ]
    assert not gone
