"""`zt-planner portfolio`: plans every file of some folders, and keeps the results as tables."""

from __future__ import annotations

import signal
import sys
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner import bootstrap
from zt_planner.cli.inputs import (
    CATALOGUE,
    CsvDialect,
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
from zt_planner.cli.what_ifs import Compare, DaysAWeek, First, Joint, Later, answer_what_ifs, check_compared, options_of
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.errors import msgid
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode, Listed, Text, Words, language_for
from zt_planner.media.csv.dialects import Dialect
from zt_planner.resources import data_dir
from zt_planner.settings import variable
from zt_planner.topics.labels import bounded_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from zt_planner.cli.what_ifs import PlansWith
    from zt_planner.engine.plan import Plan
    from zt_planner.files.portfolio.processes import Pool
    from zt_planner.files.portfolio.queries import Asked
    from zt_planner.files.portfolio.reading import Failure, PlanSettings
    from zt_planner.files.portfolio.running import PortfolioRun, Progress
    from zt_planner.files.portfolio.writing import Portfolio
    from zt_planner.topics.portfolio.questions import Question

FAILED, INTERRUPTED = 1, 130
LONGEST_KEY = 200
"""Characters of a file that are shown."""
MOST_LINES = 50
"""Of what is told of files; `notes.csv` has every one."""
MOST_NAMED = 20
"""Files that are named for one reason."""
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
    dialect: CsvDialect = Dialect.RFC4180,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Plan every file of some folders and write tables of all; exit code 1 if a file fails."""
    from zt_planner.files.portfolio.locking import locked  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.files.portfolio.processes import cores  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.queries import Asked  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.reading import PlanSettings, check_folders, found_in  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.running import run_portfolio  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.what_ifs import check_asked  # noqa: PLC0415 - the same
    from zt_planner.files.portfolio.writing import Portfolio  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        asked = None if question is None else question_of(question)
        what_ifs = replace(options_of(later, days_a_week, first), is_joint=joint, is_compared=compare)
        catalogue = None if (named := CATALOGUE.get()) is None else str(named.absolute())
        given = PlanSettings(str(data_dir()), plan_day(today), tuple(settings or ()), catalogue)
        check_compared(compare, given)
        if on_workers:
            folders, out = [folder.absolute() for folder in folders], out.absolute()
        kept, count = Portfolio(out, dialect), processes or cores()
        check_folders(folders, out)
        with locked(out), ended_quietly(kept, language):
            check_asked(what_ifs, found_in(folders, out).files, given)
            with planners(folders, out, count, on_workers) as pool, progress_bar(language) as progress:
                run = run_portfolio(folders, kept, given, pool, progress)
            print_run(run, out, language)
            print_answers(kept, asked, Asked(given.today, fiscal_year_starts), language)
            plans = planned_with(folders, out, run, count, language)
            answer_what_ifs(what_ifs, given, kept, plans, run, language)
            print_failures(run, language)
    if run.failures or run.stopped:
        raise typer.Exit(FAILED)


@contextmanager
def ended_quietly(kept: Portfolio, language: Language) -> Iterator[None]:
    """Where Ctrl+C or the system ends the command, say how to go on, and leave nothing half written."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        kept.remove_unfinished()
        typer.echo(language.say("Stopped. Start the same command again to go on: what is complete is kept."), err=True)
        raise typer.Exit(INTERRUPTED) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def question_of(name: str) -> Question:
    """Return the question of a name; refuse another name, and any where nothing can answer it."""
    from zt_planner.files.portfolio.queries import check_installed  # noqa: PLC0415 - as above
    from zt_planner.topics.portfolio.questions import BY_NAME  # noqa: PLC0415 - as above

    if name not in BY_NAME:
        problem, remedy = msgid("'{value}' is not a question"), msgid("Use one of: {known}")
        raise unusable("--question", problem, remedy, value=shortened(name), known=", ".join(BY_NAME))
    check_installed()
    return BY_NAME[name]


def print_answers(kept: Portfolio, question: Question | None, asked: Asked, language: Language) -> None:
    """Write the answers to all questions, and print the one that was asked."""
    from zt_planner.files.portfolio.queries import answer, asking, is_installed, write_answers  # noqa: PLC0415 - as above

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


def planned_with(folders: list[Path], out: Path, run: PortfolioRun, processes: int, language: Language) -> PlansWith:
    """Return how the counted clients are planned with some settings."""
    from zt_planner.files.portfolio.what_ifs import counted_in, plans_of  # noqa: PLC0415 - as above

    def plans(settings: PlanSettings) -> dict[str, Plan]:
        with progress_bar(language) as progress:
            return plans_of(counted_in(folders, out, run), settings, processes, progress)

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
    clients = language.plural(
        "{n} client: {planned} planned, {unchanged} unchanged.",
        "{n} clients: {planned} planned, {unchanged} unchanged.",
        run.counted,
        planned=number(run.planned),
        unchanged=number(run.unchanged),
    )
    failed = language.plural("{n} file failed.", "{n} files failed.", len(run.failures)) if run.failures else ""
    print_line(f"{clients} {failed}".rstrip())
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
    """Print what failed and why, each reason once; of very much, the first."""
    from zt_planner.files.portfolio.names import NOTES  # noqa: PLC0415 - as above

    by_reason: dict[str, list[Failure]] = defaultdict(list)
    for failure in run.failures:
        by_reason[str(failure.error)].append(failure)
    told = list(by_reason.values())[:MOST_LINES]
    for same in told:
        typer.echo(labelled_keys(language.say("Failed"), [failure.key for failure in same], language), err=True)
        print_error(same[0].error, language)
    more = len(run.failures) - sum(map(len, told))
    if more > 0:
        typer.echo(language.say("and {n} more, all in {file}", n=language.number(more), file=NOTES), err=True)


def labelled_keys(label: str, keys: Sequence[str], language: Language) -> str:
    """Return a label with keys; of very many, the first."""
    named: list[Words] = [shown(key) for key in keys[:MOST_NAMED]]
    if len(keys) > MOST_NAMED:
        named.append(Text("{n} more", n=len(keys) - MOST_NAMED))
    return language.labelled(label, language.write(Listed(named)))


def shown(key: str) -> str:
    """Return a key or a name as a terminal can show it, in one line."""
    return shortened(key, LONGEST_KEY)


def told(run: PortfolioRun, language: Language) -> Iterator[str]:
    """Yield what a reader of the tables has to know about the files."""
    from zt_planner.files.portfolio.names import NOTES  # noqa: PLC0415 - as above

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
    from zt_planner.topics.findings.findings import texts_of  # noqa: PLC0415 - as above

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
    by_code: dict[str, list[str]] = defaultdict(list)
    for stopped in run.stopped:
        by_code[stopped.code].append(stopped.key)
    for code, keys in by_code.items():
        texts = texts_of(Finding(Code(code), Severity.BLOCKING))
        yield labelled_keys(language.say("No schedule, so figures are not known"), keys, language)
        yield f"{language.say(texts.message)} {language.say(texts.remedy)}"
