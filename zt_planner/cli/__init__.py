"""The command line: a command for each thing that one can want to know of a plan, `serve`, and backups.

Decides only how a plan is asked for and printed; figures and words come from
`topics`, files from `files` and `media`. Exit codes: 0, 1 where `check` finds something
blocking, `level` limits in conflict, `ask` no way, `portfolio` a file that fails, `explain`, `insurer`,
`leave-out`, `level`, `questions`, `simulate` or `status` no schedule, or `serve` its port taken, 2 for input that
cannot be used.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from zt_planner import __version__
from zt_planner.cli.answering import questions
from zt_planner.cli.asking import ask
from zt_planner.cli.comparing import compare
from zt_planner.cli.exporting import export
from zt_planner.cli.help import Program
from zt_planner.cli.importing import import_file
from zt_planner.cli.inputs import (
    CsvDialect,
    FigureArgument,
    LocaleOption,
    NeededScenarioFile,
    Out,
    ScenarioFile,
    Settings,
    Today,
    choose_catalogue,
    opened,
    opened_store,
    plain_errors,
    plan_day,
    private_file,
    read_plan,
    unusable,
)
from zt_planner.cli.learning import learn
from zt_planner.cli.leaving_out import leave_out
from zt_planner.cli.levelling import level
from zt_planner.cli.output import files_of, no_schedule, print_findings, print_line, print_plan, write_files
from zt_planner.cli.portfolio import portfolio
from zt_planner.cli.reasons import insurer, law, standstill
from zt_planner.cli.scanning import scan
from zt_planner.cli.serving import serve
from zt_planner.cli.simulation import simulate
from zt_planner.cli.status import status
from zt_planner.cli.verifying import verify
from zt_planner.cli.working import worker
from zt_planner.errors import msgid
from zt_planner.language import LanguageCode, language_for
from zt_planner.media.csv.dialects import Dialect

BLOCKED = 1

app = typer.Typer(
    name="zt-planner",
    cls=Program,
    help="Plan a Zero Trust introduction: what it costs, month by month, and when it is done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"zt-planner {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
    locale: LocaleOption = LanguageCode.ENGLISH,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue",
            callback=choose_catalogue,
            metavar="FILE",
            help="Plan with the prices, tasks and texts of a catalogue, a .zttemplate file or a folder.",
        ),
    ] = None,
) -> None:
    """Plan a Zero Trust introduction: what it costs, month by month, and when it is done."""


@app.command()
def plan(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    out: Out = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    dialect: CsvDialect = Dialect.RFC4180,
    today: Today = None,
) -> None:
    """Print a plan's figures and findings; with --out write its files."""
    language = language_for(locale)
    with plain_errors(language):
        computed = read_plan(scenario, tuple(settings or ()), plan_day(today), language)
        files = None if out is None else files_of(computed, language, dialect)
        if out is not None and files is not None:
            write_files(out, files)
        print_plan(computed, language)
        if out is not None and files is not None:
            print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(files)))


app.command()(export)
app.command(name="import")(import_file)
app.command()(scan)
app.command()(compare)
app.command(name="leave-out")(leave_out)
app.command()(questions)
app.command()(learn)
app.command()(portfolio)


@app.command(name="explain")
def explain_figure(
    figure: FigureArgument = None,
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say why a figure is what it is; without a name, list the figures."""
    from zt_planner.media.console import answer_lines  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.explanations.registry import trace_of  # noqa: PLC0415 - the same
    from zt_planner.topics.view import StoppedView, any_view  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        computed = read_plan(scenario, tuple(settings or ()), plan_day(today))
        view = any_view(computed, language)
        if isinstance(view, StoppedView) and (figure is None or trace_of(figure, view) is None):
            raise no_schedule(language)
        for line in answer_lines(figure, view):
            print_line(line)


@app.command()
def check(
    scenario: NeededScenarioFile,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """List a scenario's findings; exit code 1 if one is blocking."""
    language = language_for(locale)
    with plain_errors(language):
        computed = read_plan(scenario, tuple(settings or ()), plan_day(today))
        print_findings(computed, language)
    if computed.is_blocked:
        raise typer.Exit(BLOCKED)


app.command()(level)
app.command()(ask)
app.command()(simulate)
app.command()(standstill)
app.command()(status)
app.command()(law)
app.command()(insurer)
app.command()(verify)
app.command()(serve)
app.command()(worker)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup file to write.")],
    locale: LocaleOption = LanguageCode.ENGLISH,
) -> None:
    """Write every session of the store into one file."""
    from zt_planner.store.backup import write_backup  # noqa: PLC0415 - most commands need no database

    language = language_for(locale)
    with plain_errors(language), opened_store() as store:
        if not store.database.is_there:
            raise unusable(
                store.database.place, msgid("there is no store"), msgid("Name the file that keeps the sessions")
            )
        with private_file(file) as target:
            count = write_backup(store.database, target)
        print_line(language.plural("{n} row written to {file}", "{n} rows written to {file}", count, file=file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup file to restore.")],
    replaces: Annotated[bool, typer.Option("--replace", help="Replace the sessions in the store.")] = False,
    locale: LocaleOption = LanguageCode.ENGLISH,
) -> None:
    """Restore a backup into the store, all of it or nothing."""
    from zt_planner.store.backup import read_backup  # noqa: PLC0415 - most commands need no database

    language = language_for(locale)
    with plain_errors(language), opened_store() as store, opened(file, msgid("Name a backup")) as source:
        count = read_backup(store.database, source, file.name, replaces=replaces)
        print_line(language.plural("{n} row restored from {file}", "{n} rows restored from {file}", count, file=file))


def main() -> None:
    """Run the command line; what a terminal cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
