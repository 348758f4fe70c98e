"""`zt-planner portfolio`: plans every file of some folders, and keeps the results as tables."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import (
    CATALOGUE,
    LocaleOption,
    Settings,
    Today,
    opened_store,
    plain_errors,
    plan_day,
    print_error,
    unusable,
)
from zt_planner.cli.output import print_line, print_rows
from zt_planner.cli.what_ifs import Compare, DaysAWeek, First, Joint, Later, answer_what_ifs, options_of
from zt_planner.errors import msgid
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.resources import data_dir
from zt_planner.settings import variable
from zt_planner.topics.labels import bounded_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.cli.what_ifs import PlansWith
    from zt_planner.engine.plan import Plan
    from zt_planner.files.portfolio.processes import Pool
    from zt_planner.files.portfolio.queries import Asked
    from zt_planner.files.portfolio.reading import PlanSettings
    from zt_planner.files.portfolio.running import PortfolioRun, Progress
    from zt_planner.topics.portfolio.questions import Question

FAILED = 1
LONGEST_KEY = 200
"""Characters of a file that are shown."""
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
OnWorkersOption = Annotated[
    bool, typer.Option("--on-workers", help="Have the workers of the database plan, in folders that all of them reach.")
]
QuestionName = Annotated[
    str | None, typer.Option("--question", metavar="NAME", help="Print the answer to a question, as in money_by_month.")
]
FiscalMonth = Annotated[
    int,
    typer.Option(
        "--fiscal-year-starts", min=1, max=12, metavar="MONTH", help="The month in which a fiscal year begins, 1 to 12."
    ),
]


def portfolio(  # noqa: PLR0913, PLR0917 - the options of a command
    folders: Folders,
    out: Target,
    processes: ProcessCount = None,
    on_workers: OnWorkersOption = False,
    question: QuestionName = None,
    fiscal_year_starts: FiscalMonth = 1,
    later: Later = None,
    days_a_week: DaysAWeek = None,
    first: First = None,
    joint: Joint = False,
    compare: Compare = False,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Plan every file of some folders and write tables of all; exit code 1 if a file fails."""
    from zt_planner.files.portfolio.processes import cores  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.files.portfolio.queries import Asked  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.reading import PlanSettings  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.running import run_portfolio  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        asked = None if question is None else question_of(question)
        what_ifs = replace(options_of(later, days_a_week, first), is_joint=joint, is_compared=compare)
        catalogue = None if (named := CATALOGUE.get()) is None else str(named.absolute())
        given = PlanSettings(str(data_dir()), plan_day(today), tuple(settings or ()), catalogue)
        if on_workers:
            folders, out = [folder.absolute() for folder in folders], out.absolute()
        with planners(folders, out, processes or cores(), on_workers) as pool, progress_bar(language) as progress:
            run = run_portfolio(folders, out, given, pool, progress)
        print_run(run, out, language)
        print_answers(out, asked, Asked(given.today, fiscal_year_starts), language)
        answer_what_ifs(what_ifs, given, out, planned_with(folders, out, run, language), language)
        print_failures(run, language)
    if run.failures or run.stopped:
        raise typer.Exit(FAILED)


def question_of(name: str) -> Question:
    """Return the question of a name; refuse another name, and any where nothing can answer it."""
    from zt_planner.files.portfolio.queries import check_installed  # noqa: PLC0415 - as above
    from zt_planner.topics.portfolio.questions import BY_NAME  # noqa: PLC0415 - as above

    if name not in BY_NAME:
        problem, remedy = msgid("'{value}' is not a question"), msgid("Use one of: {known}")
        raise unusable("--question", problem, remedy, value=shortened(name), known=", ".join(BY_NAME))
    check_installed()
    return BY_NAME[name]


def print_answers(out: Path, question: Question | None, asked: Asked, language: Language) -> None:
    """Write the answers to all questions, and print the one that was asked."""
    from zt_planner.files.portfolio.queries import answer, asking, is_installed, write_answers  # noqa: PLC0415 - as above
    from zt_planner.files.portfolio.writing import Portfolio  # noqa: PLC0415 - as above

    kept = Portfolio(out)
    if not is_installed():
        print_line(language.say("For answers, install {package}.", package='"zt-planner[portfolio]"'))
        return
    print_line(language.say("Answers: {files}", files=", ".join(write_answers(kept, asked))))
    if question is not None:
        with asking(kept) as connection:
            table = language.written(question.table(answer(connection, question, asked).rows))
        print_line("")
        print_line(language.say(question.title))
        if table.rows:
            print_rows((table.columns, *table.rows), table.numbers)
        else:
            print_line(language.say("None of the plans has any."))


def planned_with(folders: list[Path], out: Path, run: PortfolioRun, language: Language) -> PlansWith:
    """Return how the counted clients are planned with some settings."""
    from zt_planner.files.portfolio.what_ifs import plans_of  # noqa: PLC0415 - as above

    def plans(settings: PlanSettings) -> dict[str, Plan]:
        with progress_bar(language) as progress:
            return plans_of(folders, out, settings, run, progress)

    return plans


@contextmanager
def planners(folders: list[Path], out: Path, processes: int, on_workers: bool) -> Iterator[int | Pool]:
    """Give the number of processes that plan, or the workers of the database that do."""
    if not on_workers:
        yield processes
        return
    from zt_planner.workspace.portfolio import OnWorkers  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.workspace.runners.queue_worker import QueueWorker  # noqa: PLC0415 - the same
    from zt_planner.workspace.runners.worker import Worker  # noqa: PLC0415 - the same

    with opened_store() as store:
        queue = bootstrap.queue_of(store)
        if queue is None:
            problem, remedy = msgid("the workers have a key, and it is not set"), msgid("Set {name}")
            raise unusable("--on-workers", problem, remedy, name=variable("worker_key"))
        calculations, _ = queue
        if not calculations.has_worker():
            problem = msgid("no worker with this key and of this version is there")
            raise unusable("--on-workers", problem, msgid("Start {command}"), command="zt-planner worker")
        yield OnWorkers(QueueWorker(*queue, Worker()), calculations, folders, out)


@contextmanager
def progress_bar(language: Language) -> Iterator[Progress]:
    """Show how many clients are dealt with, where a person looks on."""
    with typer.progressbar(length=1, label=language.say("Planning"), file=sys.stderr, show_pos=True) as bar:

        def show(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield show


def print_run(run: PortfolioRun, out: Path, language: Language) -> None:
    """Print what a run came to."""
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
    if run.counted:
        is_whole = not run.lower_bounds
        amounts = (bounded_money(amount, is_whole=is_whole) for amount in (run.budget, run.monthly))
        budget, monthly = map(language.write, amounts)
        print_line(
            language.say("Introductions as planned: {budget}, then {monthly} a month.", budget=budget, monthly=monthly)
        )
    for line in told(run, language):
        print_line(line)
    print_line(language.say("Written to {folder}: {files}", folder=out, files=", ".join(run.files)))


def print_failures(run: PortfolioRun, language: Language) -> None:
    """Print what failed and why; of very much, the first."""
    from zt_planner.files.portfolio.running import NOTES  # noqa: PLC0415 - as above

    for failure in run.failures[:MOST_LINES]:
        typer.echo(language.labelled(language.say("Failed"), shown(failure.key)), err=True)
        print_error(failure.error, language)
    more = len(run.failures) - MOST_LINES
    if more > 0:
        typer.echo(language.say("and {n} more, all in {file}", n=language.number(more), file=NOTES), err=True)


def shown(key: str) -> str:
    """Return a key or a name as a terminal can show it, in one line."""
    return shortened(key, LONGEST_KEY)


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
    lines = list(notes(run, language))
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield language.say("and {n} more, all in {file}", n=language.number(len(lines) - MOST_LINES), file=NOTES)


def notes(run: PortfolioRun, language: Language) -> Iterator[str]:
    """Yield what is to be known of single files."""
    for twin in run.twins:
        file, other = shown(twin.key), shown(twin.counted)
        yield language.say("{file} has the same content as {other} and is not counted.", file=file, other=other)
    for same in run.namesakes:
        files, name = ", ".join(map(shown, same.keys)), shown(same.name)
        yield language.say(
            "{files} have one name, '{name}', and different contents: all are counted. Remove what is out of date.",
            files=files,
            name=name,
        )
    for stopped in run.stopped:
        file = shown(stopped.key)
        yield language.say("{file} has no schedule ({code}): its figures are not known.", file=file, code=stopped.code)
