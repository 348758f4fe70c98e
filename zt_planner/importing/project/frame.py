"""What a project file says beside its tasks: which plan it came from, days off, steps, steering, who works.

None of it becomes an edit but what is missing: a task that was taken out of
the file goes out of scope, where the file was handed out with the tasks of the
plan that is open. Laws: what was changed is said, what was not is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.errors import msgid
from zt_planner.export.project.marks import PLAN, STEP, days_hash, facts_from, name_hash, plan_facts_from, tasks_hash
from zt_planner.export.project.team_xml import TeamUid
from zt_planner.importing.project.changed_line import LEAST_SECONDS, PLANS_FIGURE
from zt_planner.importing.project.roadmap import is_outside
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.words.labels import label

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.importing.project.lines import ProjectLines
    from zt_planner.importing.project.outline import Outline
    from zt_planner.importing.project.records import FileTask
    from zt_planner.importing.result import ImportResult


def say_frame(lines: ProjectLines, outline: Outline, plan: Plan, file: str, result: ImportResult) -> None:
    """Say everything that a file of ours says beside its tasks."""
    if lines.whole is not None:
        _say_version(lines.whole, outline, plan, file, result)
    for line in outline.by_uid.values():
        if line.mark.startswith(STEP):
            _say_step(line, result)
    _say_steering(lines, plan, file, result)
    _say_strange(lines, file, result)


def _say_version(whole: FileTask, outline: Outline, plan: Plan, file: str, result: ImportResult) -> None:
    if whole.mark != f"{PLAN}{plan.scenario.version}":
        problem = msgid("it was exported from another state of the plan")
        result.notice(file, problem, msgid("Only changes made in the file are imported"))
    _, exported, _ = plan_facts_from(whole.facts)
    if exported and exported != days_hash(outline.project.days_off):
        problem = msgid("its days off were changed")
        result.leave(file, problem, msgid("Change region and closures in the plan"))


def _say_step(line: FileTask, result: ImportResult) -> None:
    names = {name_hash(label(step, Language(code))) for step in Step for code in LanguageCode}
    if name_hash(line.name) not in names:
        result.leave(
            line.place, msgid("it was renamed; a step keeps its name"), msgid("Give this name to a task in the plan")
        )


def _say_steering(lines: ProjectLines, plan: Plan, file: str, result: ImportResult) -> None:
    """Say where coordination and contingency were changed, or taken out."""
    line = lines.coordination
    if line is None:
        if lines.whole is not None and any(not found.task_id for found in plan.cost_lines):
            problem = msgid("coordination and contingency were taken out")
            result.leave(file, problem, PLANS_FIGURE)
        return
    exported = facts_from(line.facts)
    is_same = exported is None or (
        line.start in {None, exported.start}
        and (line.work is None or abs(line.work - exported.work) < LEAST_SECONDS)
        and line.fixed_cost in {None, exported.cost}
        and not line.links
    )
    if not is_same:
        result.leave(line.place, msgid("coordination and contingency follow from the plan"), PLANS_FIGURE)


def _say_strange(lines: ProjectLines, file: str, result: ImportResult) -> None:
    """Say which lines are tasks that the open plan does not have, and which of them were changed."""
    same = []
    for line in lines.strange:
        exported = facts_from(line.facts)
        if exported is not None and (line.start, line.work) == (exported.start, exported.work):
            same.append(line.name)
        else:
            problem = msgid("it is not in the plan that is open")
            result.leave(line.place, problem, msgid("Bring it back into the plan, and choose the file again"))
    if same:
        problem = msgid("tasks of the file are not in the plan that is open: {tasks}")
        result.notice(file, problem, msgid("They are not imported"), tasks=_few(same))


def say_missing(lines: ProjectLines, plan: Plan, file: str, result: ImportResult) -> frozenset[str]:
    """Take tasks out of scope that the file has no more; return their ids."""
    missing = [task for task in plan.tasks if task.task.id not in {*lines.ours, *lines.split}]
    marked = plan_facts_from(lines.whole.facts)[0] if lines.whole is not None else ""
    if not missing:
        return frozenset()
    if marked != tasks_hash(plan):
        problem = msgid("tasks of the plan are not in the file: {tasks}")
        names = _few([task.task.name for task in missing])
        result.leave(file, problem, msgid("Take them out of scope in the plan, if that is meant"), tasks=names)
        return frozenset()
    for task in missing:
        prefix = OWN_TASKS if task.task.is_own else TASK_EDITS
        result.edits[f"{prefix}{task.task.id}.in_scope"] = False
    return frozenset(task.task.id for task in missing)


def say_people(outline: Outline, file: str, result: ImportResult, *, is_ours: bool) -> None:
    """Say who counts as the consultant, and who as one's own people."""
    work = outline.project.work.values()
    busy = dict.fromkeys(resource for people in work for resource in people)
    if is_ours:
        busy = {resource: None for resource in busy if resource not in set(TeamUid)}
    names = {resource: outline.project.resources.get(resource, "") for resource in busy}
    others = [name for key, name in names.items() if name and is_outside(key, outline, is_own=is_ours)]
    ours = [name for key, name in names.items() if name and not is_outside(key, outline, is_own=is_ours)]
    if others:
        problem = msgid("counted as the consultant: {names}")
        result.notice(
            file, problem, msgid("Change the consultant's share of a task where that is wrong"), names=_few(others)
        )
    if ours:
        problem = msgid("counted as your own people: {names}")
        result.notice(
            file, problem, msgid("Change the consultant's share of a task where that is wrong"), names=_few(ours)
        )


def _few(names: list[str], most: int = 10) -> str:
    shown = [name[:60] for name in names[:most]]
    return ", ".join((*shown, *(["…"] if len(names) > most else ())))
