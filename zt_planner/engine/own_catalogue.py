"""What a plan changes of the shipped data, as rows of a catalogue: prices, day rates, efforts, ranges, own tasks.

Laws: with the catalogue, a plan of the same company without these changes has the same tasks and prices; what is about
the company alone (dates, scope, what is done) is none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.columns import LEAST_FACTOR, MOST_FACTOR, MOST_WAIT_WEEKS
from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import Confidence, DayRate, Price, PriceBook, Term
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.scenario.catalogue import CatalogueUse
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.company_size import CompanySize
from zt_planner.engine.costing.pricing import billing_term

PLACES = Decimal("0.000001")
FACTOR_PLACES = Decimal("0.0001")
"""Of a range's ends."""


def catalogue_of(case: Case, name: str, book: PriceBook, model: PhaseModel) -> Catalogue:
    """Return what a plan has otherwise than the shipped book and model; texts and look are its catalogue's, if any."""
    used = case.scenario.display.catalogue or CatalogueUse(name=name, day=case.today)
    use = used.model_copy(update={"name": name, "day": case.today})
    return Catalogue(use, changed_tasks(case, model), changed_prices(case, book, name))


def changed_tasks(case: Case, shipped: PhaseModel) -> tuple[Task, ...]:
    """Return the tasks that a plan has otherwise than the shipped model, or besides."""
    found = (_task(task, case) for task in case.model.tasks)
    return tuple(task for task in found if shipped.by_id.get(task.id) != task)


def _task(task: Task, case: Case) -> Task:
    """Return a task as a row: an own effort scales all that makes up the model's, so that it grows with the company."""
    base = case.base_model.by_id.get(task.id)
    values: dict[str, Any] = {name: getattr(task, name) for name in Task.model_fields}
    if base is None:
        values["low"] = max(values["low"], LEAST_FACTOR)
    elif task.has_own_effort:
        values |= _scaled(base, task.base_days, case.size)
    scenario = case.scenario.uncertainty
    efforts = scenario.effort_ranges.get(task.id)
    if efforts is not None:
        values |= ends_of(efforts.low.quantize(FACTOR_PLACES), efforts.high.quantize(FACTOR_PLACES))
    waits = scenario.wait_ranges.get(task.id)
    if waits is not None:
        weeks = task.wait_weeks
        values |= {"wait_low": floor(weeks * waits.low), "wait_high": min(ceil(weeks * waits.high), MOST_WAIT_WEEKS)}
    return Task.model_validate(values)


def _scaled(base: Task, days: Decimal, size: CompanySize) -> Mapping[str, Any]:
    """Return the effort of a task of the model so that it comes to some days for this company."""
    whole = size.effort_days(base)
    if not whole:
        return {"base_days": days, "drivers": (), "days_per_unit": ()}
    factor = days / Decimal(whole.numerator) * whole.denominator
    growing = {
        "base_days": Decimal(0),
        "drivers": base.drivers,
        "days_per_unit": tuple(rounded_days(each * factor) for each in base.days_per_unit),
    }
    grown = size.effort_days(base.model_copy(update=growing))
    left = days - Decimal(grown.numerator) / grown.denominator
    return {**growing, "base_days": max(rounded_days(left), Decimal(0))}


def rounded_days(days: Decimal) -> Decimal:
    """Return days as a file has them."""
    return days.quantize(PLACES).normalize() + 0


def ends_of(low: Decimal, high: Decimal) -> Mapping[str, Decimal]:
    """Return the ends of a range within the bounds of a file."""
    return {"low": min(max(low, LEAST_FACTOR), Decimal(1)), "high": min(max(high, Decimal(1)), MOST_FACTOR)}


def changed_prices(case: Case, shipped: PriceBook, source: str) -> tuple[Price, ...]:
    """Return all rows of the ids that a plan prices otherwise; `source` is where an own price is said to be from."""
    own = dict(case.scenario.own_prices)
    if DayRate.EXTERNAL in own:  # an own rate holds in every country
        own |= {rate: own.get(rate, own[DayRate.EXTERNAL]) for rate in (DayRate.EXTERNAL_AT, DayRate.EXTERNAL_CH)}
    return tuple(
        row
        for key, rows in case.book.rows_by_id.items()
        if key in own or rows != shipped.rows_by_id.get(key)
        for row in (_overridden(rows, own[key], case.scenario, source, case.today) if key in own else rows)
    )


def _overridden(
    rows: tuple[Price, ...], amount: Decimal, scenario: Scenario, source: str, today: date
) -> Iterator[Price]:
    """Yield the row that stands for an own price: as long as the book has any, in EUR, in the plan's billing term."""
    last = rows[-1]
    yield Price.model_validate(
        {
            **last.model_dump(),
            "amount": amount,
            "currency": HOME_CURRENCY,
            "term": billing_term(last, Term(scenario.choices.billing.value), is_override=True),
            "valid_from": rows[0].valid_from,
            "valid_to": None,
            "from_quantity": None,
            "min_per_month": None,
            "source": source,
            "source_url": None,
            "source_date": today,
            "confidence": Confidence.CATALOGUE,
            "note": None,
        }
    )
