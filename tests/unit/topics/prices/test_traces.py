"""Rates of exchange and VAT, what rests on which prices, and what a rise costs: each with the rows it comes from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import case, plan_for, rate, vat
from tests.words import ENGLISH, GERMAN, Told, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.language import Language
from zt_planner.media.console import answer_lines
from zt_planner.topics.explanations.change import rise_table
from zt_planner.topics.explanations.registry import forms_of, related_of, trace_of
from zt_planner.topics.prices.rise import cost_of_rise
from zt_planner.topics.prices.traces import share_table
from zt_planner.topics.trace import trace_table
from zt_planner.topics.view import View


def ask(book: PriceBook, model: PhaseModel, language: Language = ENGLISH, **fields: Any) -> View:  # noqa: ANN401 - any field of a scenario
    """Return the default plan with other fields, to ask about."""
    plan = plan_for(case(builders.scenario(**fields), book, model))
    return View(plan, language)


def trace(name: str, asked: View) -> Told:
    """Return a trace that is there."""
    found = told(trace_of(name, asked), asked.language)
    assert found is not None
    return found


def test_the_rate_that_counts_is_the_latest_by_the_plans_first_month(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    later, future = rate("USD", "0.9", "2026-12-01"), rate("USD", "0.95", "2028-01-01")
    asked = ask(replace(price_book, rates=(*price_book.rates, future, later)), phase_model)
    found = trace("rate:USD", asked)
    assert (found.value, found.result, found.shown) == (Decimal("0.9"), Decimal("0.9"), "0.9")
    assert [row.amount for row in found.rows] == [None, Decimal("0.9"), None]
    assert [row.times for row in found.rows] == ["0.866", "", "0.95"]
    assert not found.notes


def test_a_later_rate_and_another_one_for_the_display_are_said(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    asked = ask(price_book, phase_model, timeline__start="2025-01-01")
    says(trace("rate:USD", asked).notes)
    later = rate("USD", "0.9", "2026-12-01")
    asked = ask(replace(price_book, rates=(*price_book.rates, later)), phase_model, display__currency="USD")
    (note,) = trace("rate:USD", asked).notes
    says(plain(note))


def test_vat_is_that_of_the_plans_day_with_its_source(price_book: PriceBook, phase_model: PhaseModel) -> None:
    former = vat("DE", "0.16", "2020-07-01", "2020-12-31")
    asked = ask(replace(price_book, vat=(*price_book.vat, former)), phase_model, GERMAN)
    found = trace("vat:DE", asked)
    assert (found.result, found.shown) == (Decimal("0.19"), "19\N{NO-BREAK SPACE}%")
    assert sorted(str(row.amount) for row in found.rows) == ["0.19", "None"]
    assert any("eurofiscalis" in row.source.text for row in found.rows)
    assert any("19\N{NO-BREAK SPACE}%" in cell for row in told(trace_table(found), GERMAN).rows for cell in row)


def test_an_amount_in_other_forms_leads_to_its_rates(price_book: PriceBook, phase_model: PhaseModel) -> None:
    asked = ask(price_book, phase_model, display__vat_country="CH", display__currency="USD")
    related = related_of(trace("first_year_budget", asked), asked)
    assert {"vat:CH", "rate:USD"} <= set(related)
    assert "vat:CH" not in related_of(trace("internal_value", asked), asked)
    assert "rate:USD" in related_of(trace("internal_value", asked), asked)
    assert not {"vat:CH", "rate:USD"} & set(related_of(trace("internal_days", asked), asked))
    assert not forms_of(trace("share:assumed", asked), asked)
    assert "vat:CH" in "\n".join(answer_lines("first_year_budget", asked))


def test_the_share_is_that_of_the_finding(price_book: PriceBook, phase_model: PhaseModel) -> None:
    asked = ask(price_book, phase_model, choices__hardware_reuse=0, prices__overrides={"cloud-siem": 450})
    facts = {finding.code: finding.facts.get("share") for finding in asked.plan.findings}
    shares = (
        ("share:assumed", Code.PRICE_ASSUMED),
        ("share:stale", Code.PRICE_STALE),
        ("share:assumed_days", Code.EFFORT_ASSUMED),
    )
    for name, code in shares:
        found = trace(name, asked)
        assert found.result == found.value == facts[code]
        assert all(row.badges for row in found.rows)
    table = told(share_table(asked))
    names = [name for _, name in table.asks]
    assert set(names) == {*(name for name, _ in shares), "share:own"}
    assert [row[1] for row in table.rows] == [trace(name, asked).shown for name in names]


@pytest.mark.extended
@pytest.mark.parametrize("day", ["2027-07-01", "2027-01-01"])
def test_a_rise_is_the_sum_of_the_lines_that_it_makes_dearer(
    price_book: PriceBook, phase_model: PhaseModel, day: str
) -> None:
    rise: dict[str, Any] = {
        "prices__rise": Decimal("0.1"),
        "prices__rise_from": day,
        "company__owned_licences": [{"licence": "m365-business-basic"}],
    }
    asked = ask(price_book, phase_model, **rise)
    without = plan_for(case(asked.plan.scenario.changed("prices.rise", 0), price_book, phase_model))
    cost = cost_of_rise(asked.plan, without)
    assert cost is not None
    amounts = (cost.first_year, cost.horizon, cost.monthly)
    for (_, name), amount in zip(told(rise_table(cost, asked)).asks, amounts, strict=True):
        found = trace(name, asked)
        assert found.result == found.value == amount
        assert all(row.category == "Licences" for row in found.rows)
    assert "→" in trace("rise:horizon_total", asked).rows[0].unit_price


def test_a_rise_that_comes_later_changes_no_line_before(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    asked = ask(price_book, phase_model, prices__rise=Decimal("0.1"), prices__rise_from="2027-07-01")
    found = trace("rise:first_year_budget", asked)
    says((found.value, found.rows, found.notes))


def test_a_graduated_price_names_its_further_steps(price_book: PriceBook, phase_model: PhaseModel, says: Says) -> None:
    found = trace("price:mdr-endpoint", ask(price_book, phase_model))
    assert (found.value, len(found.notes)) == (Decimal("24.00"), 3)
    says(plain(found.notes[0]))
