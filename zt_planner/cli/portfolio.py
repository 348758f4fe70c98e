"""`zt-planner portfolio`: plans every file of some folders, and keeps the results as tables."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner.cli.inputs import CATALOGUE, LocaleOption, Settings, Today, plain_errors, plan_day, print_error
from zt_planner.cli.output import print_line
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.files.portfolio.running import PortfolioRun, Progress

FAILED = 1
MOST_LINES = 50
"""Of what is told of files; `notes.csv` has every one."""
Folders = Annotated[
    list[Path], typer.Argument(metavar="FOLDER...", help="Folders with scenarios, bundles and saved sessions.")
]
Target = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the tables, as Parquet and CSV.")]
ProcessCount = Annotated[
    int | None,
    typer.Option("--processes", min=1, max=256, metavar="NUMBER", help="Processes that plan; default: one a core."),
]


def portfolio(
    folders: Folders,
    out: Target,
    processes: ProcessCount = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Plan every file of some folders and write tables of all; exit code 1 if a file fails."""
    from zt_planner.files.portfolio.processes import cores  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.files.portfolio.reading import PlanSettings  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.running import run_portfolio  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        catalogue = CATALOGUE.get()
        given = PlanSettings(
            str(data_dir()), plan_day(today), tuple(settings or ()), None if catalogue is None else str(catalogue)
        )
        with progress_bar(language) as progress:
            run = run_portfolio(folders, out, given, processes or cores(), progress)
        print_run(run, out, language)
    if run.failures or run.stopped:
        raise typer.Exit(FAILED)


@contextmanager
def progress_bar(language: Language) -> Iterator[Progress]:
    """Show how many clients are dealt with, where a person looks on."""
    with typer.progressbar(length=1, label=language.say("Planning"), file=sys.stderr, show_pos=True) as bar:

        def show(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield show


def print_run(run: PortfolioRun, out: Path, language: Language) -> None:
    """Print what a run came to, and what failed."""
    from zt_planner.files.portfolio.running import NOTES  # noqa: PLC0415 - paid only where it is asked for

    number = language.number
    print_line(
        language.plural(
            "{n} client: {planned} planned, {unchanged} unchanged.",
            "{n} clients: {planned} planned, {unchanged} unchanged.",
            run.counted,
            planned=number(run.planned),
            unchanged=number(run.unchanged),
        )
    )
    for line in told(run, language):
        print_line(line)
    print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(run.files)))
    for failure in run.failures[:MOST_LINES]:
        typer.echo(language.labelled(language.say("Failed"), failure.key), err=True)
        print_error(failure.error, language)
    more = len(run.failures) - MOST_LINES
    if more > 0:
        typer.echo(language.say("and {n} more, all in {file}", n=number(more), file=NOTES), err=True)


def told(run: PortfolioRun, language: Language) -> Iterator[str]:
    """Yield what a reader of the tables has to know about the files."""
    from zt_planner.files.portfolio.running import NOTES  # noqa: PLC0415 - as above

    if run.others:
        yield language.plural(
            "{n} other file is left out: plans end in .json or .ztplan.",
            "{n} other files are left out: plans end in .json or .ztplan.",
            run.others,
        )
    if run.second_tries:
        yield language.plural(
            "{n} batch was tried again, as a process was killed.",
            "{n} batches were tried again, as a process was killed.",
            run.second_tries,
        )
    lines = [
        *(
            language.say(
                "{file} has the same content as {other} and is not counted.", file=twin.key, other=twin.counted
            )
            for twin in run.twins
        ),
        *(
            language.say(
                "{files} have one name, '{name}', and different contents: all are counted. Remove what is out of date.",
                files=", ".join(same.keys),
                name=same.name,
            )
            for same in run.namesakes
        ),
        *(
            language.say("{file} has no schedule ({code}): its figures are not known.", file=each.key, code=each.code)
            for each in run.stopped
        ),
    ]
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield language.say("and {n} more, all in {file}", n=language.number(len(lines) - MOST_LINES), file=NOTES)
