"""Every input belongs to one group, and a case takes whole groups of another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests import builders
from tests.builders import row_values, scenario
from zt_planner import bootstrap
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.compare.inputs import differing_groups, mixed

BOOK, MODEL = bootstrap.price_book(), bootstrap.phase_model()


def case(given: Scenario | None = None, *, shows_labour: bool = True, **fields: Any) -> Case:  # noqa: ANN401 - any field
    """Return the case of a scenario, or of the default one with fields set."""
    return builders.case(given or scenario(**fields), BOOK, MODEL, shows_labour=shows_labour)


def test_only_what_differs_is_a_difference() -> None:
    same = case(company__name="Another name", display__currency="CHF", display__vat_country="DE")
    assert differing_groups(case(), same) == ()
    started = case(timeline__start=date(2027, 1, 4))
    assert differing_groups(case(), started) == ()  # that is the day on which the default plan begins
    assert differing_groups(case(), case(company__employees=150, finance__contingency=Decimal("0.2"))) == (
        InputGroup.PEOPLE,
        InputGroup.FINANCE,
    )


def test_own_day_rates_are_told_from_other_own_prices() -> None:
    rate = [row_values(BOOK.rows_by_id["internal-day"][-1]) | {"amount": "600.00"}]
    other = case(prices__rows={"internal-day": rate}, prices__overrides={"entra-p2": 7, "external-day": 1200})
    assert differing_groups(case(), other) == (InputGroup.LICENCES, InputGroup.DAY_RATES)
    taken = mixed(case(), other, {InputGroup.LICENCES}).scenario.prices
    assert (set(taken.overrides), set(taken.rows)) == ({"entra-p2"}, set())
    taken = mixed(case(), other, {InputGroup.DAY_RATES}).scenario.prices
    assert (set(taken.overrides), set(taken.rows)) == ({"external-day"}, {"internal-day"})


def test_hidden_day_rates_are_no_difference() -> None:
    other = case(labour__internal_day_cost=700, shows_labour=False)
    assert differing_groups(case(shows_labour=False), other) == ()


def dearer(*ids: str) -> KeptBook:
    """Return the shipped book with some prices doubled."""
    rows = (row.model_copy(update={"amount": row.amount * (2 if row.id in ids else 1)}) for row in BOOK.prices)
    return KeptBook.of(replace(BOOK, prices=tuple(rows)))


def test_books_differ_in_prices_or_in_day_rates() -> None:
    licences = case(Scenario().with_kept_data(dearer("entra-p2"), None))
    rates = case(Scenario().with_kept_data(dearer("external-day"), None))
    assert differing_groups(case(), licences) == (InputGroup.LICENCES,)
    assert differing_groups(case(), rates) == (InputGroup.DAY_RATES,)
    book = mixed(licences, rates, {InputGroup.DAY_RATES}).book
    assert book.rows_by_id["entra-p2"] == licences.book.rows_by_id["entra-p2"]
    assert book.rows_by_id["external-day"] == rates.book.rows_by_id["external-day"]


def test_day_rates_bring_the_exchange_rate_of_their_currency() -> None:
    francs = [row.model_copy(update={"currency": "CHF"}) if row.id == "external-day" else row for row in BOOK.prices]
    swiss = KeptBook.of(replace(BOOK, prices=tuple(francs)))
    without = KeptBook.of(replace(BOOK, rates=tuple(rate for rate in BOOK.rates if rate.currency != "CHF")))
    plain = [row for row in without.prices if row.currency != "CHF"]
    before = case(Scenario().with_kept_data(KeptBook.of(replace(without.book, prices=tuple(plain))), None))
    after = case(Scenario().with_kept_data(swiss, None))
    assert "CHF" not in before.book.rates_by_currency
    assert "CHF" in mixed(before, after, {InputGroup.DAY_RATES}).book.rates_by_currency


def test_another_phase_model_is_another_scope() -> None:
    shorter = replace(bootstrap.phase_model(), tasks=bootstrap.phase_model().tasks[:-1])
    other = case(Scenario().with_kept_data(None, KeptModel.of(shorter)))
    assert differing_groups(case(), other) == (InputGroup.SCOPE,)
    assert mixed(case(), other, {InputGroup.SCOPE}).base_model.version == shorter.version
