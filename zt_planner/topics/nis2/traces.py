"""Why so many points? What the finished tasks do for each of the 49 points of NIS2, and since when (M19).

Laws: the counts are those of the first screen; a point's day is the finish of one of its tasks, or the start of the
plan for what was done before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from zt_planner.domain import units
from zt_planner.domain.plan import CoverageState, PointCoverage
from zt_planner.errors import msgid
from zt_planner.language import Text, Words, sentences
from zt_planner.topics.figure import KeyFigure, traced
from zt_planner.topics.figure_names import POINT
from zt_planner.topics.labels import label
from zt_planner.topics.nis2.points import counted_points
from zt_planner.topics.task_words import task_names
from zt_planner.topics.trace import Trace, TraceRow
from zt_planner.topics.view import View

RULE = msgid(
    "A point is supported from the day on which the last of its main tasks is finished, if all of them are in the "
    "plan, and partly supported from the first finished task that addresses it. Points that the five steps address "
    "only in part are never more than partly supported (rule M19). This is our own reading, no legal "
    "advice: have a lawyer check whether you meet the law."
)


def point_titles(view: View) -> dict[str, Words]:
    """Return the points with their titles by number."""
    return {point.point: sentences(point.point, Text(point.title)) for point in view.case.base_model.points}


def explain_count(figure: KeyFigure, view: View, state: CoverageState) -> Trace:
    """Return which points are counted and which are not."""
    plan, titles = view.plan, point_titles(view)
    rows = [
        TraceRow(
            item=titles[covered.point],
            category=label(covered.state),
            times="" if covered.reached_on is None else Text("from {day}", day=covered.reached_on),
            amount=int(covered.state is state),
            day=covered.reached_on,
        )
        for covered in plan.coverage
    ]
    shown = Text("{count} of {of} points", count=counted_points(plan, state), of=len(plan.coverage))
    return traced(figure, plan, rows, shown=shown, unit=units.COUNT)


def explain_point(number: str, view: View) -> Trace | None:
    """Return which tasks serve a point, since when, and which are missing; None for a number that there is not."""
    covered = next((covered for covered in view.plan.coverage if covered.point == number), None)
    if covered is None:
        return None
    state, day = label(covered.state), covered.reached_on
    rows = sorted(_rows(covered, view), key=lambda row: row.day or date.max)
    return Trace(
        name=f"{POINT}:{covered.point}",
        title=point_titles(view)[covered.point],
        value=day,
        shown=state if day is None else Text("{state} from {day}", state=state, day=day),
        rule=Text(RULE),
        rows=tuple(rows),
        unit=units.COUNT,
    )


def _rows(covered: PointCoverage, view: View) -> Iterator[TraceRow]:
    """Yield the tasks that serve a point, what they are to it, and when each is finished."""
    names, days = task_names(view.case.model), {task.task.id: task.finish for task in view.plan.tasks}
    done, start = {task.id for task in view.case.done}, view.plan.headlines.start_date
    for task_ids, role in (
        (covered.main_tasks, Text("main task")),
        (covered.partial_tasks, Text("contributes")),
    ):
        for task_id in task_ids:
            row = partial(TraceRow, item=names[task_id], category=role)
            if task_id in days:
                yield row(times=Text("finished on {day}", day=days[task_id]), day=days[task_id])
            elif task_id in done:
                yield row(times=Text("done before the start"), day=start)
            else:
                yield row(times=Text("nothing to do"), day=start)
    for task_id in covered.missing_tasks:
        yield TraceRow(names.get(task_id, task_id), Text("main task"), Text("not in the plan"))
    if not (covered.main_tasks or covered.partial_tasks or covered.missing_tasks):
        yield TraceRow(Text("Not addressed by the plan"))
