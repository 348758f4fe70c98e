"""The licence cliff radar: its key, its words, its table and its chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import case, plan_for, scenario
from tests.figures import euros
from tests.words import ENGLISH, GERMAN, plain, plotted, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.licence_cliffs import Cliff, Curve, Jump
from zt_planner.engine.plan import Plan
from zt_planner.language import Language
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.licences.cliffs import (
    SPANS,
    Radar,
    jump_table,
    next_jump_text,
    radar_alt,
    radar_chart,
    radar_key,
    radar_notes,
    radar_of,
    why,
)

USUAL, ALL = SPANS["usual"], SPANS["all"]


def plan_of(book: PriceBook, model: PhaseModel, **fields: object) -> Plan:
    """Return the plan of a scenario on shipped data."""
    return plan_for(case(scenario(**fields), book, model))


@pytest.fixture(scope="module")
def plan(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the plan of 120 people."""
    return plan_of(price_book, phase_model)


@pytest.fixture(scope="module")
def radar(plan: Plan) -> Radar:
    """Return the radar of 120 people."""
    return radar_of(plan.case, shown_licence_month(plan))


def yearly(radar: Radar, people: int) -> str:
    """Return what a year of Entra's licences costs so many people, with plain spaces."""
    cost = next(curve for curve in radar.curves if curve.provider is IdentityProvider.ENTRA).cost_at(people)
    assert cost is not None
    return euros(cost)


def test_the_curve_of_the_plans_provider_passes_through_its_mix(radar: Radar, plan: Plan) -> None:
    assert plan.mix is not None
    curves = {curve.provider: curve for curve in radar.curves}
    assert list(curves) == list(IdentityProvider)
    assert curves[IdentityProvider.ENTRA].cost_at(120) == plan.mix.monthly_cost * 12


@pytest.mark.extended
def test_the_key_is_that_of_the_curves(plan: Plan, price_book: PriceBook, phase_model: PhaseModel) -> None:
    same = [
        plan_of(price_book, phase_model, company__employees=121),
        plan_of(price_book, phase_model, company__name="Example Ltd", choices__identity_provider="okta"),
    ]
    other = [
        plan_of(price_book, phase_model, company__admins=9),
        plan_of(price_book, phase_model, choices__billing="monthly"),
        plan_of(price_book, phase_model, prices__overrides={"m365-e3": 20}),
        plan_of(price_book, phase_model, timeline__start=date(2028, 1, 3)),
    ]
    assert {radar_key(each) for each in same} == {radar_key(plan)}
    assert len({radar_key(each) for each in (plan, *other)}) == 5


def test_the_table_names_each_jump_with_its_rule_and_costs(radar: Radar, price_book: PriceBook, says: Says) -> None:
    rows = told(jump_table(radar, USUAL, price_book)).rows
    says([(row[0], row[1]) for row in rows])
    assert tuple(plain(cell) for cell in rows[0][2:]) == (
        "every seat of the family Microsoft 365 Business is taken (limit: 300)",
        yearly(radar, 300),
        yearly(radar, 301),
        "EUR 240",
        "EUR 404",  # a year of 20.00 for the person, and 13.70 for an administrator who gives up the seat for E3
    )
    assert len(told(jump_table(radar, ALL, price_book)).rows) > len(rows)


def test_the_next_jump_is_that_of_the_plans_provider_above_its_people(
    radar: Radar, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    for people, provider, found in (
        (120, "entra", "The next jump comes with person 301: every seat of the family Microsoft 365 Business is taken"),
        (301, "okta", "The next jump comes with person 465: "),
        (990, "entra", "No jump lies ahead, up to 1,000 people."),
    ):
        plan = plan_of(price_book, phase_model, company__employees=people, choices__identity_provider=provider)
        assert ENGLISH.write(next_jump_text(radar, plan)).startswith(found)


def test_a_cost_that_cannot_be_told_stays_empty(price_book: PriceBook) -> None:
    lost = Radar(Month(2027, 3), (Curve(IdentityProvider.OKTA, 1, (Decimal(5), None), (Jump(2, Cliff.NO_MIX),)),))
    assert told(jump_table(lost, ALL, price_book)).rows[0][3:] == ("EUR\N{NO-BREAK SPACE}5", "", "", "")
    chart = plotted(radar_chart(lost, 1, ALL, price_book))
    assert list(chart.data[0].y)[:3] == [5.0, None, None]
    assert list(chart.data[1].x) == []


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=["en", "de"])
@pytest.mark.parametrize("is_short", [False, True], ids=["sentence", "label"])
@pytest.mark.parametrize("cliff", Cliff)
def test_every_rule_has_its_words(cliff: Cliff, language: Language, price_book: PriceBook, *, is_short: bool) -> None:
    name = "m365-e3" if cliff is Cliff.OWNED_CAP else "ms-business"
    said = language.write(why(Jump(301, cliff, name, 300), price_book, is_short=is_short))
    assert "{" not in said
    assert name not in said
    assert said


def test_the_description_names_costs_and_jumps(radar: Radar, price_book: PriceBook, says: Says) -> None:
    said = plain(ENGLISH.write(radar_alt(radar, 120, USUAL, price_book)))
    assert f"For 120 people: Microsoft Entra ID {yearly(radar, 120)};" in said
    says(said)
    nothing = ENGLISH.write(radar_alt(Radar(radar.month, ()), 120, USUAL, price_book))
    says(nothing)


@pytest.mark.extended
def test_what_is_left_out_is_said(
    radar: Radar, plan: Plan, price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    assert len(tuple(map(ENGLISH.write, radar_notes(radar, 120, USUAL)))) == 1
    says(tuple(map(ENGLISH.write, radar_notes(radar, 700, USUAL)))[1:])
    fixed = plan_of(price_book, phase_model, company__frontline=60, company__admins=10)
    bounded = radar_of(fixed.case, shown_licence_month(plan))
    assert bounded.first == 70
    assert tuple(map(ENGLISH.write, radar_notes(bounded, 120, USUAL)))[1].startswith(
        "Fewer than 70 people are not shown"
    )
    assert plotted(radar_chart(bounded, 120, USUAL, price_book)).data[0].x[0] == 70


def test_the_chart_draws_lines_jumps_and_the_company(radar: Radar, price_book: PriceBook, says: Says) -> None:
    chart = plotted(radar_chart(radar, 120, USUAL, price_book))
    lines, jumps, marks = chart.data[::3], chart.data[1::3], chart.data[2::3]
    says([line.name for line in lines])
    assert all((line.x[0], line.x[-1]) == USUAL for line in lines)
    assert [list(jump.x) for jump in jumps] == [[301], [301], [301, 465]]
    assert [list(mark.x) for mark in marks] == [[120]] * 3
    names = chart.layout.annotations[0].text
    assert "301 Microsoft Entra ID: Microsoft 365 Business is full" in names
    says(chart.layout.annotations[1].text)
    assert chart.layout.annotations[1].xshift > 0, "it stands beside its line"


def test_a_company_outside_the_span_is_not_marked(radar: Radar, price_book: PriceBook) -> None:
    chart = plotted(radar_chart(radar, 800, USUAL, price_book), GERMAN)
    assert len(chart.layout.annotations) == 1
    assert len(chart.layout.shapes) == 0
