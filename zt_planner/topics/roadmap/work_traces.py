"""Why so many days? Person-days by task and month, and the teams' days a week.

Days are no money: they are explained also where labour is not shown. Laws: the rows of a figure of days add up to it
exactly; what a team does for coordination is counted by the same rule that bills it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from zt_planner.domain import units
from zt_planner.domain.finding import Code
from zt_planner.domain.month import WORKING_DAYS_A_WEEK
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.costing.labour import Coordination
from zt_planner.engine.figures import TaskDays, task_days
from zt_planner.engine.plan import Plan, calendar_of_plan
from zt_planner.errors import msgid
from zt_planner.language import Number, Plural, Share, Span, Text, Trimmed
from zt_planner.topics.figure import KeyFigure, traced
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.marks import effort_marks
from zt_planner.topics.task_words import task_name
from zt_planner.topics.trace import Divisor, Trace, TraceRow
from zt_planner.topics.view import View

DAYS_RULE = msgid(
    "The team's share of the effort of every task (rule M6), and its coordination: a share of "
    "the days of work of each month (rule M16)."
)


def work_rows(parts: Iterable[TaskDays | Coordination], plan: Plan) -> Iterator[TraceRow]:
    """Yield a team's days for each task, and for the coordination of each month."""
    for part in parts:
        if isinstance(part, Coordination):
            yield TraceRow(
                item=Text("Coordination, {month}", month=part.month),
                times=Plural(
                    "{share} of {n} day of work",
                    "{share} of {n} days of work",
                    Number(part.worked, 2),
                    share=Share(part.days / part.worked),
                ),
                amount=part.days,
            )
        else:
            task = part.task
            yield TraceRow(
                item=task_name(task.task),
                category=label(task.task.step),
                times=Span(task.start, task.finish),
                amount=part.days,
                badges=effort_marks(task, plan),
            )


def explain_days(figure: KeyFigure, view: View) -> Trace:
    """Return why a team works so many days."""
    return traced(figure, view.plan, work_rows(figure.parts(view.plan), view.plan), unit=units.PERSON_DAYS)


def explain_average(figure: KeyFigure, view: View) -> Trace:
    """Return why the own team works so much a week on average."""
    plan, figures = view.plan, view.figures
    worked = calendar_of_plan(plan).count(figures.start_date, figures.finish_date)
    weeks = Plural(
        "weeks of five working days ({n} working day)", "weeks of five working days ({n} working days)", worked
    )
    number = Fraction(worked, WORKING_DAYS_A_WEEK)
    return traced(
        figure,
        plan,
        work_rows(figure.parts(plan), plan),
        shown=Number(figures.internal_days_per_week_average, 2),
        unit=units.PERSON_DAYS,
        divisors=(Divisor(weeks, number, Trimmed(number, 1)),),
    )


def explain_capacity(figure: KeyFigure, view: View, team: Team) -> Trace:
    """Return why a team has so many days a week: given, found for the deadline, or in proportion to the other."""
    plan, value = view.plan, view.figures[figure.name].value
    leads = Team.INTERNAL if task_days(plan.tasks, Team.INTERNAL) else Team.EXTERNAL
    if plan.scenario.timeline.mode is Mode.CAPACITY:
        rule = Text("The days a week that were entered: the finish follows from them (rule M10).")
        rows: tuple[TraceRow, ...] = (TraceRow(Text("As entered"), amount=value),)
    elif plan.is_levelled:
        rule = Text("The days a week for which the tasks were reordered (rule M20).")
        rows = (TraceRow(Text("Days a week"), amount=value),)
    elif team is leads:
        rule = smallest_team(plan)
        rows = (TraceRow(Text("Days a week, in steps of a quarter"), amount=value),)
    else:
        rule = Text(
            "In proportion to the other team, by the days of all tasks, rounded up to a quarter day, within "
            "the maximum entered (rule M10)."
        )
        rows = tuple(following_rows(view, team, leads))
    note = Text("This is the most that the team works in a week; the average is lower.")
    return traced(figure, plan, rows, rule=rule, unit=units.PERSON_DAYS, notes=(note,))


def smallest_team(plan: Plan) -> Text:
    """Say how the leading team was found."""
    if plan.has_finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE):
        return Text(
            "No team within the maximum entered meets the deadline: this is the smallest one whose finish is within "
            "five working days of the earliest (rule M10)."
        )
    share = plan.scenario.timeline.confidence.share
    if share is not None:
        return Text(
            "The smallest team that is finished before the deadline in {share} of the draws, counted up in quarter "
            "days a week (rules M10 and M22).",
            share=Share(Fraction(share)),
        )
    return Text(
        "The smallest team whose schedule is finished before the deadline, counted up in quarter days a week "
        "(rule M10)."
    )


def following_rows(view: View, team: Team, leads: Team) -> Iterator[TraceRow]:
    """Yield how a team's days a week follow from those of the leading team."""
    a_week = {
        Team.INTERNAL: view.figures.internal_days_per_week,
        Team.EXTERNAL: view.figures.external_days_per_week,
    }
    own, other = task_days(view.plan.tasks, team), task_days(view.plan.tasks, leads)
    exact = Fraction(a_week[leads]) * own / other
    yield TraceRow(
        item=Text("In proportion to the other team"),
        times=Plural(
            "{n} day a week × {own} / {other} days",
            "{n} days a week × {own} / {other} days",
            Trimmed(a_week[leads]),
            own=Number(own, 2),
            other=Number(other, 2),
        ),
        amount=exact,
    )
    yield TraceRow(Text("Rounded up, or capped at the maximum entered"), amount=Fraction(a_week[team]) - exact)
