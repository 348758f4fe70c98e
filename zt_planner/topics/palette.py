"""The colours of charts: what each stands for, and what they are on a light and on a dark ground.

Decides which step and which cost has which colour: steps are blues and teals,
kinds of cost oranges, sands and browns, plans that are compared purples, so that
no colour means two things. Who draws a chart says in which palette: paper and files are light, the dashboard is
as its page. Lines and grids are the same greys in both. Laws, each computed in
a test: every colour stands out from its ground by 3:1; neighbours are told apart
in grey and by those who see fewer colours; red is a limit that is broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.data.phase_model import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_COLOUR = "#7c8797"
GRID_COLOUR = "rgba(124,135,151,0.22)"
EDGE_COLOUR = "#ffffff"
"""Around marks, which lie on bars and lines."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by step, kind of cost and variant, in their order; those below are for the statistics."""

    of_steps: tuple[str, ...]
    of_costs: tuple[str, ...]
    of_variants: tuple[str, ...]
    blue: str
    teal: str
    amber: str
    violet: str
    rust: str
    red: str

    @property
    def steps(self) -> Mapping[Step, str]:
        """The colour of each step of the roadmap."""
        return dict(zip(Step, self.of_steps, strict=True))

    @property
    def categories(self) -> Mapping[CostCategory, str]:
        """The colour of each kind of cost that is paid."""
        return dict(zip(CASH_CATEGORIES, self.of_costs, strict=True))

    @property
    def colours(self) -> tuple[str, ...]:
        """Every colour."""
        families = (self.of_steps, self.of_costs, self.of_variants)
        return (*chain(*families), *(getattr(self, name) for name in OF_STATISTICS))


OF_STATISTICS = ("blue", "teal", "amber", "violet", "rust", "red")
LIGHT = Palette(
    of_steps=("#6c7f8a", "#1a56b0", "#1b98a8", "#12325f", "#417eb4", "#216264"),
    of_costs=("#4a2d1e", "#c27f26", "#82381a", "#968a6e", "#664c3c", "#b4550d", "#ad8b51"),
    of_variants=("#4e0c54", "#7d1f86", "#8e5691", "#c667cc"),
    blue="#1f5fbf",
    teal="#0f8b8d",
    amber="#b8860b",
    violet="#a77bd0",
    rust="#c8553d",
    red="#d0245c",
)
DARK = Palette(
    of_steps=("#9aa9b4", "#3a84ea", "#72e0e2", "#5f6fa6", "#93cafb", "#2a8482"),
    of_costs=("#8b664e", "#e3a55d", "#b9602f", "#f6e6c2", "#a98062", "#f5863a", "#ffd198"),
    of_variants=("#fdd7fd", "#f6a0fa", "#c287c4", "#b457bc"),
    blue="#4f8ff0",
    teal="#35c2ae",
    amber="#f5cb62",
    violet="#c9a2ee",
    rust="#d24a3a",
    red="#ff5c8f",
)


def for_both() -> Palette:
    """Return colours that a browser takes from the one or the other palette, as its page is light or dark."""
    pairs = iter(f"light-dark({one}, {other})" for one, other in zip(LIGHT.colours, DARK.colours, strict=True))
    steps, costs, variants = (
        tuple(islice(pairs, len(family))) for family in (LIGHT.of_steps, LIGHT.of_costs, LIGHT.of_variants)
    )
    return Palette(steps, costs, variants, *pairs)
