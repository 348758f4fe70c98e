"""An answer to a question asked backwards as JSON: what changes by path, and what it comes to, without words.

Amounts and days a week are texts with two decimals, as in `summary.json`; the
values of `changes` are those of a scenario file.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zt_planner.domain.scenario.values import as_number
from zt_planner.engine.plan import StoppedPlan
from zt_planner.files.json_text import json_bytes

if TYPE_CHECKING:
    from zt_planner.engine.goals.answer import Answer
    from zt_planner.engine.goals.changes import ChangeSet
    from zt_planner.engine.goals.question import Goals
    from zt_planner.engine.plan import AnyPlan


def answer_bytes(answer: Answer) -> bytes:
    """Return an answer as a JSON file."""
    data = {
        "asked": _goals(answer.goals),
        "is_true_already": answer.is_true_already,
        "now": _figures(answer.now, answer.finish, answer.first_year),
        "sets": [_set(found) for found in answer.sets],
        "nearest": [_set(found) for found in answer.nearest],
        "plans": answer.plans,
    }
    return json_bytes(data)


def _goals(goals: Goals) -> dict[str, Any]:
    return {
        "finish_by": None if goals.finish_by is None else goals.finish_by.isoformat(),
        "first_year": None if goals.first_year is None else f"{goals.first_year:.2f}",
    }


def _set(change_set: ChangeSet) -> dict[str, Any]:
    return {
        "nature": change_set.nature.value,
        "meets": _goals(change_set.goals),
        "changes": {path: _value(value) for path, value in change_set.values.items()},
        "figures": _figures(change_set.plan, change_set.finish, change_set.first_year),
        "left_out": list(change_set.left_out),
        "nis2_lost": [
            {"point": lost.point, "before": lost.before.value, "after": lost.after.value} for lost in change_set.lost
        ],
    }


def _figures(plan: AnyPlan, promised_finish: date | None, promised_first_year: Decimal | None) -> dict[str, Any] | None:
    if isinstance(plan, StoppedPlan) or promised_finish is None:
        return None
    figures = plan.headlines
    return {
        "finish_date": figures.finish_date.isoformat(),
        "promised_finish": promised_finish.isoformat(),
        "first_year_budget": f"{figures.first_year_budget:.2f}",
        "promised_first_year": None if promised_first_year is None else f"{promised_first_year:.2f}",
        "horizon_total": f"{figures.horizon_total:.2f}",
        "internal_days_per_week": f"{figures.internal_days_per_week:.2f}",
        "external_days_per_week": f"{figures.external_days_per_week:.2f}",
        "complete": plan.is_complete,
    }


def _value(value: object) -> object:
    """Return a field's value as a scenario file holds it."""
    if isinstance(value, Decimal):
        return as_number(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value
