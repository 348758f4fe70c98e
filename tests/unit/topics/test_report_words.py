"""Errors, the sentence and the summary in words that a reader understands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import plan_for
from tests.words import told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code, Finding, Severity
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan
from zt_planner.errors import CellProblem, FieldProblem, Place, PlannerError, ScenarioError, StoreError
from zt_planner.files.scenario_json import with_settings
from zt_planner.topics.error_texts import STORE_AWAY, STORE_REMEDY, explain
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.headline.summary import summary_of

HARD_SPACE = "\N{NO-BREAK SPACE}"


def planned(settings: tuple[str, ...], book: PriceBook, model: PhaseModel, today: date) -> Plan:
    """Return the plan of the default scenario with settings."""
    return plan_for(case_of(with_settings(Scenario(), settings), book, model, today=today))


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (
            ScenarioError(
                (FieldProblem("a.b", "{value} is odd", "Try {{}}", {"value": "{x}"}), FieldProblem("c", "bad", "Why?"))
            ),
            ("a.b: {x} is odd. Try {}.", "c: bad. Why?"),
        ),
        (
            CellProblem(Place("prices.csv", 41, "amount"), "'{value}' is not a number", "Write 1200", value="1.200"),
            ("prices.csv, row 41, column amount: '1.200' is not a number. Write 1200.",),
        ),
        (CellProblem(Place("fx.csv", 2), "bad", "Mend it"), ("fx.csv, row 2: bad. Mend it.",)),
        (CellProblem(Place("fx.csv", None, "date"), "bad", "Mend it"), ("fx.csv, column date: bad. Mend it.",)),
        (CellProblem(Place("fx.csv"), "bad", "Mend it"), ("fx.csv: bad. Mend it.",)),
        (PlannerError("one\ntwo"), ("one", "two")),
        (StoreError("/srv/plans.sqlite", "no such file: /srv/plans.sqlite"), (f"{STORE_AWAY}. {STORE_REMEDY}.",)),
    ],
)
def test_an_error_is_explained_line_by_line(error: PlannerError, lines: tuple[str, ...]) -> None:
    assert told(explain(error)) == lines


def test_a_what_if_without_a_day_holds_from_the_first_month(price_book: PriceBook, says: Says) -> None:
    finding = Finding(Code.PRICE_WHAT_IF, Severity.INFO, {"rise": Decimal("-0.125"), "day": None})
    says(told(describe(finding, price_book)).message)


def test_the_summary_shows_the_headlines(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    plan = planned((), price_book, phase_model, today)
    summary = told(summary_of(plan))
    figures = plan.headlines
    assert figures is not None
    texts = ("first_year_budget", "peak_month", "start_date", "finish_date", "duration_months")
    days = ("internal_days", "external_days", "internal_days_per_week", "internal_days_per_week_average")
    shown = {
        **{name: str(getattr(figures, name)) for name in texts},
        **{name: str(rounded(getattr(figures, name), 2)) for name in days},
        "deadline": "2028-01-04",
        "today": "2026-11-06",
        "complete": True,
    }
    assert {name: summary[name] for name in shown} == shown
    assert set(summary) == {
        *figures,
        *(
            "per_employee_month",
            "promised_budget",
            "promised_finish",
            "promised_mfa_date",
            "promised_internal_days",
            "company_name",
            "today",
            "deadline",
            "standstill_days",
            "nis2",
            "uncertainty",
            "findings",
            "complete",
            "versions",
        ),
    }
    nis2, versions, findings = summary["nis2"], summary["versions"], summary["findings"]
    assert isinstance(nis2, dict)
    assert nis2["1.2"] == {"state": "partly", "date": "2027-01-05"}
    assert nis2["a"] == {"points": 5, "supported": 0, "partly": 3}
    assert set(nis2) == {*"abcdefghij", *(point.point for point in phase_model.points)}
    assert isinstance(versions, dict)
    assert set(versions) == {"model", "price_book", "scenario", "schema", "program"}
    assert isinstance(findings, list)
    assert all(
        isinstance(entry, dict) and set(entry) == {"code", "severity", "message", "remedy"} for entry in findings
    )
