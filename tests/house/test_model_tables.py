"""What docs/model.md calculates by hand: each calculation comes to what is said, and is the program's figure."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import plan_for, scenario, unstopped
from zt_planner import bootstrap
from zt_planner.domain.money import rounded, up_to_thousands
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.option import options_without
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import promise_of
from zt_planner.engine.simulation.result import SURE, SimulationResult, reserve_of, simulate
from zt_planner.engine.stages import stages_of
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.resources import data_dir, root

PAGE = (root() / "docs" / "model.md").read_text("utf-8")
TODAY, START, MONTHS = date(2026, 11, 30), date(2027, 1, 4), (6, 9, 12)
LARGE = data_dir() / "scenarios" / "350-people-above-the-300-seat-cap.json"
NUMBER = r"\d[\d,]*(?:\.\d+)?"
SUM = rf"{NUMBER}(?: [+−×÷] {NUMBER})+"
CALCULATION = re.compile(rf"(?<![\d.,+−×÷] )(?<![\d.,])({SUM}) = \*{{0,2}}({NUMBER})")
PYTHON = str.maketrans({"−": "-", "×": "*", "÷": "/", ",": None})


def value_of(calculation: str) -> Fraction:
    """Return what a calculation of numbers comes to."""
    exact = re.sub(NUMBER, lambda found: f"Fraction('{found[0].replace(',', '')}')", calculation)
    found: Fraction = eval(exact.translate(PYTHON), {"Fraction": Fraction})  # noqa: S307 - numbers and four signs
    return found


def comes_to(calculation: str, said: str) -> bool:
    """Tell whether a calculation comes to a number, as exactly as that is written."""
    plain = Decimal(said.replace(",", ""))
    half = Fraction(5, 10 ** (1 - int(plain.as_tuple().exponent)))
    return abs(value_of(calculation) - Fraction(plain)) <= half


def table_below(sentence: str) -> list[list[str]]:
    """Return the rows of the first table below a sentence, without its header."""
    lines = PAGE.split(sentence)[1].split("|\n\n")[0].splitlines()
    rows = [line for line in lines if line.startswith("|")]
    return [[cell.strip().strip("*") for cell in line.strip("|").split("|")] for line in rows[2:]]


def planned(given: Scenario) -> Plan:
    """Return a plan of the shipped data that starts on the day of the page."""
    timeline = given.timeline.model_copy(update={"start": START})
    from_start = given.model_copy(update={"timeline": timeline})
    return plan_for(case_of(from_start, bootstrap.price_book(), bootstrap.phase_model(), today=TODAY))


@pytest.fixture(scope="module")
def default() -> Plan:
    return planned(scenario())


def drawn(plan: Plan) -> SimulationResult:
    """Return the draws of a plan, which it has."""
    found = simulate(plan)
    assert found is not None
    return found


def money(amount: Any) -> str:  # noqa: ANN401 - any number
    return f"{rounded(Fraction(amount), 2):,.2f}"


def short_day(day: date) -> str:
    return f"{day.day} {day:%b}"


def test_each_calculation_comes_to_what_stands_behind_it() -> None:
    found = CALCULATION.findall(PAGE)
    assert len(found) > 60
    assert [f"{calculation} = {said}" for calculation, said in found if not comes_to(calculation, said)] == []


@pytest.mark.parametrize(
    "above", ["**The budget of the introduction (M11, M18).**", "By hand: the default company. Step 1"]
)
def test_each_row_of_a_sum_comes_to_its_last_cell(above: str) -> None:
    rows = [row for row in table_below(above) if re.fullmatch(SUM, row[1])]
    assert len(rows) >= 6
    # Work is rounded down by month (M16), so that a share of it may lack a cent.
    assert [row for row in rows if abs(value_of(row[1]) - Fraction(row[2].replace(",", ""))) > Fraction(1, 100)] == []


def chain_row(task: ScheduledTask) -> list[str]:
    """Return a task as the table of the critical chain writes it, but for how its length follows."""
    whole = task.work.whole
    days = ", ".join(f"{float(rounded(part, 4)):g}" for part in (whole.internal, whole.external))
    first = str(task.start.day) if task.start.month == task.finish.month else short_day(task.start)
    return [f"`{task.task.id}`", days, str(task.length_days), f"{first} to {short_day(task.finish)}"]


def test_the_critical_chain_is_that_of_the_plan(default: Plan) -> None:
    critical = sorted((task for task in default.tasks if task.slack_days == 0), key=lambda task: task.start)
    rows = table_below("**The critical chain (M7 to M9).**")
    assert [[row[0], row[1], row[2].rpartition(": ")[2], row[3]] for row in rows] == [
        chain_row(task) for task in critical
    ]


def test_the_run_rate_and_the_budget_are_those_of_the_plan(default: Plan) -> None:
    figures = default.headlines
    run_rate = table_below("**The run rate (M3, M4, M12, M13).**")
    bought: dict[str, Decimal] = defaultdict(Decimal)
    for line in default.run_rate_lines:
        if line.is_cash and line.amount is not None:
            bought[line.price_id] += line.amount
    assert sorted(row[2] for row in run_rate) == sorted(map(money, (*bought.values(), figures.run_rate_monthly)))
    totals = dict(row[::2] for row in table_below("**The budget of the introduction (M11, M18).**"))
    said = [totals[name] for name in ("recurring", "one-off", "budget")]
    names = ("recurring_first_year", "one_off_total", "introduction_budget")
    assert said == [money(getattr(figures, name)) for name in names]
    section = PAGE.split("## One plan, calculated by hand")[1].split("\n## ")[0]
    also = figures.horizon_total, figures.internal_days, figures.internal_value, figures.external_days
    assert [text for text in map(money, also) if text not in section] == []
    assert f"**{float(figures.operation_days_monthly):g}**" in section


def test_the_promise_is_that_of_the_draws(default: Plan) -> None:
    promise = promise_of(default, drawn(default))
    assert promise.budget is not None
    assert promise.mfa is not None
    shares = (promise.budget_chance, promise.finish_chance, promise.both_chance)
    said = PAGE.split("**What is promised (M34).** ")[1].split("\n")[0]
    figures = (
        money(promise.budget),
        f"{up_to_thousands(promise.budget):,.0f}",
        *(f"{day.day} {day:%B %Y}" for day in (promise.finish, promise.mfa)),
        f"{promise.internal_days:.2f}",
        *(f"{share:.0%}".replace("%", " %") for share in shares if share is not None),
    )
    assert [text for text in figures if text not in said] == []


@pytest.mark.parametrize(("days", "share"), [("3.25 2.75", "79.0 %"), ("3.5 3", "82.5 %")])
def test_the_teams_are_in_time_as_often_as_is_said(days: str, share: str) -> None:
    internal, external = map(Decimal, days.split())
    team = {"timeline__internal_days_per_week": internal, "timeline__external_days_per_week": external}
    chance = drawn(planned(scenario(timeline__mode="capacity", **team))).chance(by=date(2028, 1, 3))
    assert f"{chance * 100:.1f} %" == share
    assert share in PAGE.split("**The teams (M10).**")[1].split("\n")[0]


def test_the_first_stage_is_that_of_the_plan(default: Plan) -> None:
    stage = stages_of(default)[0]
    said = dict(row[::2] for row in table_below("By hand: the default company. Step 1"))
    sums = {name: money(sum_of(getattr(stage, name))) for name in ("spent", "committed")}
    assert (said["spent"], said["committed**, all of it still to pay"]) == tuple(sums.values())
    assert stage.gate == date(2027, 5, 11)
    asked = rounded(sum_of(stage.spent) + sum_of(stage.committed), 0)
    exports = (root() / "docs" / "exports.md").read_text("utf-8")
    assert (
        f'"Approve stage 1 now: EUR {asked:,} (as planned). Decide on stage 2 on {stage.gate.day} {stage.gate:%B %Y}."'
        in exports
    )


def test_the_bridge_is_that_of_four_plans() -> None:
    people, watch = {"company__employees": 150}, {"choices__monitoring": "mdr"}
    changes: tuple[dict[str, Any], ...] = {}, people, watch, people | watch
    none, first, second, both = (planned(scenario(**change)).headlines.introduction_budget for change in changes)
    mean = [money((first - none + both - second) / 2), money((second - none + both - first) / 2)]
    rows = table_below("By hand: the default company of [the example below]")
    assert rows[2] == ["mean", *mean]
    assert [row[1].rpartition(" = ")[2] for row in rows[:2]] == [money(first - none), money(both - second)]


def test_leaving_out_monitoring_comes_to_what_is_said(default: Plan) -> None:
    (without,) = (found for found in options_without(default) if found.id == "monitoring")
    figures = unstopped(without.plan).headlines
    said = f"{money(figures.introduction_budget)} EUR and is done on {short_day(figures.finish_date)}"
    assert said in PAGE.replace("August", "Aug")
    assert figures.mfa_date == default.headlines.mfa_date


def test_the_days_of_decisions_are_those_of_the_plan(default: Plan) -> None:
    days = {decision.row.id: decision.day for decision in reversed(decisions_of(default))}
    said = PAGE.split("**M37 Decisions**")[1].split("\n## ")[0]
    names = ("consultant", "works_council_mfa", "works_council", "licences", "watch")
    assert [name for name in names if f"{days[name].day} {days[name]:%B}" not in said] == []


def size_row(people: int) -> list[str]:
    """Return a company as the table of sizes writes it."""
    plan = planned(scenario(company__employees=people))
    figures, promise = plan.headlines, promise_of(plan, drawn(plan))
    all_days = figures.internal_days, figures.external_days, figures.operation_days_monthly
    own, external, after = (str(rounded(days, 2)) for days in all_days)
    budget, monthly = (f"{money(amount)} EUR" for amount in (figures.introduction_budget, figures.run_rate_monthly))
    promised = f"{up_to_thousands(promise.budget or Decimal(0)):,.0f} EUR"
    dates = (f"{short_day(day)} {day.year}" for day in (figures.mfa_date, figures.finish_date, promise.finish) if day)
    return [str(people), f"{own}, {external}", budget, promised, *dates, monthly, after]


def reserve_row(company: Scenario, months: int) -> list[str]:
    """Return a length of the introduction as the table of reserves writes it, but for the company."""
    timeline = company.timeline.model_copy(update={"target_months": months})
    plan = planned(company.model_copy(update={"timeline": timeline}))
    draws = drawn(plan)
    reserve, finish = reserve_of(plan, plan.headlines, draws), draws.finish_at(SURE)
    whole = [
        f"{rounded(amount, 0):,}"
        for amount in (reserve.budget, reserve.contingency, reserve.sure, reserve.to_add, draws.first_year_at(SURE))
    ]
    budget, sure, to_add, first_year = f"EUR {whole[0]}, {whole[1]}", *(f"EUR {amount}" for amount in whole[2:])
    done = f"{finish.day} {finish:%B %Y}"
    return [str(months), budget, sure, to_add, f"{reserve.chance * 100:.0f} %", done, first_year]


def test_the_table_of_sizes_holds_what_plans_come_to() -> None:
    rows = table_below("start 4 January 2027, as of 30 November 2026.\n")
    assert [row[0] for row in rows] == ["50", "120", "250", "350", "500"]
    assert rows == [size_row(int(row[0])) for row in rows]


@pytest.mark.extended
def test_the_table_of_reserves_holds_what_draws_come_to() -> None:
    rows = table_below("in 6, 9 and 12 months (start 4 January 2027, 80 % sure):\n")
    companies = scenario(), parsed_scenario(LARGE.read_bytes())
    assert [row[1:] for row in rows] == [reserve_row(company, months) for company in companies for months in MONTHS]
