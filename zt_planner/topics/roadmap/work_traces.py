"""Why so many days? Person-days by task and month, and the teams' days a week.

Days are no money: they are explained also where labour is not shown. Laws: the
rows of a figure of days add up to it exactly; what a team does for coordination
is counted by the same rule that bills it (`engine.costing.labour.coordination_of`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.costing.labour import coordination_of, team_days
from zt_planner.engine.figures import task_days
from zt_planner.engine.plan import calendar_of_plan
from zt_planner.engine.scheduling.effort import WORKING_DAYS_A_WEEK
from zt_planner.errors import msgid
from zt_planner.topics.figure import traced
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.marks import effort_marks
from zt_planner.topics.task_words import task_name
from zt_planner.topics.trace import Counted, Divisor, Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.figure import Figure
    from zt_planner.topics.view import View

DAYS_RULE = msgid(
    "The team's share of the effort of every task (rule M6), and its coordination: a number of days "
    "a month, in proportion to the month's working days within the plan (rule M16)."
)


def work_rows(plan: Plan, team: Team, language: Language) -> Iterator[TraceRow]:
    """Yield a team's days for each task that needs some."""
    for task in plan.tasks:
        if days := team_days(task, team):
            yield TraceRow(
                item=language.write(task_name(task.task)),
                category=language.write(label(task.task.step)),
                times=language.span(task.start, task.finish),
                amount=days,
                badges=effort_marks(task, plan),
            )


def steering_rows(plan: Plan, figures: Headlines, team: Team, language: Language) -> Iterator[TraceRow]:
    """Yield a team's days of coordination in each month."""
    start, finish = figures.start_date, figures.finish_date
    for part in coordination_of(plan.scenario, start, finish, calendar_of_plan(plan)):
        if part.team is team:
            times = language.plural(
                "{touched} of {n} working day", "{touched} of {n} working days", part.worked, touched=part.touched
            )
            yield TraceRow(
                item=language.say("Coordination, {month}", month=language.month(part.month)),
                times=times,
                amount=part.days,
            )


def explain_days(figure: Figure, context: View, team: Team) -> Trace:
    """Return why a team works so many days."""
    plan, language = context.plan, context.language
    rows = (*work_rows(plan, team, language), *steering_rows(plan, context.figures, team, language))
    return traced(figure, context.plan, rows, counted=Counted.DAYS)


def explain_average(figure: Figure, context: View) -> Trace:
    """Return why the own team works so much a week on average."""
    plan, language, figures = context.plan, context.language, context.figures
    worked = calendar_of_plan(plan).count(figures.start_date, figures.finish_date)
    weeks = language.plural(
        "weeks of five working days ({n} working day)", "weeks of five working days ({n} working days)", worked
    )
    return traced(
        figure,
        context.plan,
        work_rows(plan, Team.INTERNAL, language),
        shown=language.number(figures.internal_days_per_week_average, 2),
        counted=Counted.DAYS,
        divisors=(Divisor(weeks, Fraction(worked, WORKING_DAYS_A_WEEK), 1),),
    )


def explain_capacity(figure: Figure, context: View, team: Team) -> Trace:
    """Return why a team has so many days a week: given, found for the deadline, or in proportion to the other."""
    plan, language, figures = context.plan, context.language, context.figures
    value = figures.internal_days_per_week if team is Team.INTERNAL else figures.external_days_per_week
    leads = Team.INTERNAL if task_days(plan.tasks, Team.INTERNAL) else Team.EXTERNAL
    if plan.scenario.timeline.mode is Mode.CAPACITY:
        rule = language.say("The days a week that were entered: the finish follows from them (rule M10).")
        rows: tuple[TraceRow, ...] = (TraceRow(language.say("As entered"), amount=value),)
    elif plan.is_levelled:
        rule = language.say("The days a week for which the plan was levelled (rule M20).")
        rows = (TraceRow(language.say("Days a week"), amount=value),)
    elif team is leads:
        rule = smallest_team(plan, language)
        rows = (TraceRow(language.say("Days a week, in steps of a quarter"), amount=value),)
    else:
        rule = language.say(
            "In proportion to the other team, by the days of all tasks, rounded up to a quarter day, within "
            "the maximum entered (rule M10)."
        )
        rows = tuple(following_rows(plan, figures, leads, value, language))
    note = language.say("This is the most that the team works in a week; the average is lower.")
    return traced(figure, context.plan, rows, rule=rule, counted=Counted.DAYS, notes=(note,))


def smallest_team(plan: Plan, language: Language) -> str:
    """Say how the leading team was found."""
    if plan.has_finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE):
        return language.say(
            "No team within the maximum entered meets the deadline: this is the smallest one with the "
            "earliest finish (rule M10)."
        )
    return language.say(
        "The smallest team whose schedule is finished before the deadline, counted up in quarter days a week "
        "(rule M10)."
    )


def following_rows(
    plan: Plan, figures: Headlines, leads: Team, value: Decimal, language: Language
) -> Iterator[TraceRow]:
    """Yield how the other team's days a week follow from the leading team's."""
    internal, external = (task_days(plan.tasks, team) for team in Team)
    is_internal = leads is Team.INTERNAL
    capacity = figures.internal_days_per_week if is_internal else figures.external_days_per_week
    ratio = external / internal if is_internal else internal / external
    exact = Fraction(capacity) * ratio
    days = [language.number(part, 2) for part in ((external, internal) if is_internal else (internal, external))]
    yield TraceRow(
        item=language.say("In proportion to the other team"),
        times=language.plural(
            "{n} day a week × {own} / {other} days",
            "{n} days a week × {own} / {other} days",
            language.trimmed(capacity),
            own=days[0],
            other=days[1],
        ),
        amount=exact,
    )
    yield TraceRow(item=language.say("Rounded up, or capped at the maximum entered"), amount=Fraction(value) - exact)
