"""Plans whose figures were worked out by hand: each file holds the scenario, the answer and the calculation.

A file without tasks of its own uses the shipped ones; `region = false` means no
public holidays (TOML has no null). Prices are always the shipped ones.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.builders import model, plan_for, task
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.money import exact_decimal, rounded_product
from zt_planner.domain.plan import CostLine, Holding
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.stages import Stage, stages_of

FILES = sorted(Path(__file__).parent.glob("*.toml"))


def scenario_of(fields: dict[str, Any]) -> Scenario:
    timeline = fields.get("timeline", {})
    if timeline.get("region") is False:
        fields = {**fields, "timeline": {**timeline, "region": None}}
    return Scenario.model_validate(fields)


def as_text(holding: Holding) -> str:
    """Write a holding as `6 admin: a + b, beside e, instead of c + d`."""
    today = (("beside", holding.kept), ("instead of", holding.replaced))
    parts = [f", {word} {' + '.join(licence.product for licence in held)}" for word, held in today if held]
    return f"{holding.count} {holding.group}: {' + '.join(holding.products)}{''.join(parts)}"


def cash(lines: tuple[CostLine, ...], month: str, view: str) -> Decimal:
    """Return the cash of a month, by use (`month`) or by payment (`paid_in`)."""
    amounts = (line.amount for line in lines if str(getattr(line, view)) == month and line.is_cash)
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


def facts_of(plan: Plan, code: Code) -> dict[str, Any]:
    """Return the facts of a finding."""
    (finding,) = (finding for finding in plan.findings if finding.code is code)
    return dict(finding.facts)


def figure_of(plan: Plan, name: str) -> str | date:
    """Return a headline as the files write it."""
    value = getattr(plan.headlines, name)
    if isinstance(value, date):
        return value
    if name.endswith("_days_per_week"):
        return f"{value:.2f}"
    if isinstance(value, Fraction):
        return str(exact_decimal(value))
    return str(value)


def stage_of(stage: Stage) -> dict[str, Any]:
    """Write a stage as the files do."""
    parts = ("spent", "committed", "to_pay", "a_month", "to_come")
    return {"gate": stage.gate, **{part: str(sum_of(getattr(stage, part))) for part in parts}}


HEADLINES = (
    "introduction_budget",
    "first_year_budget",
    "one_off_total",
    "recurring_first_year",
    "run_rate_monthly",
    "horizon_total",
    "peak_month",
    "peak_amount",
    "start_date",
    "finish_date",
    "mfa_date",
    "duration_months",
    "internal_days_per_week",
    "internal_value",
    "operation_days_monthly",
)


def answers(plan: Plan, expected: dict[str, Any]) -> dict[str, Any]:
    """Return what the plan says about everything that a file expects."""
    lines, mix, tasks = plan.cost_lines, plan.mix, {task.task.id: task for task in plan.tasks}
    codes = [str(finding.code) for finding in plan.findings]
    assert mix is not None
    answer: dict[str, Any] = {
        "findings": codes,
        "has_findings": [code for code in expected.get("has_findings", ()) if code in codes],
        "without_findings": [code for code in expected.get("without_findings", ()) if code not in codes],
        "holdings": [as_text(holding) for holding in mix.holdings],
        "mix_monthly": str(mix.monthly_cost),
        "in_whole_euro": {
            name: int(rounded_product(getattr(plan.headlines, name)).quantize(Decimal(1)))
            for name in expected.get("in_whole_euro", ())
        },
        "dates": {name: [tasks[name].start, tasks[name].finish] for name in expected.get("dates", ())},
        "slack": {name: tasks[name].slack_days for name in expected.get("slack", ())},
        "cash": {month: str(cash(lines, month, "month")) for month in expected.get("cash", ())},
        "payments": {
            month: str(cash((*lines, *plan.prepaid_tail), month, "paid_in")) for month in expected.get("payments", ())
        },
        "lines": [item for item in map(as_row, lines) if item in expected.get("lines", ())],
        "stages": [item for item in map(stage_of, stages_of(plan)) if item in expected.get("stages", ())],
        **{name: figure_of(plan, name) for name in HEADLINES},
    }
    if "cap" in expected:
        facts = facts_of(plan, Code.FINANCE_CAP_EXCEEDED)
        answer["cap"] = {"months": [str(month) for month in facts["months"]], "largest": str(facts["largest"])}
    if "paid_twice" in expected:
        facts = facts_of(plan, Code.LICENCE_PAID_TWICE)
        answer["paid_twice"] = {"from": facts["from"], "until": facts["until"], "amount": str(facts["amount"])}
    if "deadline" in expected:
        facts = facts_of(plan, Code.TIMELINE_DEADLINE_IMPOSSIBLE)
        answer["deadline"] = facts | {"sure": str(facts["sure"])}
    return {name: answer[name] for name in expected}


def as_row(line: CostLine) -> dict[str, Any]:
    """Write a line as the files do."""
    return {
        "month": str(line.month),
        "price_id": line.price_id,
        "quantity": int(line.quantity),
        "unit_price": None if line.unit_price is None else str(line.unit_price.amount),
        "amount": None if line.amount is None else str(line.amount),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_has_the_figures_that_were_worked_out_by_hand(
    path: Path, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    own_tasks = [task(fields.pop("id"), **fields) for fields in file.get("tasks", ())]
    chosen = model(*own_tasks) if own_tasks else phase_model
    plan = plan_for(case_of(scenario_of(file["scenario"]), price_book, chosen, today=today))
    assert answers(plan, file["expected"]) == file["expected"]


def test_every_file_gives_its_reason() -> None:
    assert len(FILES) >= 8
    assert all(tomllib.loads(path.read_text(encoding="utf-8"))["why"].strip() for path in FILES)
