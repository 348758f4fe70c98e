"""Whose figures of losses are chosen, the own ones, and own relative risks of controls (M28).

No figure of a plan depends on them: they only say what doing nothing may cost. Law: an own loss has a P95 above its
median.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from zt_planner.domain.data.losses import LEAST_FACTOR, LossView
from zt_planner.domain.scenario.values import Number, SignedMoney, printable

MOST_SPREAD = 1_000
"""So many times the median a P95 may be."""
MOST_CONTROLS = 100


def _few(value: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """Return factors by id, in order; refuse more than a scenario carries."""
    if len(value) > MOST_CONTROLS:
        raise PydanticCustomError("too_many_ranges", "{count}", {"count": len(value), "most": MOST_CONTROLS})
    return dict(sorted(value.items()))


ControlId = Annotated[str, AfterValidator(printable)]
Factors = Annotated[
    Mapping[ControlId, Annotated[Number, Field(ge=LEAST_FACTOR, le=1)]],
    AfterValidator(_few),
]
LossAmount = Annotated[SignedMoney, Field(gt=0)]
OwnChance = Annotated[Number, Field(ge=0, le=Decimal("0.99"))]
"""Of at least one loss in a year: a certain one would be infinitely many losses."""


class Losses(BaseModel):
    """The chosen view; own chance of a loss in a year, median and P95 in EUR; own factors on both by control.

    A chance of 0 is an own view without any loss; an own view that lacks a figure is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    view: LossView = LossView.INSURERS
    chance: OwnChance | None = None
    median: LossAmount | None = None
    p95: LossAmount | None = None
    on_frequency: Factors = {}
    on_severity: Factors = {}

    @field_validator("p95")
    @classmethod
    def _above_the_median(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        median = info.data.get("median")
        if value is not None and median is not None and not median < value <= median * MOST_SPREAD:
            raise PydanticCustomError("not_a_p95", "the median is {median}", {"median": str(median)})
        return value
