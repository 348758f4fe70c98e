"""The scenario's own ranges of efforts, waits and prices, and the settings of the simulation (M22).

A range is two factors on an estimate, its P10 and its P90: a half and two say
that one time in ten it takes less than half, one time in ten more than double.
What is not set is the data's. Law: a range holds its estimate.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zt_planner.domain import units
from zt_planner.domain.data.columns import HIGH_FACTOR, LOW_FACTOR
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.task_edits import MOST_TASKS, TaskId
from zt_planner.domain.scenario.values import Number, Part, PlainText, Share, Whole
from zt_planner.errors import msgid

OF_THE_DATA = msgid("default")
MOST_RANGES = 2 * MOST_TASKS
LARGEST_SEED = 2**31 - 1
DRAWS, MOST_DRAWS = 10_000, 1_000_000
"""How many draws are made unless more are asked for, and how many may be."""


class FactorRange(NamedTuple):
    """The P10 and the P90 of something, as factors on its estimate; `[0.5, 2]` in files."""

    low: Annotated[Number, LOW_FACTOR]
    high: Annotated[Number, HIGH_FACTOR]


def _few(value: Mapping[str, FactorRange]) -> Mapping[str, FactorRange]:
    """Return ranges by id, in order; refuse more than a scenario carries."""
    if len(value) > MOST_RANGES:
        raise PydanticCustomError("too_many_ranges", "{count} ranges", {"count": len(value), "most": MOST_RANGES})
    return dict(sorted(value.items()))


OfTasks = Annotated[Mapping[TaskId, FactorRange], AfterValidator(_few)]
OfPrices = Annotated[Mapping[PlainText, FactorRange], AfterValidator(_few)]


class Uncertainty(Part):
    """Own ranges by task and price, and how draws are made: from which seed, and how strongly they go together."""

    seed: Annotated[Whole, Field(ge=0, le=LARGEST_SEED), Input(msgid("Seed of the draws"), InputGroup.FINANCE)] = 1
    correlation: Annotated[
        Share, Input(msgid("How strongly overruns go together"), InputGroup.FINANCE, unit=units.SHARE)
    ] = Decimal("0.3")
    reaction: Annotated[
        Share | None,
        Input(msgid("Extra work absorbed without delay"), InputGroup.CALENDAR, OF_THE_DATA, units.SHARE),
    ] = None
    """By more days a week, 0 to 1; None takes the model's (M22)."""
    effort_ranges: Annotated[OfTasks, Input(msgid("Range of the effort: {name}"), InputGroup.SCOPE, OF_THE_DATA)] = {}
    wait_ranges: Annotated[OfTasks, Input(msgid("Range of the wait after: {name}"), InputGroup.SCOPE, OF_THE_DATA)] = {}
    price_ranges: Annotated[
        OfPrices, Input(msgid("Range of the price: {product}"), InputGroup.LICENCES, OF_THE_DATA, by_price=True)
    ] = {}

    def without_rates(self, rates: Container[str]) -> Self:
        """Return it without the ranges of day rates."""
        prices = {key: held for key, held in self.price_ranges.items() if key not in rates}
        return self if len(prices) == len(self.price_ranges) else self.model_copy(update={"price_ranges": prices})
