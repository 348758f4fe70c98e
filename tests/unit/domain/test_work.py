"""What a statement of work covers: named steps and stages, and everything where none is named."""

from __future__ import annotations

import pytest

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.work import WorkScope


@pytest.mark.parametrize(
    ("parts", "covered"),
    [
        ((), [True, True, True]),
        ((Step.IDENTITIES,), [True, False, False]),
        ((2,), [False, True, False]),
        ((Step.IDENTITIES, 2), [True, True, False]),
    ],
)
def test_a_task_is_covered_by_its_step_or_by_its_stage(parts: tuple[Step | int, ...], covered: list[bool]) -> None:
    tasks = ((Step.IDENTITIES, 1), (Step.DEVICES, 2), (Step.DEVICES, None))
    assert [WorkScope(parts).covers(step, stage) for step, stage in tasks] == covered
