"""A plan without what was done before it begins: what it would cost then (M35).

Law: where nothing was done, there is no such plan.
"""

from __future__ import annotations

from zt_planner.engine.case import Case


def without_done(case: Case) -> Case | None:
    """Return the case with every task still to be done; None where none was done, not even in part."""
    scenario, tasks = case.scenario, case.scenario.tasks
    if not any(tasks.given_for(task_id).done for task_id in (*tasks.edits, *tasks.own)):
        return None
    data = tasks.model_dump()
    for given in (*data["edits"].values(), *data["own"].values()):
        given.pop("done", None)
    scenario = scenario.model_copy(update={"tasks": type(tasks).model_validate(data)})
    return case.changed(scenario)
