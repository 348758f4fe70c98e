"""How much each task protects: its step's share of the risk, in hundredths (M20).

The shares are data (`risk_shares.csv`) and assumptions; they decide which of
two equally short schedules is better, nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.engine.effort import Work

HUNDREDTHS = 100


def weights_of(works: Sequence[Work], phase_model: PhaseModel) -> tuple[int, ...]:
    """Return the weight of each work."""
    shares = {row.step: round(row.share * HUNDREDTHS) for row in phase_model.risk}
    return tuple(shares.get(work.task.step, 0) for work in works)
