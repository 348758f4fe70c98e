"""Import of a project file as edits of the open plan.

A file that was once exported is known by its marks: what was changed in it
becomes edits, what is new own tasks, what is missing goes out of scope. Of any
other file, every task becomes an own task. Laws: a file that was exported and
not edited gives nothing, whatever plan is open; the edits give a scenario that
holds together; whatever cannot come back is left out with a reason. Waits
belong to links in a file, and to the task after which is waited in a plan: one
is taken where every link that was changed says the same whole number of weeks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zt_planner.domain.incoming import FileKind, Incoming
from zt_planner.domain.scenario.fields import OWN_TASKS, first_problems, set_field
from zt_planner.domain.scenario.task_edits import MOST_AFTER, MOST_TASKS, own_id_for
from zt_planner.engine.scheduling.calendar import calendar_of_plan
from zt_planner.engine.scheduling.edited_model import task_problems
from zt_planner.errors import FileProblem, Place, ScenarioError, msgid
from zt_planner.export.project.marks import MFA_MILESTONE, TASK, after_hash
from zt_planner.formats.scenario_json import validated
from zt_planner.gaps import shortened
from zt_planner.importing.project.changed_line import ChangedLine
from zt_planner.importing.project.changes import compare_line, exported_facts
from zt_planner.importing.project.frame import say_frame, say_missing, say_people
from zt_planner.importing.project.lines import sorted_lines
from zt_planner.importing.project.outline import Outline, is_plain
from zt_planner.importing.project.progress import record_new, say_foreign_progress, say_status_date
from zt_planner.importing.project.roadmap import own_task_from_line, start_fields
from zt_planner.importing.result import ImportResult

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.plan import Plan
    from zt_planner.engine.scheduling.calendar import WorkCalendar
    from zt_planner.importing.project.lines import ProjectLines
    from zt_planner.importing.project.outline import Before
    from zt_planner.importing.project.records import FileTask, ProjectFile

LONGEST_WAIT = 520


def project_incoming(project: ProjectFile, file: str, plan: Plan, model: PhaseModel) -> Incoming:
    """Return what a project file says for the plan that is open.

    `model` is the one that the plan's scenario edits. Raises FileProblem or ScenarioError if the plan cannot
    hold it.
    """
    outline, result, name = Outline.of(project), ImportResult(), shortened(file)
    lines = sorted_lines(outline, plan, result)
    reading = _Reading(outline, lines, plan, result, calendar_of_plan(plan))
    new = _new_tasks(reading, model, name)
    gone: frozenset[str] = frozenset()
    if lines.is_ours:
        gone = say_missing(lines, plan, name, result)
        _changed_tasks(reading, gone, name)
        say_frame(lines, outline, plan, name, result)
    else:
        say_foreign_progress(outline, name, result)
    _linked(new, reading)
    if lines.is_ours:
        say_status_date(lines, outline, plan, result)
    say_people(outline, name, result, is_ours=lines.is_ours)
    _check(result.edits, plan, model)
    return Incoming(FileKind.PROJECT, None, result.edits, tuple(result.left_out), tuple(result.notices))


@dataclass(slots=True)
class _Reading:
    """A file that is being read; `ids` are the tasks of its lines, by number, `elsewhere` those of other plans."""

    outline: Outline
    lines: ProjectLines
    plan: Plan
    result: ImportResult
    calendar: WorkCalendar
    ids: dict[int, str] = field(default_factory=dict)
    elsewhere: dict[int, str] = field(default_factory=dict)
    lags: Mapping[int, set[Fraction | None]] = field(default_factory=dict)


def _new_tasks(reading: _Reading, model: PhaseModel, file: str) -> dict[str, tuple[FileTask, dict[str, Any]]]:
    """Return the lines that become own tasks, by their new ids; number every line that is a task."""
    plan, result = reading.plan, reading.result
    taken = {*model.by_id, *plan.scenario.tasks.own}
    found: dict[str, tuple[FileTask, dict[str, Any]]] = {}
    for line in reading.lines.new:
        made = own_task_from_line(line, reading.outline, result, is_own=reading.lines.is_ours)
        if made is not None:
            key = own_id_for(made["name"], taken)
            taken.add(key)
            found[key] = line, made
        if len(found) + len(plan.scenario.tasks.own) > MOST_TASKS:
            problem = msgid("with its tasks the plan would have more own tasks than the {most} it can hold")
            raise FileProblem(Place(file), problem, msgid("Keep those that belong to the plan"), most=MOST_TASKS)
    reading.ids = {line.uid: key for key, line in (*reading.lines.ours.items(), *reading.lines.split.items())}
    reading.ids |= {line.uid: key for key, (line, _) in found.items()}
    reading.elsewhere = {line.uid: line.mark.removeprefix(TASK) for line in reading.lines.strange}
    reading.lags = _lags_of(reading.outline, result)
    by_length = [line for line, _ in found.values() if not reading.outline.work_of(line)]
    if by_length:
        problem = msgid("tasks without work, whose length counts as their effort: {count}")
        result.notice(file, problem, msgid("Change it where that is wrong"), count=len(by_length))
    return found


def _linked(new: Mapping[str, tuple[FileTask, dict[str, Any]]], reading: _Reading) -> None:
    """Add the own tasks with their dates, what they wait for, and how long what follows waits."""
    for key, (line, made) in new.items():
        before = reading.outline.before(line)
        dates = start_fields(line, before, reading.outline, reading.calendar, reading.result)
        after = _known(line, before, reading)
        weeks = _wait_after(line, reading.lags.get(line.uid, set()), 0, reading.result)
        given = {name: value for name, value in (("after", after), ("wait_weeks", weeks)) if value}
        reading.result.edits[f"{OWN_TASKS}{key}"] = {**made, **dates, **given}
        if reading.lines.is_ours:
            record_new(line, key, reading.result)


def _known(line: FileTask, before: Before, reading: _Reading) -> list[str]:
    """Return the tasks that a line waits for; say which of its links cannot be kept."""
    found, result = [reading.ids[uid] for uid in before.links if uid in reading.ids], reading.result
    if before.lost:
        problem = msgid("it waits for something that is not in the file")
        result.leave(line.place, problem, msgid("Set an earliest start instead"))
    if len(found) < len(before.links):
        problem = msgid("it waits for something that is not a task of the plan")
        result.leave(line.place, problem, msgid("Set an earliest start instead"))
    if len(found) > MOST_AFTER or before.is_cut:
        problem = msgid("it waits for more than {most} tasks")
        result.leave(line.place, problem, msgid("Only the first ones count"), most=MOST_AFTER)
    return found[:MOST_AFTER]


def _changed_tasks(reading: _Reading, gone: frozenset[str], file: str) -> None:
    """Say what was changed of the plan's own tasks."""
    by_id = {task.task.id: task for task in reading.plan.tasks}
    moved: list[FileTask] = []
    for key, line in reading.lines.ours.items():
        task = by_id[key]
        exported, before = exported_facts(line, task, reading.plan), reading.outline.before(line)
        change = ChangedLine(line, task, exported, before, reading.outline, reading.plan, reading.result, moved)
        compare_line(change, reading.calendar)
        weeks = _wait_after(line, reading.lags.get(line.uid, set()), exported.wait_weeks, reading.result)
        if weeks is not None:
            change.put("wait_weeks", weeks)
        _compare_after(change, reading, gone)
    if moved:
        problem = msgid("tasks that moved with what they wait for: {count}")
        remedy = msgid("The plan finds their days itself, within the teams' days")
        reading.result.notice(file, problem, remedy, count=len(moved))


def _compare_after(change: ChangedLine, reading: _Reading, gone: frozenset[str]) -> None:
    """Say what a task waits for, where that was changed; a task that went out of scope passes on what it waited for."""
    stands, links = change.task.after, change.before.links
    marked = [reading.ids.get(uid, reading.elsewhere.get(uid, "")) for uid in links]
    if not (change.before.lost or change.before.is_cut) and after_hash(marked) == (
        change.exported.after or after_hash(stands)
    ):
        return
    found = _known(change.line, change.before, reading)
    if set(found) in (set(stands), set(stands) - gone):
        return
    added = [key for key in found if key not in stands]
    # What was not taken away includes what is out of scope now: it counts again when it comes back.
    kept = list(change.task.task.after) if set(stands) <= set(found) else [key for key in found if key in stands]
    change.put("after", [*kept, *added][:MOST_AFTER])


def _lags_of(outline: Outline, result: ImportResult) -> Mapping[int, set[Fraction | None]]:
    """Return the lags after each line, by number; links of other kinds are said, and have none."""
    found: dict[int, set[Fraction | None]] = defaultdict(set)
    for task in outline.by_uid.values():
        for link in () if task.mark == MFA_MILESTONE else task.links:
            target, weeks = outline.by_uid.get(link.uid), outline.weeks_of(link)
            if target is None:
                continue
            if not is_plain(link):
                problem = msgid("a link is not finish-to-start")
                result.leave(task.place, problem, msgid("It is read as finish-to-start; set the dates you want"))
            elif not outline.is_task(target) and weeks != 0:
                problem = msgid("it waits for some time after {task}, on which nobody works")
                result.leave(task.place, problem, msgid("Set the wait of a task before it"), task=target.place)
            else:
                found[link.uid].add(weeks)
    return found


def _wait_after(task: FileTask, lags: set[Fraction | None], exported: int, result: ImportResult) -> int | None:
    """Return the weeks of waiting after a line; None where they are as before, or cannot be taken."""
    changed = lags - {exported}
    if not changed:
        return None
    weeks = next(iter(changed))
    if len(lags) > 1:
        problem = msgid("its successors have different lags")
        result.leave(task.place, problem, msgid("Give all its successors the same lag: a plan has one wait per task"))
    elif weeks is None or weeks.denominator > 1 or not 0 <= weeks <= LONGEST_WAIT:
        problem = msgid("the lag after it is not a whole number of weeks from 0 to {most}")
        result.leave(task.place, problem, msgid("Set the wait on the Roadmap page"), most=LONGEST_WAIT)
    else:
        return int(weeks)
    return None


def _check(edits: Mapping[str, Any], plan: Plan, model: PhaseModel) -> None:
    """Raise ScenarioError if the edits do not give a scenario that holds together."""
    data = plan.scenario.model_dump()
    for path, value in edits.items():
        set_field(data, path, value)
    problems = first_problems(task_problems(validated(data), model))
    if problems:
        raise ScenarioError(problems)
