"""The colours of charts: what each stands for, and what they are on a light and on a dark ground.

Decides which step and which cost has which colour. Who draws a chart says in
which palette: paper and files are light, the dashboard is as its page. Lines
and grids are the same greys in both. Laws: a chart has no colour but those of
its palette and the greys; each dark colour stands out from the dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.plan import CostCategory

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_COLOUR = "#7c8797"
GRID_COLOUR = "rgba(124,135,151,0.22)"
SHADE_COLOUR = "rgba(128,120,200,0.36)"
"""Seen on white, and on black."""
EDGE_COLOUR = "#ffffff"
"""Around marks, which lie on bars and lines."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that are told apart, also beside each other; `red` is what binds or goes too far."""

    blue: str
    teal: str
    amber: str
    violet: str
    rust: str
    slate: str
    silver: str
    red: str

    @property
    def steps(self) -> Mapping[Step, str]:
        """The colour of each step of the roadmap."""
        return {
            Step.PREPARATION: self.slate,
            Step.IDENTITIES: self.blue,
            Step.LEAST_PRIVILEGE: self.teal,
            Step.SEGMENTATION: self.amber,
            Step.DEVICES: self.violet,
            Step.MONITORING: self.rust,
        }

    @property
    def categories(self) -> Mapping[CostCategory, str]:
        """The colour of each kind of cost."""
        return {
            CostCategory.LICENCE: self.blue,
            CostCategory.MONITORING: self.rust,
            CostCategory.OPERATION: self.slate,
            CostCategory.HARDWARE: self.amber,
            CostCategory.TRAINING: self.violet,
            CostCategory.CONSULTANT: self.teal,
            CostCategory.CONTINGENCY: self.silver,
        }


LIGHT = Palette(
    blue="#1f5fbf",
    teal="#0f8b8d",
    amber="#d9941e",
    violet="#8a5fbf",
    rust="#c8553d",
    slate="#6f7b8a",
    silver="#a9b4c2",
    red="#d0245c",
)
DARK = Palette(
    blue="#4f8ff0",
    teal="#35c2ae",
    amber="#f5cb62",
    violet="#c9a2ee",
    rust="#f4804f",
    slate="#76839a",
    silver="#dbe2ea",
    red="#ff5c8f",
)
