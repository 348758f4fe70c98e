"""Random scenarios, phase models and price books, extreme values included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.builders import model, price, row_values, task
from zt_planner.bootstrap import phase_model
from zt_planner.domain.categories import BOOKABLE_CATEGORIES
from zt_planner.domain.data.phase_model import Driver, ExclusionRule, PhaseModel, Step
from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.data.rules import Sector
from zt_planner.domain.dependencies import ids_in_order
from zt_planner.domain.month import Month
from zt_planner.domain.scan import NO_DAY, ScanKind
from zt_planner.domain.scenario.approved import Approved, Forecast, packed
from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import (
    Billing,
    ConfidenceLevel,
    IdentityProvider,
    Mode,
    Monitoring,
    Operator,
    RemoteAccess,
    RiskAccess,
    Running,
    Scenario,
    Segmentation,
    StepOrder,
)
from zt_planner.domain.scenario.status import Status

SHIPPED_ORDER = {
    key: place for place, key in enumerate(ids_in_order({task.id: task.after for task in phase_model().tasks}))
}
"""The shipped tasks, each after those that it waits for: in the file some come before them."""
VENDORS = (("Microsoft",), ("Google", "Microsoft"), ("Okta", "Microsoft"), ("Okta", "Google"))
APPROVED = tuple(
    packed(Scenario.model_validate(given).model_dump(mode="json"))
    for given in ({}, {"company": {"employees": 80}, "timeline": {"start": "2027-01-04"}})
)
"""Plans that may have been approved."""
SUBSECTORS = tuple(row.subsector for row in phase_model().rules.subsectors)
REGIONS = (None, "DE-NW", "DE-BY", "AT", "CH-ZH", "FR", "US-CA", "JP")


@cache
def hundredths(least: str, most: str) -> st.SearchStrategy[Decimal]:
    """Return decimals with two places between two bounds, both included."""
    return st.decimals(Decimal(least), Decimal(most), places=2)


@cache
def sampled(values: Sequence[Any] | type[Enum]) -> st.SearchStrategy[Any]:
    """Return one of some values, by a strategy that is made once for equal ones."""
    return st.sampled_from(values)


@cache
def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return None or a value."""
    return st.none() | values


def seldom(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return None, one time in five a value: it takes long, or moves little."""
    return st.integers(0, 4).flatmap(lambda number: st.none() if number else values)


def span(day: date, length: int) -> tuple[date, date]:
    """Return a closure of so many days after its first."""
    return day, day + timedelta(days=length)


closures = st.lists(st.builds(span, st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(0, 60)), max_size=3)
words = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=80)


near_day = st.dates(date(2026, 1, 1), date(2028, 12, 31))
any_day = near_day | st.dates(date(2020, 1, 1), date(2100, 12, 31))


@cache
def owned_licences(licences: tuple[str, ...], employees: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return a strategy for what a company owns: seats for some or for more than there are, paid for until a day."""
    row = st.fixed_dictionaries(
        {
            "licence": st.sampled_from(licences),
            "seats": maybe(st.integers(1, min(5000, employees + 20))),
            "until": maybe(near_day),
        }
    )
    return st.just([]) | st.lists(row, max_size=3)


@st.composite
def companies(draw: st.DrawFn, owned: tuple[str, ...], *, is_extreme: bool) -> dict[str, Any]:  # noqa: PLR0206 - a strategy, not a property
    """Draw a company within its bounds, or of the size that plans are made for."""
    sizes = sampled((50, 120, 300, 301)) | st.integers(20, 500)
    if is_extreme:
        sizes = sampled((1, 2, 49, 50, 120, 300, 301, 500, 5000)) | st.integers(1, 5000)
    employees, most = draw(sizes), 10 if is_extreme else 1
    frontline = draw(st.just(0) | st.integers(0, employees - 1))
    devices = draw(maybe(st.integers(0, 2_000 * most)))
    return {
        "name": draw(words),
        "employees": employees,
        "frontline": frontline,
        "devices": devices,
        "servers": draw(maybe(st.integers(0, 200 * most))),
        "admins": draw(maybe(st.integers(1, employees - frontline))),
        "sites": draw(maybe(st.integers(1, 10 * most))),
        "apps": draw(maybe(st.integers(0, 50 * most))),
        "remote_users": draw(maybe(st.integers(0, employees))),
        "works_council": draw(st.booleans()),
        "owned_licences": draw(owned_licences(owned, employees)) if owned else [],
        "running": draw(st.just([]) | st.lists(sampled(Running), max_size=3)),
        "macs": draw(st.just(0) | st.integers(0, employees - frontline if devices is None else devices)),
        "machines": draw(st.just(0) | st.integers(0, 60 * most)),
        "local_directory": draw(st.booleans()),
        "full_time_equivalents": draw(maybe(st.decimals(Decimal("0.1"), 5_000, places=1))),
        "sector": draw(maybe(sampled(Sector))),
        "subsector": draw(maybe(sampled(SUBSECTORS))),
        "turnover_millions": draw(maybe(hundredths("0", "1000000"))),
        "balance_millions": draw(maybe(hundredths("0", "1000000"))),
        "under_law_since": draw(maybe(near_day)),
        "standstill_day_cost": draw(maybe(hundredths("0.01", "10000000"))),
    }


@st.composite
def timelines(draw: st.DrawFn, *, is_extreme: bool) -> dict[str, Any]:  # noqa: PLR0206 - a strategy, not a property
    """Draw a timeline within its bounds, or one near the shipped prices with teams that get somewhere."""
    days_a_week = hundredths("0.25", "50") if is_extreme else hundredths("2", "15")
    return {
        "start": draw(maybe(any_day if is_extreme else near_day)),
        "mode": draw(sampled(Mode)),
        "target_months": draw(st.integers(1, 60 if is_extreme else 18)),
        "internal_days_per_week": draw(days_a_week),
        "external_days_per_week": draw(days_a_week),
        "max_internal_days_per_week": draw(maybe(days_a_week)),
        "max_external_days_per_week": draw(maybe(days_a_week)),
        "confidence": draw(sampled(ConfidenceLevel)),
        "steps": draw(sampled(StepOrder)),
        "protection_first": draw(hundredths("0", "1")),
        "region": draw(sampled(REGIONS)),
        "year_end_freeze": draw(st.booleans()),
        "closures": draw(closures),
    }


shares_done = sampled((0, 0, Decimal("0.5"), 1)) | hundredths("0", "1")
amounts = sampled((Decimal("0.00"), Decimal("999999.99"))) | hundredths("0", "5000")


@st.composite
def rows_like(draw: st.DrawFn, row: Price, book: PriceBook) -> list[dict[str, Any]]:  # noqa: PLR0206 - a strategy, not a property
    """Draw one or two rows of an id, one after the other, for the kind of thing that a row of the book is for."""
    days = sorted(draw(st.lists(near_day, min_size=1, max_size=2, unique=True)))
    ends = [*(day - timedelta(days=1) for day in days[1:]), draw(maybe(st.just(days[-1] + timedelta(days=200))))]
    like = row_values(row) | {"from_quantity": None, "currency": draw(sampled(tuple(book.rates_by_currency)))}
    return [
        like | {"amount": draw(amounts), "valid_from": first, "valid_to": last}
        for first, last in zip(days, ends, strict=True)
    ]


@st.composite
def own_rows(draw: st.DrawFn, book: PriceBook) -> dict[str, list[dict[str, Any]]]:  # noqa: PLR0206 - a strategy, not a property
    """Draw own rows in place of some of the book's, and perhaps a licence that the book does not have."""
    ids = draw(st.just([]) | st.lists(sampled(tuple(book.rows_by_id)), max_size=2, unique=True))
    results = {key: draw(rows_like(book.rows_by_id[key][-1], book)) for key in ids}
    if book.user_licences and draw(st.integers(0, 3)) == 0:
        like = book.rows_by_id[draw(sampled(book.user_licences))][-1]
        new = {"id": "own-licence", "requires": (), "vendor": draw(sampled(("Microsoft", "Google", "Okta")))}
        results["own-licence"] = [row | new for row in draw(rows_like(like, book))]
    return results


def dates(draw: st.DrawFn, days: st.SearchStrategy[date]) -> dict[str, date]:
    """Draw an earliest start, a fixed one, or most often none."""
    kind = draw(sampled((None, None, "earliest_start", "fixed_start")))
    return {} if kind is None else {kind: draw(days)}


@st.composite
def task_edits(  # noqa: PLR0206 - a strategy, not a property
    draw: st.DrawFn, ids: Sequence[str], days: st.SearchStrategy[date], most_days: str, most_weeks: int
) -> dict[str, Any]:
    """Draw own figures for some tasks, and own tasks; each waits for earlier ones only, so that there is no circle."""
    ids = sorted(ids, key=lambda item: SHIPPED_ORDER.get(item, 0))
    efforts, lengths, waits = hundredths("0.01", most_days), st.integers(1, 40), sampled((0, 0, 1, most_weeks))

    def after(before: Sequence[str]) -> list[str]:
        return draw(st.lists(st.sampled_from(before), max_size=3, unique=True)) if before else []

    edits: dict[str, dict[str, Any]] = {}
    for task_id in draw(st.lists(st.sampled_from(ids), max_size=4, unique=True)) if ids else ():
        figures: dict[str, Any] = {
            "effort_days": draw(maybe(efforts)),
            "min_length_days": draw(maybe(lengths)),
            "wait_weeks": draw(maybe(waits)),
            "in_scope": draw(sampled((None, None, True, False))),
            "done": draw(shares_done),
        }
        if draw(st.booleans()):
            figures["after"] = after(ids[: ids.index(task_id)])
        edits[task_id] = {**figures, **dates(draw, days)}
    own: dict[str, dict[str, Any]] = {}
    for number in range(draw(sampled((0, 0, 1, 3)))):
        own[f"own-{number}"] = {
            "step": draw(sampled(Step)),
            "name": draw(words.filter(lambda text: text.strip())),
            "effort_days": draw(efforts),
            "external_share": draw(hundredths("0", "1")),
            "team_share": draw(hundredths("0.3", "1")),
            "min_length_days": draw(lengths),
            "wait_weeks": draw(waits),
            "after": after([*ids, *own]),
            "in_scope": draw(st.booleans()),
            "done": draw(shares_done),
            "low": draw(hundredths("0", "1")),
            "high": draw(hundredths("1", "100")),
            **dates(draw, days),
        }
    kept = st.just(KeptModel.of(phase_model())) if SHIPPED_ORDER.keys() >= set(ids) else st.none()
    return {"edits": edits, "own": own, "kept_model": draw(seldom(kept))}


@cache
def levellings(tasks: tuple[str, ...], days: st.SearchStrategy[date]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for a last day, levelled starts of any basis, and an order."""
    starts = st.lists(st.tuples(st.sampled_from(tasks), days), max_size=3)
    return st.fixed_dictionaries(
        {
            "finish_by": maybe(days),
            "starts": st.just([]) | starts,
            "basis": st.just("") | words,
            "order": st.just([]) | st.permutations(tasks),
        }
    )


def task_records(days: st.SearchStrategy[date]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for what is recorded of a task, in order or of its finish alone."""
    spent = maybe(hundredths("0", "100000"))

    def in_order(both: list[date]) -> dict[str, date]:
        return dict(zip(("started", "finished"), sorted(both), strict=False))

    dated = st.lists(days, max_size=2).map(in_order) | st.fixed_dictionaries({"finished": days})
    counted = st.fixed_dictionaries(
        {"remaining_days": maybe(st.integers(1, 5000)), "spent_internal": spent, "spent_external": spent}
    )
    return st.builds(lambda days, counts: days | counts, dated, counted)


@cache
def statuses(tasks: tuple[str, ...], days: st.SearchStrategy[date]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for a status at any time: records, bookings, closed months, an approved plan, forecasts."""
    months = st.dates(date(2026, 1, 1), date(2029, 12, 31)).map(lambda day: str(Month.of(day)))
    keys = st.builds("{}/{}/{}".format, months, sampled(BOOKABLE_CATEGORIES), sampled(("", "unknown", *tasks)))
    budget = maybe(hundredths("0", "10000000"))
    approved = st.builds(
        Approved,
        on=days,
        today=near_day,
        plan=sampled(APPROVED),
        finish=days,
        budget=budget,
        by=words.map(lambda name: name[:60]),
        promised_budget=budget,
        promised_finish=maybe(days),
    )
    scan_days = st.just(NO_DAY) | days.map(date.isoformat)
    forecast = st.builds(Forecast, finish=days, sure_by=maybe(days), budget=budget, sure_budget=budget)
    return st.fixed_dictionaries(
        {
            "at": maybe(near_day),
            "tasks": st.dictionaries(st.sampled_from(tasks), task_records(days), max_size=4),
            "learns": st.booleans(),
            "bookings": st.dictionaries(keys, hundredths("-20000", "200000"), max_size=4),
            "closed": st.lists(months, max_size=4),
            "approved": maybe(approved),
            "forecasts": st.dictionaries(days.map(date.isoformat), forecast, max_size=2),
            "scans": st.dictionaries(sampled(tuple(ScanKind)), scan_days, max_size=3),
        }
    )


@cache
def uncertainties(tasks: tuple[str, ...], price_ids: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for a seed, a correlation, and ranges of some of these tasks and prices."""
    factors = st.tuples(hundredths("0.01", "1"), st.just(1) | hundredths("1", "100"))

    def some(ids: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
        return st.dictionaries(st.sampled_from(ids), factors, max_size=2) if ids else st.just({})

    return st.fixed_dictionaries(
        {
            "seed": st.integers(0, 2**31 - 1),
            "correlation": hundredths("0", "1"),
            "reaction": maybe(hundredths("0", "1")),
            "effort_ranges": some(tasks),
            "wait_ranges": some(tasks),
            "price_ranges": some(price_ids),
        }
    )


@st.composite
def scenarios(draw: st.DrawFn, book: PriceBook | None = None, tasks: Sequence[str] = ()) -> Scenario:  # noqa: PLR0206 - a strategy, not a property
    """Draw a scenario: every field; ids are the book's, its own rows' and these tasks.

    One of four is anywhere within the bounds, which is often a plan over decades or none; the others make plans.
    """
    is_extreme = draw(sampled((False, False, False, True)))
    rows = draw(own_rows(book)) if book is not None and book.rows_by_id else {}
    owned = () if book is None else (*book.user_licences, *(key for key in rows if key not in book.rows_by_id))
    ids = () if book is None else tuple(dict.fromkeys((*book.rows_by_id, *rows)))
    steering = hundredths("0", "0.5")
    days_near, most = (any_day, ("10000", 520)) if is_extreme else (near_day, ("40", 8))
    return Scenario.model_validate(
        {
            "company": draw(companies(owned, is_extreme=is_extreme)),
            "choices": {
                "identity_provider": draw(sampled(IdentityProvider)),
                "billing": draw(sampled(Billing)),
                "monitoring": draw(sampled(Monitoring)),
                "risk_access": draw(sampled(RiskAccess)),
                "remote_access": draw(sampled(RemoteAccess)),
                "segmentation": draw(sampled(Segmentation)),
                "operation": draw(sampled(Operator)),
                "hardware_reuse": draw(hundredths("0", "1")),
            },
            "timeline": draw(timelines(is_extreme=is_extreme)),
            "labour": {
                "internal_day_cost": draw(maybe(amounts)),
                "external_day_rate": draw(maybe(amounts)),
                "coordination_share": {"internal": draw(maybe(steering)), "external": draw(maybe(steering))},
            },
            "finance": {
                "contingency": draw(hundredths("0", "1")),
                "horizon_months": draw(st.integers(12, 120 if is_extreme else 36)),
                "monthly_cap": draw(maybe(hundredths("0.01", "100000"))),
            },
            "display": {
                "vat_country": draw(maybe(sampled(book.vat_countries))) if book and book.vat else None,
                "currency": draw(sampled(Currency)) if book and book.vat else Currency.EUR,
                "catalogue": draw(seldom(st.just({"name": "Firm", "day": "2026-11-06"}))),
            },
            "prices": {
                "kept_book": draw(seldom(st.just(KeptBook.of(book)))) if ids and book is not None else None,
                "rows": rows,
                "overrides": draw(st.dictionaries(st.sampled_from(ids), amounts, max_size=3)) if ids else {},
                "as_of": draw(maybe(any_day)),
                "rise": draw(st.just(0) | hundredths("-0.5", "2")),
                "rise_from": draw(maybe(any_day)),
            },
            "tasks": draw(task_edits(tasks, days_near, *most)) if tasks else {},
            "levelling": draw(levellings(tuple(tasks), days_near)) if tasks else {},
            "status": draw(st.just({}) | statuses(tuple(tasks), days_near)) if tasks else {},
            "uncertainty": draw(uncertainties(tuple(tasks), ids)),
        }
    )


def not_begun(scenario: Scenario) -> Scenario:
    """Return a scenario without its status."""
    return scenario.model_copy(update={"status": Status()})


@st.composite
def phase_models(draw: st.DrawFn) -> PhaseModel:
    """Draw a small phase model without circles: a task waits for earlier ones only."""
    tasks = []
    for number in range(draw(st.integers(1, 8))):
        before = [f"t{earlier}" for earlier in range(number)]
        drivers = draw(st.lists(sampled(Driver), max_size=2, unique=True))
        tasks.append(
            task(
                f"t{number}",
                days=draw(hundredths("0", "12")),
                after=draw(st.lists(st.sampled_from(before), max_size=3, unique=True)) if before else (),
                drivers=drivers,
                days_per_unit=[draw(hundredths("0", "0.01")) for _ in drivers],
                external_share=draw(sampled((Decimal(0), Decimal("0.3"), Decimal("0.5"), Decimal(1)))),
                team_share=draw(sampled((Decimal("0.3"), Decimal("0.5"), Decimal(1)))),
                min_length_days=draw(st.integers(0, 15)),
                wait_weeks=draw(sampled((0, 0, 1, 6))),
                head_start_days=draw(sampled((0, 20, 100, 200))),
                step=draw(sampled(Step)),
                low=draw(sampled((1, Decimal("0.5")))),
                high=draw(sampled((1, 2))),
                pace=draw(sampled((None, 1, 10))),
                falls_away_when=draw(maybe(sampled(ExclusionRule))),
            )
        )
    return model(*tasks)


SHELF_NAMES = tuple(f"p{number}" for number in range(5))
ENDPOINT_NAMES = ("p0", "defender-business", "p2", "defender-endpoint-p2", "p4")
"""Names of licences; of the two that protect endpoints a mix buys one."""


@st.composite
def shelves(draw: st.DrawFn) -> tuple[Price, ...]:
    """Draw up to five licences with few prices and small caps, so that caps bind and ties are common.

    One vendor or two: with several, most providers leave no mix.
    """
    vendors = draw(sampled(VENDORS))
    grants = st.lists(sampled(("office", "mail", "mfa", "pim")), min_size=1, max_size=3, unique=True)
    names = draw(sampled((SHELF_NAMES, SHELF_NAMES, ENDPOINT_NAMES)))
    results: list[Price] = []
    for number in range(draw(st.integers(2, 5))):
        others = [row.id for row in results]
        required = st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True) if others else st.nothing()
        family = draw(sampled((None, None, "small", "tiny")))
        results.append(
            price(
                names[number],
                draw(sampled((1, 2, 2, 3, 4))),
                vendor=draw(sampled(vendors)),
                grants=draw(grants),
                requires=["|".join(draw(required))] if others and draw(st.integers(0, 4)) == 0 else (),
                sold=draw(sampled((True, True, True, False))),
                audience=draw(sampled((None, None, None, "frontline"))),
                seat_family=family,
                seat_cap={None: None, "small": 3, "tiny": 1}[family],
            )
        )
    return tuple(results)
