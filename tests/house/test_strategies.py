"""The laws are tried on every field of the scenario, of tasks and of what is recorded of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from tests.property.strategies import scenarios
from zt_planner import bootstrap
from zt_planner.domain.scenario.declared import INPUTS
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import TaskRecord
from zt_planner.domain.scenario.task_edits import OwnTask, TaskEdit

EXAMPLES = 60


def drawn_scenarios() -> list[Scenario]:
    """Return the same scenarios every time, of those that most laws are tried on."""
    drawn: list[Scenario] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios(bootstrap.price_book(), tuple(bootstrap.phase_model().by_id)))
    def draw(scenario: Scenario) -> None:
        drawn.append(scenario)

    draw()
    return drawn


def values_of(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - whatever a field holds
    part, _, name = path.partition(".")
    value = getattr(scenario, part)
    return getattr(value, name) if name else value


def test_the_strategies_draw_every_field() -> None:
    drawn = drawn_scenarios()
    tasks: dict[str, tuple[Iterable[str], Sequence[object]]] = {
        "tasks.edits": (TaskEdit.model_fields, [edit for scenario in drawn for edit in scenario.tasks.edits.values()]),
        "tasks.own": (OwnTask.model_fields, [own for scenario in drawn for own in scenario.tasks.own.values()]),
        "status.tasks": (
            TaskRecord.model_fields,
            [record for scenario in drawn for record in scenario.status.tasks.values()],
        ),
    }
    found = {path: {repr(values_of(scenario, path)) for scenario in drawn} for path in INPUTS}
    for path, (figures, holders) in tasks.items():
        found |= {f"{path}.{name}": {repr(getattr(holder, name)) for holder in holders} for name in figures}
    assert [path for path, values in found.items() if len(values) < 2] == ["schema_version"]
