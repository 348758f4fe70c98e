"""The licence mix as a figure: seats at their prices, with the reasons that the Budget page gives."""

from __future__ import annotations

from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, Told, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Capability, PriceBook
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.licences.cliffs import SPANS, jump_table, own_cost_table, radar_of
from zt_planner.topics.licences.mix import explain_mix, mix_words
from zt_planner.topics.view import View


@pytest.fixture
def asked(price_book: PriceBook, phase_model: PhaseModel, request: pytest.FixtureRequest) -> View:
    """Return a plan to ask about; its fields are the test's parameter."""
    fields: dict[str, Any] = getattr(request, "param", {})
    scenario = builders.scenario(**fields)
    plan = builders.plan(scenario, price_book, phase_model)
    return View(plan, ENGLISH)


def trace(name: str, asked: View) -> Told:
    """Return a trace that is there."""
    found = told(trace_of(name, asked))
    assert found is not None
    return found


STANDARD = {"company__employees": 350, "company__owned_licences": [{"licence": "m365-business-standard"}]}
OKTA = {"choices__identity_provider": "okta", "company__employees": 333, "company__frontline": 20}


@pytest.mark.parametrize("asked", [{}, STANDARD, OKTA], indirect=True)
def test_the_mix_is_explained_by_its_seats_and_in_words(asked: View) -> None:
    assert asked.plan.mix is not None
    found = trace("licence_mix", asked)
    assert found.result == found.value == asked.plan.mix.monthly_cost
    reasons = told(explain_mix(asked.plan))
    assert reasons is not None
    words = told(mix_words(reasons, asked.plan))
    assert found.notes == told(words.sentences())
    for holding in words.holdings:
        assert any(all(part in note for part in (holding.who, holding.gets, *holding.why)) for note in found.notes)
    other = trace("next_best_mix", asked)
    assert reasons.next_best is not None
    assert other.result == other.value == reasons.next_best.extra_monthly
    assert other.notes == (words.next_best,)


@pytest.mark.parametrize("asked", [{"company__owned_licences": [{"licence": "m365-business-premium"}]}], indirect=True)
def test_what_is_kept_is_a_row_of_nothing(asked: View, says: Says) -> None:
    rows = trace("licence_mix", asked).rows
    (kept,) = (row for row in rows if row.how.startswith("kept"))
    says((kept.item, kept.amount, kept.times))
    assert kept.unit_price == "EUR\N{NO-BREAK SPACE}0.00"


@pytest.mark.parametrize("asked", [{"company__owned_licences": [{"licence": "m365-business-basic"}]}], indirect=True)
def test_a_credit_is_a_row_below_zero(asked: View) -> None:
    rows = [row for row in trace("licence_mix", asked).rows if row.how.startswith("given back")]
    assert len(rows) == 1
    assert rows[0].amount is not None
    assert rows[0].amount < 0


@pytest.mark.extended
@pytest.mark.parametrize("asked", [{}, {**STANDARD, "company__frontline": 10}], indirect=True)
def test_both_sides_of_every_jump_come_to_the_radars_cost(asked: View) -> None:
    radar = radar_of(asked.case, shown_licence_month(asked.plan))
    people = asked.plan.scenario.company.employees
    tables = told(jump_table(radar, SPANS["all"], asked.book)), told(own_cost_table(radar, people))
    names = [name for table in tables for row in table.asks for name in row if name]
    assert len(names) > len(radar.curves)
    for name in names:
        _, provider, number = name.split(":")
        (curve,) = (curve for curve in radar.curves if curve.provider == provider)
        found = trace(name, asked)
        assert found.result == found.value == curve.cost_at(int(number))


def test_without_another_mix_the_next_best_says_so(phase_model: PhaseModel, says: Says) -> None:
    book = builders.book(builders.price("all", 5, grants=sorted(map(str, Capability))))
    plan = builders.plan(builders.scenario(choices__identity_provider="entra"), book, phase_model)
    found = trace("next_best_mix", View(plan, ENGLISH))
    assert (found.value, found.rows) == (None, ())
    says(found.shown)
