"""The prices and the phase model that a plan was made with, kept inside a scenario where they are not the shipped ones.

A plan that was saved with its own data opens years later to the same cents.
Laws: what is kept gives back the book and the model that it was made of, with
their versions; who may not see labour gets no day rate of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field

from zt_planner.domain.data.parameters import Parameter
from zt_planner.domain.data.phase_model import Measure, Operation, PhaseModel, Point, RiskShare, Task
from zt_planner.domain.data.price_book import ExchangeRate, Price, PriceBook, VatRate
from zt_planner.domain.scenario.values import Part

if TYPE_CHECKING:
    from collections.abc import Container

MOST_ROWS = 3_000
"""Of each table: a scenario that keeps data is still read as one file."""


class KeptBook(Part):
    """The rows of a price book."""

    prices: Annotated[tuple[Price, ...], Field(max_length=MOST_ROWS)]
    rates: Annotated[tuple[ExchangeRate, ...], Field(max_length=MOST_ROWS)]
    vat: Annotated[tuple[VatRate, ...], Field(max_length=MOST_ROWS)] = ()

    @classmethod
    def of(cls, book: PriceBook) -> Self:
        """Keep a book."""
        return cls(prices=book.prices, rates=book.rates, vat=book.vat)

    @cached_property
    def book(self) -> PriceBook:
        """The book that was kept."""
        return PriceBook(self.prices, self.rates, self.vat)

    def without(self, ids: Container[str]) -> Self:
        """Return what is kept without the prices of some ids."""
        prices = tuple(row for row in self.prices if row.id not in ids)
        return type(self)(prices=prices, rates=self.rates, vat=self.vat)


class KeptModel(Part):
    """The rows of a phase model."""

    tasks: Annotated[tuple[Task, ...], Field(max_length=MOST_ROWS)]
    measures: Annotated[tuple[Measure, ...], Field(max_length=MOST_ROWS)]
    risk: Annotated[tuple[RiskShare, ...], Field(max_length=MOST_ROWS)] = ()
    parameters: Annotated[tuple[Parameter, ...], Field(max_length=MOST_ROWS)] = ()
    operations: Annotated[tuple[Operation, ...], Field(max_length=MOST_ROWS)] = ()
    points: Annotated[tuple[Point, ...], Field(max_length=MOST_ROWS)] = ()

    @classmethod
    def of(cls, model: PhaseModel) -> Self:
        """Keep a model."""
        return cls(
            tasks=model.tasks,
            measures=model.measures,
            risk=model.risk,
            parameters=model.parameter_rows,
            operations=model.operations,
            points=model.points,
        )

    @cached_property
    def model(self) -> PhaseModel:
        """The model that was kept."""
        return PhaseModel(self.tasks, self.measures, self.risk, self.parameters, self.operations, self.points)
