"""Why is a team so busy in a week? Its tasks and its coordination, beside what it has.

Law: the rows of a week add up to its person-days exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.plan import Team
from zt_planner.language import Number, Plural, ShortDay, Span, Text, Words
from zt_planner.topics.figure_names import LOAD
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.marks import effort_marks
from zt_planner.topics.roadmap.team_load import TEAMS, mondays, week_text, weeks_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zt_planner.engine.plan import Plan
    from zt_planner.topics.roadmap.team_load import Week
    from zt_planner.topics.view import View


def load_titles(view: View) -> dict[str, Words]:
    """Return every week of both teams, as in `internal:2027-05-03`, with what it is called."""
    return {f"{team}:{monday}": title(team, monday) for team in Team for monday in mondays(view.plan)}


def title(team: Team, monday: date) -> Words:
    """Return what a week of a team is called."""
    return Text("{team}, week of {day}", team=Text(TEAMS[team]), day=ShortDay(monday))


def explain_load(name: str, view: View) -> Trace | None:
    """Return why a team is so busy in a week; None for a week that the plan does not have."""
    word, _, monday = name.partition(":")
    team = next((known for known in Team if known == word), None)
    weeks = () if team is None else weeks_of(view.plan, team)
    week = next((found for found in weeks if str(found.monday) == monday), None)
    if team is None or week is None:
        return None
    return Trace(
        name=f"{LOAD}:{name}",
        title=title(team, week.monday),
        value=week.whole,
        shown=Plural("{n} day", "{n} days", Number(week.whole, 2)),
        rule=Text(
            "Each task uses the team evenly over its working days (rule M7); coordination comes on top (rule "
            "M16). The team has its days a week; in a week with days off, a fifth of them for each working "
            "day."
        ),
        rows=tuple(load_rows(week, view.plan)),
        unit=units.PERSON_DAYS,
        notes=(week_text(week),),
    )


def load_rows(week: Week, plan: Plan) -> Iterator[TraceRow]:
    """Yield the days of each task in a week, and those of coordination."""
    for task in plan.tasks:
        days = week.task_days.get(task.task.id)
        if days is not None:
            yield TraceRow(
                item=task_name(task.task),
                category=label(task.task.step),
                times=Span(task.start, task.finish),
                amount=days,
                badges=effort_marks(task, plan),
            )
    if week.coordination:
        yield TraceRow(Text("Coordination"), amount=week.coordination)
