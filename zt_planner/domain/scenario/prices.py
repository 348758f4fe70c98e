"""What a scenario says of prices: own ones, the day as of which they are known, a what-if, a book of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Self

from pydantic import Field

from zt_planner.domain import units
from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.kept import KeptBook
from zt_planner.domain.scenario.own_rows import OwnRows
from zt_planner.domain.scenario.values import ONLY_IF_KEPT, Money, Number, Part, PlainText, PlanDay
from zt_planner.domain.versions import text_of, version_of
from zt_planner.errors import msgid

OF_THE_BOOK = msgid("the price book's")
DAY_RATES = frozenset(DayRate)
"""The ids under which the price book keeps what a day of work costs."""


class Prices(Part):
    """Own prices, the day as of which prices are known, and a what-if.

    `overrides` are EUR per unit in the billing term, `rows` whole rows instead of the book's, both by price id.
    `rise` is a share by which list prices of licences rise from `rise_from` on, None from the first month.
    `kept_book` replaces the shipped book.
    """

    overrides: Annotated[
        Mapping[PlainText, Money],
        Input(msgid("Own price: {product}"), InputGroup.LICENCES, OF_THE_BOOK, units.MONEY, by_price=True),
    ] = {}
    rows: Annotated[
        OwnRows, Input(msgid("Own rows of the price book: {product}"), InputGroup.LICENCES, OF_THE_BOOK, by_price=True)
    ] = {}
    as_of: Annotated[PlanDay | None, Input(msgid("Prices as of"), InputGroup.LICENCES, msgid("today"))] = None
    rise: Annotated[
        Number,
        Field(ge=Decimal("-0.5"), le=2),
        Input(msgid("What if: list prices of licences rise by"), InputGroup.LICENCES, unit=units.SHARE),
    ] = Decimal(0)
    rise_from: Annotated[
        PlanDay | None,
        Input(msgid("What if: list prices rise from"), InputGroup.LICENCES, msgid("the first month")),
    ] = None
    kept_book: Annotated[
        KeptBook | None,
        ONLY_IF_KEPT,
        Input(
            msgid("Price book that came with the plan"),
            InputGroup.LICENCES,
            msgid("none, that of this program applies"),
        ),
    ] = None

    def known_on(self, today: date) -> date:
        """Return the day as of which prices are known and their sources judged."""
        return self.as_of or today

    @cached_property
    def rows_version(self) -> str:
        """A short hash of the own rows, empty where there are none."""
        return version_of(text_of(chain.from_iterable(self.rows.values()))) if self.rows else ""

    def without_rates(self) -> Self:
        """Return the own prices without those of day rates."""
        own: dict[str, Mapping[str, Any]] = {"overrides": self.overrides, "rows": self.rows}
        kept = {
            name: {key: held for key, held in prices.items() if key not in DAY_RATES} for name, prices in own.items()
        }
        book = None if self.kept_book is None else self.kept_book.without(DAY_RATES)
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**fields | kept | {"kept_book": book})
