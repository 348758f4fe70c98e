"""What a person can meet is documented: findings, commands, options, settings, pages, formats, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import typer.main
from pydantic import BaseModel
from typer.core import TyperCommand, TyperGroup, TyperOption

from zt_planner import cli
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.fields import FIGURES as TASK_FIGURES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.files.formats import Format
from zt_planner.resources import root
from zt_planner.settings import SECRETS, Settings, variable
from zt_planner.topics.headline.figures import FIGURES
from zt_planner.ui.addresses import PAGES


def documentation(*names: str) -> str:
    """Return pages of docs/ as one text; a page that is not there is empty."""
    pages = (root() / "docs" / name for name in names)
    return "\n".join(page.read_text("utf-8") for page in pages if page.exists())


def options_of(command: object, name: str = "zt-planner") -> Iterator[tuple[str, str]]:
    for child_name, child in command.commands.items() if isinstance(command, TyperGroup) else ():
        yield from options_of(child, child_name)
    if isinstance(command, TyperGroup | TyperCommand):
        options = (parameter for parameter in command.params if isinstance(parameter, TyperOption))
        for option in options:
            yield from ((name, word) for word in (*option.opts, *option.secondary_opts) if not option.hidden)


def documented_options() -> Iterator[tuple[str, str]]:
    """Yield what the table of options says: each option with each command that it is of."""
    for line in documentation("command-line.md").splitlines():
        if line.startswith("| `--"):
            options, commands, _ = line.strip("| ").split(" | ")
            yield from product(re.findall(r"`([a-z-]+)`", commands), re.findall(r"`(--[a-z-]+)", options))


def field_paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield the dotted path of every leaf field."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from field_paths(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def shown(default: object) -> str:
    """Return a setting's default as the table shows it: nothing where there is none."""
    return "on" if default is True else str(default or "")


PROGRAM = typer.main.get_command(cli.app)


def test_every_finding_is_documented() -> None:
    page = documentation("findings.md")
    assert not [code for code in Code if f"`{code.value}`" not in page]


def test_every_documented_finding_exists() -> None:
    headings = [line for line in documentation("findings.md").splitlines() if line.startswith(("## `", "### `", "| `"))]
    documented = {heading.split("`")[1] for heading in headings}
    assert documented <= {code.value for code in Code}


def test_the_table_of_commands_has_each_command_and_no_other() -> None:
    assert isinstance(PROGRAM, TyperGroup)
    assert re.findall(r"(?m)^\| `zt-planner ([a-z-]+)", documentation("command-line.md")) == list(PROGRAM.commands)


def test_the_table_of_options_has_each_option_of_each_command_and_no_other() -> None:
    assert set(documented_options()) == set(options_of(PROGRAM))


def test_the_table_of_settings_has_each_setting_and_no_other() -> None:
    defaults = {variable(name): shown(field.default) for name, field in Settings.model_fields.items()}
    table = re.findall(r"(?m)^\| `(ZT_PLANNER_\w+)` \| *(.*?) *\| ", documentation("command-line.md"))
    assert dict(table) == defaults
    assert len(table) == len(defaults)


def test_each_secret_is_documented_with_its_file() -> None:
    assert not [name for name in SECRETS if f"`{variable(name)}_FILE`" not in documentation("command-line.md")]


def test_no_module_reads_a_setting_past_the_settings() -> None:
    modules = [root() / "app.py", *(root() / "zt_planner").rglob("*.py")]
    readers = [module.name for module in modules if re.search(r"\bZT_PLANNER_", module.read_text("utf-8"))]
    assert readers == ["settings.py"]


def test_every_key_figure_is_in_the_table_of_the_model() -> None:
    (table,) = re.findall(r"^## Headlines$(.*?)^## ", documentation("model.md"), re.MULTILINE | re.DOTALL)
    assert not [figure.name for figure in FIGURES if f"`{figure.name}`" not in table]


def test_every_format_is_in_the_table_of_exports() -> None:
    (table,) = re.findall(r"^\| format .*?^$", documentation("exports.md"), re.MULTILINE | re.DOTALL)
    assert not [form for form in Format if f"`{form}`" not in table]


def test_every_page_is_described() -> None:
    page = documentation("dashboard.md")
    assert not [title for title in PAGES.values() if f"\n- **{title}**: " not in page]


def test_every_field_of_a_scenario_is_documented() -> None:
    pages = documentation("model.md", "scenario.md")
    assert not [path for path in field_paths(Scenario) if f"`{path}`" not in pages]
    figures = {name for figures in TASK_FIGURES.values() for name in figures}
    assert not [name for name in figures if f"`{name}`" not in documentation("scenario.md")]
