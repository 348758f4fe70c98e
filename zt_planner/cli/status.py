"""`zt-planner status`: by when a plan that is under way is done, what has moved, and how far its tasks are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zt_planner.cli.inputs import (
    LocaleOption,
    NeededScenarioFile,
    OutFile,
    Settings,
    Today,
    day_option,
    plain_errors,
    plan_day,
    plan_of,
    read_plan,
    unusable,
)
from zt_planner.cli.output import (
    no_schedule,
    print_blocks,
    print_each,
    print_line,
    print_promise,
    print_rows,
    write_scenario,
)
from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.language import Language, LanguageCode, language_for

MOST_LINES = 10
"""Of what is left out of a file; the dashboard lists more."""
At = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help="The status date, as in 2027-04-15; default: the scenario's.")
]
BookingsFile = Annotated[
    Path | None,
    typer.Option("--bookings", metavar="FILE.csv", help="What was invoiced: month or date, amount, category."),
]


def status(
    scenario: NeededScenarioFile,
    at: At = None,
    bookings: BookingsFile = None,
    out: OutFile = None,
    settings: Settings = None,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say by when a plan is done as it stands on a day, and how far its tasks are."""
    from zt_planner.topics.progress.blocks import status_sentences  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.topics.progress.status import tasks_table  # noqa: PLC0415 - the same
    from zt_planner.topics.view import View  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        day = day_option("--at", at)
        dated = () if day is None else (f"status.at={day}",)
        plan = read_plan(scenario, (*(settings or ()), *dated), plan_day(today))
        if not plan.scenario.status.is_under_way:
            problem, remedy = msgid("there is no status date"), msgid("Give one, as in --at 2027-04-15")
            raise unusable("--at", problem, remedy)
        if bookings is not None:
            plan = with_bookings(bookings, plan, plan_day(today), language)
        if out is not None:
            write_scenario(out, plan.scenario, language)
        if isinstance(plan, StoppedPlan):
            raise no_schedule(language)
        view = View(plan, language)
        print_promise(view)
        print_blocks(status_sentences(view), language)
        print_line("")
        tasks = language.written(tasks_table(plan.tasks))
        print_rows((tasks.columns, *tasks.rows))
        doubtful = [finding for finding in plan.findings if finding.code.startswith("status.")]
        if doubtful:
            print_line("")
            print_each(doubtful, plan.case.book, language)


def with_bookings(file: Path, before: AnyPlan, day: date, language: Language) -> AnyPlan:
    """Return the plan with the bookings of a file; say how many rows were read, and which were not."""
    from zt_planner.cli.importing import read  # noqa: PLC0415 - paid only where it is read
    from zt_planner.domain.incoming import FileKind  # noqa: PLC0415 - the same
    from zt_planner.files.scenario_json import with_values  # noqa: PLC0415 - the same
    from zt_planner.topics.record.incoming import kind_text, notice_lines  # noqa: PLC0415 - the same

    incoming = read(file, before, day)
    if incoming.source is not FileKind.BOOKINGS:
        problem, remedy = (
            msgid("it contains no bookings"),
            msgid("Name a CSV file with month or date, amount and category"),
        )
        raise FileProblem(Place(file.name), problem, remedy)
    scenario = with_values(before.scenario, incoming.edits)
    print_line(language.write(kind_text(incoming)))
    lines = language.written(notice_lines((*incoming.notices, *incoming.left_out)))
    for line in lines[:MOST_LINES]:
        print_line(f"  {line}")
    more = len(incoming.notices) + incoming.count_left_out - MOST_LINES
    if more > 0:
        print_line(f"  {language.say('and {n} more', n=language.number(more))}")
    print_line("")
    return plan_of(scenario, day)
