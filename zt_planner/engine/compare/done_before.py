"""A plan without what was done before it begins: what it would cost then (M35).

Law: where nothing was done, there is no such plan.
"""

from __future__ import annotations

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of


def without_done(case: Case) -> Case | None:
    """Return the case with every task still to be done; None where none was done, not even in part."""
    scenario = _with_all_open(case.scenario)
    if scenario is None:
        return None
    return case_of(scenario, case.base_book, case.base_model, today=case.today, shows_labour=case.shows_labour)


def _with_all_open(scenario: Scenario) -> Scenario | None:
    tasks = scenario.tasks
    data = tasks.model_dump()
    done = [given for given in (*data["edits"].values(), *data["own"].values()) if given.pop("done", 0)]
    return scenario.model_copy(update={"tasks": type(tasks).model_validate(data)}) if done else None
