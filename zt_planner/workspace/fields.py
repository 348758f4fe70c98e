"""The fields of what is planned, by their dotted paths: set.

`notes` is a field beside the scenario's. Law: setting the differences of two scenarios turns one
into the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_planner.domain.scenario.fields import is_removable, remove_field, set_field
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.files.scenario_json import validated


def with_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario with fields set by their dotted paths, validated as a whole.

    None removes an own price, own rows or an own task (`prices.overrides.<id>`, `prices.rows.<id>`,
    `tasks.own.<id>`). Raises ScenarioError.
    """
    data = scenario.model_dump()
    for path, value in values.items():
        if value is None and is_removable(path):
            remove_field(data, path)
        else:
            set_field(data, path, value)
    return validated(data)
