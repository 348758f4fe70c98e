"""What a statement of work is about: which parts of a plan, and whose work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zt_planner.domain.data.phase_model import Step


class Parties(StrEnum):
    """Whose work a statement lists."""

    BOTH = "both"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class WorkScope:
    """What a statement covers: steps, and stages by their number from 1; all of the plan where it names none."""

    parts: tuple[Step | int, ...] = ()
    parties: Parties = Parties.BOTH

    def covers(self, step: Step, stage: int | None) -> bool:
        """Tell whether it covers a task of a step, and of a stage where it has one."""
        return not self.parts or step in self.parts or stage in self.parts
