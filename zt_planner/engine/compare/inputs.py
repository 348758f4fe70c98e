"""The inputs of a plan in nine groups, and a case that takes some groups from another one.

Every field of the scenario belongs to one group (`domain.scenario.inputs`), or moves no figure. Prices and phase model
may differ as well: of a price book the day rates are one group, everything else belongs to the licences and prices.
What depends on each other lies in one group, so that every combination of two valid cases is valid. Laws: with no group
taken it is the first case, with all of them the other, but for what moves no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.scenario.declared import BY_PRICE, INPUTS
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.costing.pricing import price_list_of

AnyModel = TypeVar("AnyModel", bound="BaseModel")

MONEY_ONLY = frozenset({InputGroup.LICENCES, InputGroup.DAY_RATES, InputGroup.FINANCE})
"""What moves no date by itself: prices decide what work costs, never when it is done."""

KEPT = frozenset({"prices.kept_book", "tasks.kept_model"})
"""A case has resolved them to its book and its model."""
CONTINGENCY = "finance.contingency"
"""It moves nothing that is shown where labour is not."""


def differing_groups(before: Case, after: Case) -> tuple[InputGroup, ...]:
    """Return the groups in which two cases differ; day rates and contingency are not told where they are hidden."""
    return tuple(
        group
        for group in InputGroup
        if (before.shows_labour or group is not InputGroup.DAY_RATES)
        and _values(before, group) != _values(after, group)
    )


def money_only(before: Case, after: Case) -> frozenset[InputGroup]:
    """Return the groups that move no date between two cases.

    Licences that are owned, and the provider, decide which tasks wait for the order of licences; the draws decide
    which team meets a deadline.
    """
    first, other = before.scenario, after.scenario
    opens_alike = first.choices.identity_provider is other.choices.identity_provider
    opens_alike = opens_alike and not (first.company.owned_licences or other.company.owned_licences)
    draws = [(each.uncertainty.seed, each.uncertainty.correlation) for each in (first, other)]
    moving = set[InputGroup]() if opens_alike else {InputGroup.LICENCES}
    return MONEY_ONLY - moving - (set() if draws[0] == draws[1] else {InputGroup.FINANCE})


def mixed(before: Case, after: Case, taken: Container[InputGroup], dated: Case | None = None) -> Case:
    """Return the first case with some groups of the other one.

    `dated` is one that has the same groups, but for those that decide money only: its tasks are taken over.
    """

    def source(group: InputGroup) -> Case:
        return after if group in taken else before

    fields: dict[str, dict[str, Any]] = {}
    for path, declared in INPUTS.items():
        if declared.group is not None:
            part, name = path.split(".")
            value = None if path in KEPT else _value(source(declared.group).scenario, path)
            fields.setdefault(part, {})[name] = value
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


def _with(part: AnyModel, values: Mapping[str, Any]) -> AnyModel:
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
    apart = BY_PRICE | KEPT if case.shows_labour else BY_PRICE | KEPT | {CONTINGENCY}
    paths = (path for path, declared in INPUTS.items() if declared.group is group and path not in apart)
    fields = tuple(_value(case.scenario, path) for path in paths)
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
