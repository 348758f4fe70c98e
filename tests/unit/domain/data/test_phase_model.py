"""The phase model finds its tasks, has its numbers by name and a version."""

from __future__ import annotations

from decimal import Decimal

from tests.builders import PARAMETERS, measure, model, operation, parameters, task
from zt_planner.domain.data.parameters import PARAMETER_IDS
from zt_planner.domain.data.phase_model import MODEL_VERSION


def test_tasks_are_found_by_their_id() -> None:
    first, second = task("first"), task("second", after=("first",))
    assert model(first, second).by_id == {"first": first, "second": second}


def test_the_version_changes_with_any_row() -> None:
    plain = model(task("a"))
    others = (
        model(task("a", days=2)),
        model(task("a"), measures=(measure("b"),)),
        model(task("a"), operations=(operation("watch"),)),
        model(task("a"), size_exponent="0.5"),
    )
    assert len({plain.version, *(other.version for other in others)}) == 5
    assert model(task("a")).version == plain.version
    assert plain.version.startswith(f"{MODEL_VERSION}-")


def test_a_model_has_its_numbers_by_name() -> None:
    assert tuple(PARAMETERS) == PARAMETER_IDS
    found = parameters(remote_share="0.75")
    assert (found.remote_share, found.size_exponent) == (Decimal("0.75"), Decimal("0.4"))
