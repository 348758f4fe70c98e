"""Display settings: amounts with the VAT of a country, and in another currency; whose catalogue and look a plan has.

No figure follows from it (M1): two scenarios that differ in this alone have
the same plan.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from zt_planner.domain import units
from zt_planner.domain.data.columns import printable
from zt_planner.domain.scenario.catalogue import CatalogueUse
from zt_planner.domain.scenario.inputs import Input
from zt_planner.domain.scenario.kept import without_what_is_not_kept
from zt_planner.errors import msgid


class Currency(StrEnum):
    """What amounts can be shown in; EUR shows nothing beside them."""

    EUR = "EUR"
    CHF = "CHF"
    USD = "USD"
    GBP = "GBP"


class Display(BaseModel):
    """What is shown beside each amount; `vat_country` is None when no VAT is, else a country of the price book."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    vat_country: Annotated[
        Annotated[str, AfterValidator(printable)] | None,
        Input(msgid("Show amounts with VAT"), unset=msgid("none, net only"), unit=units.REGION),
    ] = None
    currency: Annotated[Currency, Input(msgid("Show amounts in another currency"), unit=units.TEXT)] = Currency.EUR
    catalogue: Annotated[
        CatalogueUse | None, Field(repr=False), Input(msgid("Catalogue"), unset=msgid("no catalogue"))
    ] = None

    @model_serializer(mode="wrap")
    def _without_a_catalogue_that_is_not_used(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_what_is_not_kept(handler(self), "catalogue")
