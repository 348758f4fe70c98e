"""What a person can meet is documented: findings, commands, options, fields of a scenario."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import typer.main
from pydantic import BaseModel
from typer.core import TyperCommand, TyperGroup, TyperOption

from zt_planner import cli
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario import Scenario
from zt_planner.reports.figures import FIGURES
from zt_planner.resources import root

if TYPE_CHECKING:
    from collections.abc import Iterator


def documentation(*names: str) -> str:
    """Return pages of docs/ as one text; a page that is not there is empty."""
    pages = (root() / "docs" / name for name in names)
    return "\n".join(page.read_text("utf-8") for page in pages if page.exists())


def words_of_commands(command: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield each command with its own name and each of its options."""
    if isinstance(command, TyperGroup):
        for child_name, child in command.commands.items():
            yield child_name, child_name
            yield from words_of_commands(child, child_name)
    if isinstance(command, TyperGroup | TyperCommand):
        options = (parameter for parameter in command.params if isinstance(parameter, TyperOption))
        for option in options:
            yield from ((name, word) for word in (*option.opts, *option.secondary_opts) if not option.hidden)


def field_paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield the dotted path of every leaf field."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from field_paths(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


COMMANDS = sorted(set(words_of_commands(typer.main.get_command(cli.app), "zt-planner")))


@pytest.mark.parametrize("code", Code)
def test_every_finding_is_documented(code: Code) -> None:
    assert f"`{code.value}`" in documentation("findings.md")


def test_every_documented_finding_exists() -> None:
    headings = [line for line in documentation("findings.md").splitlines() if line.startswith(("## `", "### `", "| `"))]
    documented = {heading.split("`")[1] for heading in headings}
    assert documented <= {code.value for code in Code}


@pytest.mark.parametrize(("command", "word"), COMMANDS)
def test_every_command_and_option_is_documented(command: str, word: str) -> None:
    page = documentation("command-line.md")
    assert command in page
    assert word in page


def test_there_are_commands() -> None:
    assert {"plan", "check", "serve"} <= {command for command, _word in COMMANDS}


@pytest.mark.parametrize("name", [figure.name for figure in FIGURES])
def test_every_key_figure_is_in_the_table_of_the_model(name: str) -> None:
    (table,) = re.findall(r"^## Headlines$(.*?)^## ", documentation("model.md"), re.MULTILINE | re.DOTALL)
    assert f"`{name}`" in table


@pytest.mark.parametrize("path", sorted(field_paths(Scenario)))
def test_every_field_of_a_scenario_is_documented(path: str) -> None:
    assert f"`{path}`" in documentation("model.md", "scenario.md")
