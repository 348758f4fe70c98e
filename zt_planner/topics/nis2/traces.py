"""Why so many measures? What the finished tasks do for each measure of NIS2 Art. 21(2), and since when (M19).

Laws: the counts are those of the first screen; a measure's day is the finish of
one of its tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.errors import msgid
from zt_planner.topics.figure import traced
from zt_planner.topics.figure_names import MEASURE
from zt_planner.topics.labels import label
from zt_planner.topics.task_words import task_name
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from zt_planner.domain.plan import CoverageState, PointCoverage
    from zt_planner.topics.figure import KeyFigure
    from zt_planner.topics.view import View

RULE = msgid(
    "A measure is supported from the day on which the last task that mainly serves it is finished, if all such tasks "
    "are in the plan, and partly from the first finished task that names it. Risk analysis (a), business continuity "
    "(c), supply chains (d), vulnerabilities (e), training (g) and secured communication (j) are never more than "
    "partly supported (rule M19). This is not proof of compliance."
)


def measure_name(covered: PointCoverage, view: View) -> str:
    """Return a measure with its letter."""
    names = {measure.letter: measure.measure for measure in view.case.model.measures}
    return f"({covered.letter}) {view.language.say(names[covered.letter])}"


def explain_count(figure: KeyFigure, view: View, state: CoverageState) -> Trace:
    """Return which measures are counted and which are not."""
    plan, language = view.plan, view.language
    rows = [
        TraceRow(
            item=measure_name(covered, view),
            category=language.write(label(covered.state)),
            times=""
            if covered.reached_on is None
            else language.say("from {day}", day=language.day(covered.reached_on)),
            amount=int(covered.state is state),
            day=covered.reached_on,
        )
        for covered in plan.coverage
    ]
    shown = language.say("{count} of {of}", count=figure.known(plan), of=len(plan.coverage))
    return traced(figure, view.plan, rows, shown=shown, unit=units.COUNT)


def measure_titles(view: View) -> dict[str, str]:
    """Return the measures' letters with their names."""
    return {covered.letter: measure_name(covered, view) for covered in view.plan.coverage}


def explain_measure(letter: str, view: View) -> Trace | None:
    """Return which tasks serve a measure, when each is finished or that it is left out; None for an unknown letter."""
    found = (covered for covered in view.plan.coverage if covered.letter == letter)
    return next((_measure(covered, view) for covered in found), None)


def _measure(covered: PointCoverage, view: View) -> Trace:
    language = view.language
    tasks = {task.task.id: task for task in view.plan.tasks}
    served = [(task_id, True) for task_id in covered.main_tasks]
    served += [(task_id, False) for task_id in covered.partial_tasks]
    rows = [
        TraceRow(
            item=task_name(tasks[task_id].task),
            category=language.say("serves it mainly") if is_main else language.say("serves it partly"),
            times=language.say("finished on {day}", day=language.day(tasks[task_id].finish)),
            day=tasks[task_id].finish,
        )
        for task_id, is_main in served
    ]
    rows += [
        TraceRow(
            item=task_name(view.case.model.by_id[task_id]),
            category=language.say("serves it mainly"),
            times=language.say("not in the plan"),
        )
        for task_id in covered.missing_tasks
    ]
    state, day = language.write(label(covered.state)), covered.reached_on
    return Trace(
        name=f"{MEASURE}:{covered.letter}",
        title=measure_name(covered, view),
        value=day,
        shown=state if day is None else language.say("{state} from {day}", state=state, day=language.day(day)),
        rule=language.say(RULE),
        rows=tuple(sorted(rows, key=lambda row: row.day or view.plan.today)),
        unit=units.COUNT,
    )
