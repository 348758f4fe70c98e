"""`zt-planner ask`: what must be true for a day and an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zt_planner.cli.inputs import (
    LocaleOption,
    NeededScenarioFile,
    Settings,
    Today,
    amount_from,
    day_option,
    plain_errors,
    plan_day,
    read_plan,
)
from zt_planner.cli.output import print_line, print_no_schedule
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Labelled, Language, LanguageCode, language_for

if TYPE_CHECKING:
    from zt_planner.engine.goals.answer import Answer
    from zt_planner.topics.limits.goals import Way

NO_WAY = 1
INDENT = "  "
By = Annotated[str | None, typer.Option("--by", metavar="DATE", help="Done by a day, as in 2027-06-30.")]
FirstYear = Annotated[
    str | None, typer.Option("--first-year", metavar="AMOUNT", help="Maximum EUR for the first year, as in 110000.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def ask(
    scenario: NeededScenarioFile,
    by: By = None,
    first_year: FirstYear = None,
    settings: Settings = None,
    as_json: AsJson = False,
    locale: LocaleOption = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say what must be true to be done by a day, for an amount in the first year; exit code 1 if no way is found."""
    from zt_planner.engine.goals.answer import ask as answered  # noqa: PLC0415 - the same
    from zt_planner.engine.goals.question import Goals  # noqa: PLC0415 - paid only where it is asked for
    from zt_planner.files.answer_json import answer_bytes  # noqa: PLC0415 - the same

    language = language_for(locale)
    with plain_errors(language):
        plan = read_plan(scenario, tuple(settings or ()), plan_day(today))
        goals = Goals(day_option("--by", by), amount_from("--first-year", first_year))
        answer = answered(plan.case, goals)
        if as_json:
            typer.echo(answer_bytes(answer).decode(), nl=False)
        else:
            if isinstance(plan, StoppedPlan):
                print_no_schedule(language)
            print_answer(answer, language)
    if not answer.sets and not answer.is_true_already:
        raise typer.Exit(NO_WAY)


def print_answer(answer: Answer, language: Language) -> None:
    """Print every way that leads there, and what comes nearest."""
    from zt_planner.topics.limits import goals  # noqa: PLC0415 - paid only where it is asked for

    print_line(language.write(Labelled(goals.goals_text(answer.goals, answer.now), goals.answer_headline(answer))))
    for found in answer.sets:
        print_way(language.written(goals.way_of(found, answer)), language)
    if answer.nearest:
        print_line("")
        print_line(language.write(Labelled(goals.nearest_headline(answer))))
        for found in answer.nearest:
            print_way(language.written(goals.way_of(found, answer, is_nearest=True)), language)
    print_line("")
    print_line(language.write(goals.search_note(answer, names_fields=True)))


def print_way(way: Way, language: Language) -> None:
    """Print one way: its title and reason, then what changes, what it comes to, what is lost and what to look at."""
    from zt_planner.topics.limits.goals import changed_figure_text  # noqa: PLC0415 - paid only where it is asked for

    print_line("")
    print_line(f"{way.title}. {way.meets or way.why}")
    for line in (*way.changes, *way.kept):
        print_line(f"{INDENT}* {line}")
    for effect in way.effects:
        print_line(f"{INDENT}  {language.write(changed_figure_text(effect))}")
    for line in way.losses:
        print_line(f"{INDENT}- {line}")
    for line in way.notes:
        print_line(f"{INDENT}! {line}")
