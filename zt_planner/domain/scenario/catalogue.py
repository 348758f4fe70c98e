"""The catalogue that a plan was calculated with, as the plan keeps it: name, day, texts of deliverables, and its look.

Nothing here moves a figure: the prices and tasks of a catalogue are kept as those of any plan that has its own data.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from zt_planner.domain.data.rules import Deliverable
from zt_planner.domain.scenario.values import NAME_LENGTH, PlanDay, printable

MOST_DESCRIBED = 600
"""Tasks of the model and own ones."""
LARGEST_LOGO_TEXT = 200_000
FOOTER_LENGTH = 200

Line = Annotated[str, AfterValidator(printable)]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


class Brand(BaseModel):
    """How a firm's papers look: its name, a line at their foot, two colours, and its logo as a PNG in base64."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    firm: Annotated[Line, Field(max_length=NAME_LENGTH)] = ""
    footer: Annotated[Line, Field(max_length=FOOTER_LENGTH)] = ""
    colour: Colour | None = None
    second_colour: Colour | None = None
    logo: Annotated[str, Field(max_length=LARGEST_LOGO_TEXT, pattern="^[A-Za-z0-9+/]*={0,2}$")] = ""


class CatalogueUse(BaseModel):
    """Which catalogue a plan was calculated with, of which day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Line, Field(min_length=1, max_length=NAME_LENGTH)]
    day: PlanDay
    deliverables: Annotated[tuple[Deliverable, ...], Field(max_length=MOST_DESCRIBED)] = ()
    brand: Brand = Brand()
