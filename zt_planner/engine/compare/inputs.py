"""The inputs of a plan in nine groups, and a case that takes some groups from another one.

Every field of the scenario belongs to one group, or moves no figure. Prices and phase model may differ as well: of a
price book the day rates are one group, everything else belongs to the licences and prices. What depends on each other
lies in one group, so that every combination of two valid cases is valid. Laws: with no group taken it is the first
case, with all of them the other, but for what moves no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel

from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.costing.pricing import price_list_of

Part = TypeVar("Part", bound="BaseModel")


class InputGroup(StrEnum):
    """What differs between two scenarios, as people talk about it."""

    PEOPLE = "people"
    LICENCES = "licences"
    DAY_RATES = "day_rates"
    MONITORING = "monitoring"
    SCOPE = "scope"
    HARDWARE = "hardware"
    CALENDAR = "calendar"
    FINANCE = "finance"
    STATUS = "status"


MONEY_ONLY = frozenset({InputGroup.LICENCES, InputGroup.DAY_RATES, InputGroup.FINANCE})
"""What moves no date: prices decide what work costs, never when it is done."""

FIELDS: Mapping[InputGroup, tuple[str, ...]] = {
    InputGroup.PEOPLE: (
        *("company.employees", "company.frontline", "company.devices", "company.servers", "company.admins"),
        *("company.sites", "company.apps", "company.remote_users"),
    ),
    InputGroup.LICENCES: (
        *("company.owned_licence", "choices.identity_provider", "choices.billing"),
        *("prices.overrides", "prices.rows", "prices.as_of", "prices.rise", "prices.rise_from", "prices.kept_book"),
        "uncertainty.price_ranges",
    ),
    InputGroup.DAY_RATES: ("labour.internal_day_cost", "labour.external_day_rate"),
    InputGroup.MONITORING: ("choices.monitoring", "choices.operation"),
    InputGroup.SCOPE: (
        *("company.works_council", "tasks.edits", "tasks.own", "tasks.kept_model"),
        *("uncertainty.effort_ranges", "uncertainty.wait_ranges"),
    ),
    InputGroup.HARDWARE: ("choices.hardware_reuse", "choices.segmentation", "choices.remote_access"),
    InputGroup.CALENDAR: (
        *("timeline.start", "timeline.mode", "timeline.target_months"),
        *("timeline.internal_days_per_week", "timeline.external_days_per_week"),
        *("timeline.max_internal_days_per_week", "timeline.max_external_days_per_week"),
        *("timeline.protection_first", "timeline.region", "timeline.year_end_freeze", "timeline.closures"),
        *("labour.coordination_days_per_month", "levelling.finish_by", "levelling.starts", "levelling.basis"),
    ),
    InputGroup.FINANCE: (
        *("finance.contingency", "finance.horizon_months", "finance.monthly_cap", "company.standstill_day_cost"),
        *("uncertainty.seed", "uncertainty.correlation"),
    ),
    InputGroup.STATUS: ("status.at", "status.tasks", "status.bookings", "status.closed", "status.learns"),
}
"""The fields of each group; what lies deeper belongs to the field above it."""
NO_INPUTS = frozenset(
    {
        *("schema_version", "company.name", "display.vat_country", "display.currency"),
        *("company.sector", "company.turnover_millions", "company.balance_millions", "company.under_law_since"),
        *("status.approved", "status.forecasts"),
    }
)
"""Fields that move no figure: what wrote the file, whose plan it is, which law applies, how amounts are shown."""
BY_PRICE = frozenset({"prices.overrides", "prices.rows", "uncertainty.price_ranges"})
"""Fields by price id: the ids of day rates belong to the day rates."""
KEPT = frozenset({"prices.kept_book", "tasks.kept_model"})
"""A case has resolved them to its book and its model."""
CONTINGENCY = "finance.contingency"
"""It moves nothing that is shown where labour is not."""
GROUP_OF: Mapping[str, InputGroup] = {field: group for group, fields in FIELDS.items() for field in fields}


def group_of(path: str) -> InputGroup | None:
    """Return the group of a field by its dotted path; None for what moves no figure."""
    field = ".".join(path.split(".")[:2])
    if field in BY_PRICE and path.removeprefix(f"{field}.") in DAY_RATES:
        return InputGroup.DAY_RATES
    return GROUP_OF.get(field)


def differing_groups(before: Case, after: Case) -> tuple[InputGroup, ...]:
    """Return the groups in which two cases differ; day rates and contingency are not told where they are hidden."""
    return tuple(
        group
        for group in InputGroup
        if (before.shows_labour or group is not InputGroup.DAY_RATES)
        and _values(before, group) != _values(after, group)
    )


def mixed(before: Case, after: Case, taken: Container[InputGroup], dated: Case | None = None) -> Case:
    """Return the first case with some groups of the other one.

    `dated` is one that has the same groups, but for those that decide money only: its tasks are taken over.
    """

    def source(group: InputGroup) -> Case:
        return after if group in taken else before

    fields: dict[str, dict[str, Any]] = {}
    for path, group in GROUP_OF.items():
        part, name = path.split(".")
        fields.setdefault(part, {})[name] = None if path in KEPT else _value(source(group).scenario, path)
    licences, rates = source(InputGroup.LICENCES), source(InputGroup.DAY_RATES)
    for path in BY_PRICE:
        part, name = path.split(".")
        fields[part][name] = _by_price(path, licences, rates)
    parts = {part: _with(getattr(before.scenario, part), values) for part, values in fields.items()}
    scenario, book = _with(Scenario(), parts), _joined(licences.base_book, rates.base_book)
    if dated is not None:
        prices = price_list_of(scenario, book, dated.base_model.parameters)
        return replace(dated, scenario=scenario, base_book=book, prices=prices)
    model = source(InputGroup.SCOPE).base_model
    return case_of(scenario, book, model, today=before.today, shows_labour=before.shows_labour)


def _with(part: Part, values: Mapping[str, Any]) -> Part:
    """Return a part with other fields, valid as they stand; nothing that was remembered of the old ones is kept."""
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return type(part).model_construct(**{**fields, **values})


def _value(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - whatever a field holds
    part, name = path.split(".")
    return getattr(getattr(scenario, part), name)


def _by_price(path: str, licences: Case, rates: Case) -> dict[str, Any]:
    """Return a field by price id, the day rates of one case among the other prices of the other one."""
    other = {key: held for key, held in _value(licences.scenario, path).items() if key not in DAY_RATES}
    own = {key: held for key, held in _value(rates.scenario, path).items() if key in DAY_RATES}
    return dict(sorted((other | own).items()))


def _joined(book: PriceBook, rates: PriceBook) -> PriceBook:
    """Return a book with the day rates of another one, which may be in a currency that only that one knows."""
    if book is rates:
        return book
    known = book.rates_by_currency
    return replace(
        book,
        prices=(*_rows(book, is_rate=False), *_rows(rates, is_rate=True)),
        rates=(*book.rates, *(rate for rate in rates.rates if rate.currency not in known)),
    )


def _rows(book: PriceBook, *, is_rate: bool) -> tuple[Price, ...]:
    return tuple(row for row in book.prices if (row.id in DAY_RATES) is is_rate)


def _values(case: Case, group: InputGroup) -> tuple[object, ...]:
    """Return what a case has in a group, to be compared."""
    apart = BY_PRICE | KEPT if case.shows_labour else BY_PRICE | KEPT | {CONTINGENCY}
    fields = tuple(_value(case.scenario, path) for path in FIELDS[group] if path not in apart)
    return (*fields, *_DATA[group](case)) if group in _DATA else fields


_DATA: Mapping[InputGroup, Callable[[Case], tuple[object, ...]]] = {
    InputGroup.LICENCES: lambda case: (
        *(_of_prices(case, path, is_rate=False) for path in sorted(BY_PRICE)),
        _rows(case.base_book, is_rate=False),
        case.base_book.rates,
    ),
    InputGroup.DAY_RATES: lambda case: (
        *(_of_prices(case, path, is_rate=True) for path in sorted(BY_PRICE)),
        _rows(case.base_book, is_rate=True),
    ),
    InputGroup.SCOPE: lambda case: (case.base_model.version,),
}
"""What belongs to a group beside whole fields: prices by id, rows of the book, the phase model."""


def _of_prices(case: Case, path: str, *, is_rate: bool) -> dict[str, Any]:
    return {key: held for key, held in _value(case.scenario, path).items() if (key in DAY_RATES) is is_rate}
