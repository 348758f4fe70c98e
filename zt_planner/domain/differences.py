"""In which fields two scenarios differ, by their dotted paths, with their values as in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zt_planner.domain.scenario.fields import CATALOGUE, leaves_of
from zt_planner.domain.session import FieldChange

if TYPE_CHECKING:
    from zt_planner.domain.scenario.scenario import Scenario


def values_of(scenario: Scenario) -> dict[str, Any]:
    """Return every field's value as in the file, by its path."""
    return dict(leaves_of(scenario.model_dump(mode="json", exclude={"schema_version"})))


def differences(before: Scenario, after: Scenario) -> tuple[FieldChange, ...]:
    """Return the fields in which two scenarios differ; what is not there is None."""
    if before is after:
        return ()
    old, new = values_of(before), values_of(after)
    paths = sorted(dict.fromkeys((*old, *new)), key=lambda path: path != CATALOGUE)  # it says whose the others are
    return tuple(FieldChange(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))
