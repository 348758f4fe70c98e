"""The tables of figures in docs/model.md are those of the shipped data: five sizes, and the reserve."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.builders import plan_for, scenario
from zt_planner import bootstrap
from zt_planner.domain.money import rounded
from zt_planner.engine.case import case_of
from zt_planner.engine.simulation.result import SURE, reserve_of, simulate
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.resources import data_dir, root

if TYPE_CHECKING:
    from zt_planner.domain.headlines import Headlines
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.plan import Plan

PAGE = (root() / "docs" / "model.md").read_text("utf-8")
TODAY, MONTHS = date(2026, 11, 24), (6, 9, 12)
LARGE = data_dir() / "scenarios" / "350-people-above-the-300-seat-cap.json"


def table_below(sentence: str) -> list[list[str]]:
    """Return the rows of the first table below a sentence, without its header."""
    section = PAGE.split(sentence)[1].split("|\n\n")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def planned(given: Scenario) -> tuple[Plan, Headlines]:
    """Return a plan of the shipped data and its headlines."""
    plan = plan_for(case_of(given, bootstrap.price_book(), bootstrap.phase_model(), today=TODAY))
    return plan, plan.headlines


def size_row(people: int) -> list[str]:
    """Return a company as the table of sizes writes it."""
    _, figures = planned(scenario(company__employees=people))
    all_days = figures.internal_days, figures.external_days, figures.operation_days_monthly
    own, external, after = (str(rounded(days, 2)) for days in all_days)
    budget, monthly = (f"{amount:,.2f} EUR" for amount in (figures.first_year_budget, figures.run_rate_monthly))
    dates = (f"{moment.day} {moment:%b %Y}" for moment in (figures.mfa_date, figures.finish_date) if moment)
    return [str(people), f"{own}, {external}", budget, *dates, monthly, after]


def reserve_row(company: Scenario, months: int) -> list[str]:
    """Return a length of the introduction as the table of reserves writes it, but for the company."""
    timeline = company.timeline.model_copy(update={"target_months": months})
    plan, figures = planned(company.model_copy(update={"timeline": timeline}))
    drawn = simulate(plan)
    assert drawn is not None
    reserve, finish = reserve_of(plan, figures, drawn), drawn.finish_at(SURE)
    whole = [
        f"{rounded(amount, 0):,}"
        for amount in (reserve.budget, reserve.contingency, reserve.sure, reserve.to_add, drawn.first_year_at(SURE))
    ]
    budget, sure, to_add, first_year = f"EUR {whole[0]}, {whole[1]}", *(f"EUR {amount}" for amount in whole[2:])
    done = f"{finish.day} {finish:%B %Y}"
    return [str(months), budget, sure, to_add, f"{reserve.chance * 100:.0f} %", done, first_year]


def test_the_table_of_sizes_holds_what_plans_come_to() -> None:
    rows = table_below("as of 24 November 2026.\n")
    assert [row[0] for row in rows] == ["50", "120", "250", "350", "500"]
    assert rows == [size_row(int(row[0])) for row in rows]


@pytest.mark.extended
def test_the_table_of_reserves_holds_what_draws_come_to() -> None:
    rows = table_below("in 6, 9 and 12 months (start 4 January 2027):\n")
    companies = scenario(), parsed_scenario(LARGE.read_bytes())
    assert [row[1:] for row in rows] == [reserve_row(company, months) for company in companies for months in MONTHS]
