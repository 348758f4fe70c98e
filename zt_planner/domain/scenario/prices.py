"""What a scenario says of prices: own ones, the day as of which they are known, a what-if, a book of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from zt_planner.domain import units
from zt_planner.domain.data.columns import printable
from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.kept import KeptBook, without_what_is_not_kept
from zt_planner.domain.scenario.own_rows import OwnRows
from zt_planner.domain.scenario.values import Money, Number, PlanDay
from zt_planner.errors import msgid

OF_THE_BOOK = msgid("the price book's")
DAY_RATES = frozenset(DayRate)
"""The ids under which the price book keeps what a day of work costs."""


class Prices(BaseModel):
    """Own prices, the day as of which prices are known, and a what-if.

    `overrides` are EUR per unit in the billing term, `rows` whole rows instead of the book's, both by price id.
    `rise` is a share by which list prices of licences rise from `rise_from` on, None from the first month.
    `kept_book` replaces the shipped book.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    overrides: Annotated[
        Mapping[Annotated[str, AfterValidator(printable)], Money],
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
        Field(repr=False),
        Input(
            msgid("Price book that came with the plan"),
            InputGroup.LICENCES,
            msgid("none, that of this program applies"),
        ),
    ] = None

    @model_serializer(mode="wrap")
    def _without_a_book_that_is_not_kept(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_what_is_not_kept(handler(self), "kept_book")

    def known_on(self, today: date) -> date:
        """Return the day as of which prices are known and their sources judged."""
        return self.as_of or today

    @cached_property
    def rows_version(self) -> str:
        """A short hash of the own rows, empty where there are none."""
        text = "\n".join(row.model_dump_json() for rows in self.rows.values() for row in rows)
        return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""

    def without_rates(self) -> Self:
        """Return the own prices without those of day rates."""
        own: dict[str, Mapping[str, Any]] = {"overrides": self.overrides, "rows": self.rows}
        kept = {
            name: {key: held for key, held in prices.items() if key not in DAY_RATES} for name, prices in own.items()
        }
        book = None if self.kept_book is None else self.kept_book.without(DAY_RATES)
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**fields | kept | {"kept_book": book})
