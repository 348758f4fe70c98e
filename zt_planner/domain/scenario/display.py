"""Display settings: amounts with the VAT of a country, and in another currency; whose catalogue and look a plan has.

No figure follows from it (M1): two scenarios that differ in this alone have
the same plan.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from zt_planner.domain import units
from zt_planner.domain.scenario.catalogue import CatalogueUse
from zt_planner.domain.scenario.inputs import Input
from zt_planner.domain.scenario.values import ONLY_IF_KEPT, Part, PlainText
from zt_planner.errors import msgid


class Currency(StrEnum):
    """What amounts can be shown in; EUR shows nothing beside them."""

    EUR = "EUR"
    CHF = "CHF"
    USD = "USD"
    GBP = "GBP"


class Display(Part):
    """What is shown beside each amount; `vat_country` is None when no VAT is, else a country of the price book."""

    vat_country: Annotated[
        PlainText | None,
        Input(msgid("Show amounts with VAT"), unset=msgid("none, net only"), unit=units.REGION),
    ] = None
    currency: Annotated[Currency, Input(msgid("Show amounts in another currency"), unit=units.TEXT)] = Currency.EUR
    catalogue: Annotated[CatalogueUse | None, ONLY_IF_KEPT, Input(msgid("Catalogue"), unset=msgid("no catalogue"))] = (
        None
    )
