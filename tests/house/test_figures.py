"""Every figure has a trace that comes to it: to the cent, to the day, in every kind of plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tests import builders
from tests.builders import plan_for
from tests.figures import every_name
from tests.portions import names
from tests.words import ENGLISH, Told, told
from zt_planner import catalog
from zt_planner.domain import units
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.case import case_of
from zt_planner.engine.planner import build_plan
from zt_planner.resources import data_dir, root
from zt_planner.topics.budget.amount_traces import gathered
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.decisions.stages import stage_table
from zt_planner.topics.explanations.change import rise_table
from zt_planner.topics.explanations.registry import figure_title, headline_names, related_of, trace_of
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.headline.figures import summary_figures
from zt_planner.topics.headline.summary import summary_of
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.licences.cliffs import own_cost_table, radar_of
from zt_planner.topics.nis2.points import point_table
from zt_planner.topics.operation.operation import activity_table, setup_table, setups_of
from zt_planner.topics.prices.rise import cost_of_rise
from zt_planner.topics.prices.tables import price_table, rate_table, vat_table
from zt_planner.topics.prices.traces import share_table
from zt_planner.topics.risk.uncertainty import percentiles_table
from zt_planner.topics.roadmap.load_chart import load_table, team_weeks
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.topics.table import Table
from zt_planner.topics.trace import Trace, amounts_of, trace_table
from zt_planner.topics.view import View, any_view
from zt_planner.ui.components.charts import MONTH_OF

SITUATIONS: dict[str, dict[str, Any]] = {
    "default": {},
    "google": {"choices__identity_provider": "google", "choices__monitoring": "siem_and_mdr"},
    "okta": {"choices__identity_provider": "okta", "choices__remote_access": "ztna", "company__employees": 333},
    "prepaid, longer than the horizon": {
        "choices__billing": "annual_prepaid",
        "finance__horizon_months": 12,
        "timeline__target_months": 20,
        "choices__hardware_reuse": Decimal("0.35"),
    },
    "credits and own prices": {
        "company__employees": 350,
        "company__owned_licences": [{"licence": "m365-business-standard"}],
        "prices__overrides": {"cloud-siem": 450},
        "labour__external_day_rate": 1333,
    },
    "prices missing": {"timeline__start": "2021-03-01"},
    "a rise of the list prices, with VAT and in dollars": {
        "company__employees": 310,
        "company__owned_licences": [{"licence": "m365-business-basic"}],
        "prices__rise": Decimal("0.1"),
        "prices__rise_from": "2027-07-01",
        "display__vat_country": "CH",
        "display__currency": "USD",
    },
    "teams given": {
        "timeline__mode": "capacity",
        "timeline__internal_days_per_week": 1.75,
        "company__works_council": False,
    },
    "deadline impossible": {"timeline__target_months": 2},
    "own figures of tasks": {
        "tasks__edits": {
            "mfa_rollout": {"effort_days": 8, "wait_weeks": 1, "after": []},
            "sso": {"earliest_start": "2027-06-01", "min_length_days": 5},
            "zone_concept": {"fixed_start": "2027-05-03"},
            "ztna": {"in_scope": False},
        },
        "tasks__own": {
            "audit": {
                "step": "5",
                "name": "<b>Audit</b> =1+1",
                "effort_days": 4,
                "after": ["exercise"],
                "fixed_start": "2027-11-02",
            },
        },
    },
}
RULE = re.compile(r"\bM\d+b?\b")


@cache
def trace_context(situation: str, *, shows_labour: bool) -> View:
    """Return a plan to ask about."""
    book, model = catalog.load_price_book(data_dir()), catalog.load_phase_model(data_dir())
    scenario = builders.scenario(**SITUATIONS[situation])
    plan = builders.plan(scenario, book, model, shows_labour=shows_labour)
    return View(plan, ENGLISH)


@pytest.fixture(params=names(SITUATIONS, "default", "own figures of tasks"), scope="module")
def situation(request: pytest.FixtureRequest) -> str:
    """Return the name of a situation."""
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["with labour", "without labour"], scope="module")
def asked(request: pytest.FixtureRequest, situation: str) -> View:
    """Return a plan to ask about, with labour and without."""
    return trace_context(situation, shows_labour=request.param)


def figures_of(asked: View) -> Headlines:
    return asked.plan.headlines


KNOWN: dict[int, tuple[View, dict[str, Trace]]] = {}
"""The traces of an inquiry, by its identity, which nothing else gets as long as the inquiry is kept with them."""


def trace(name: str, asked: View) -> Told:
    """Return the trace of a figure that has one, made once for all tests that look at it."""
    _, known = KNOWN.setdefault(id(asked), (asked, {}))
    if name not in known:
        found = told(trace_of(name, asked))
        assert found is not None, name
        assert found.name == name
        known[name] = found
    return known[name]


def number(text: str) -> Decimal:
    """Return a number as it is shown in English."""
    plain = text.replace("\N{MINUS SIGN}", "-").removesuffix("%")
    return Decimal(plain.replace("EUR", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ""))


def test_every_figure_of_the_summary_has_a_trace_of_the_same_value(asked: View) -> None:
    figures = figures_of(asked)
    hidden = set() if asked.plan.shows_labour else {"internal_value"}
    summary = told(summary_of(asked.plan, asked.simulation))
    names = {figure.name for figure in summary_figures()} - {"standstill_days"}  # nobody has said what a day costs
    assert set(figures) <= names
    assert names - hidden <= set(headline_names(asked))
    assert not hidden & set(headline_names(asked))
    for name in names - hidden:
        found = trace(name, asked)
        assert name not in figures or found.value == figures[name].known
        if isinstance(found.value, date | Month):
            assert str(found.value) == summary[name]
    assert ("deadline" in headline_names(asked)) == (summary["deadline"] is not None)


@pytest.mark.extended
def test_every_trace_comes_to_its_figure(asked: View) -> None:
    for name in every_name(asked):
        found = trace(name, asked)
        if isinstance(found.value, Decimal | Fraction | int) or found.origin is not None:
            assert found.result == found.value, name
    assert trace("start_date", asked).value == asked.plan.scenario.timeline.start
    assert trace("peak_month", asked).result == figures_of(asked).peak_amount


@pytest.mark.extended
def test_what_is_shown_of_a_trace_adds_up(asked: View) -> None:
    for name in every_name(asked):
        found = trace(name, asked)
        shown = [text for text in tuple(map(ENGLISH.write, amounts_of(found))) if text not in {"", "no price"}]
        if found.unit is units.MONEY and found.rows and not shown:
            assert "not known" in found.shown or found.value == ZERO  # what lacks the same prices adds nothing
            continue
        column = [number(text) for text in shown]
        if found.rows and found.unit is not units.COUNT:
            table = told(trace_table(found))
            (sums,) = (row for row in table.rows if row[0] == "Total")
            index = next(index for index, text in enumerate(sums) if index and text)
            assert sum(column, ZERO) == number(sums[index].removeprefix("at least ")), name
            assert len(table.rows) > len(found.rows)


@pytest.mark.parametrize("months", [None, 12])
def test_every_cell_of_the_budget_table_is_the_sum_of_its_trace(asked: View, months: int | None) -> None:
    names = tuple(every_name(asked))
    for view, prefix in (("used", ""), ("paid", "paid_")):
        table = told(budget_table(asked.plan, asked.plan.months[:months], MONTH_OF[view]))
        for row, cells in zip(table.rows, table.asks, strict=True):
            shown = [(text, name) for text, name in zip(row[1:], cells[1:], strict=True) if text]
            for text, name in shown:
                assert text == (
                    "no price" if trace(name, asked).shown == "not known" else ENGLISH.money(trace(name, asked).total)
                )
            assert all(name.startswith("paid_") == bool(prefix) for _, name in shown)
        for month in asked.plan.months:
            parts = [name for name in names if name.startswith(f"{prefix}month:{month}:")]
            whole = trace(f"{prefix}month:{month}", asked).total
            assert sum((Fraction(trace(name, asked).total) for name in parts), Fraction(0)) == whole
        assert {row.item for row in trace(f"{prefix}until:{asked.plan.months[-1]}", asked).rows}


def tables_of(asked: View) -> Iterator[Table]:
    """Yield the tables of the pages whose figures can be asked about."""
    plan, book, people = asked.plan, asked.book, asked.plan.scenario.company.employees
    for month_of in MONTH_OF.values():
        yield told(budget_table(plan, plan.months, month_of))
    yield from (told(task_table(plan)), told(load_table(team_weeks(plan))), told(share_table(asked)))
    yield from (
        told(price_table(plan)),
        told(rate_table(book, plan)),
        told(vat_table(book, plan)),
    )
    yield from (told(point_table(plan)), told(stage_table(plan)))
    yield told(own_cost_table(radar_of(asked.case, shown_licence_month(plan)), people))
    yield from (told(activity_table(asked)), told(setup_table(asked, setups_of(asked))))
    simulation = asked.simulation
    if simulation is not None:
        yield told(percentiles_table(plan, figures_of(asked), simulation))
    rise = cost_of_rise(plan, plan_for(asked.case.changed(plan.scenario.changed("prices.rise", Decimal(0)))))
    if rise is not None:
        yield told(rise_table(rise, asked))


@pytest.mark.extended
def test_every_figure_of_a_family_is_a_cell_that_asks_for_it(asked: View) -> None:
    rows = (pair for table in tables_of(asked) for pair in zip(table.rows, table.asks, strict=True))
    cells = {name: text for row, names in rows for text, name in zip(row, names, strict=True) if name}
    assert "" not in cells.values()
    for name in cells:
        assert trace(name, asked).name == name
    on_cards = {"sure:both"}
    names = set(every_name(asked)) - set(headline_names(asked))
    columns = {name.rpartition(":")[2] for name in cells if name.startswith(("category:", "paid_category:"))}
    empty = {str(category) for category in CostCategory} - columns  # a category without money has no column
    assert {name for name in names - set(cells) if name.rpartition(":")[2] not in empty} == on_cards & names


def test_no_line_is_told_twice_or_left_out(asked: View) -> None:
    groups = gathered(asked.plan.cost_lines)
    assert sum(map(len, groups)) == len(asked.plan.cost_lines)
    lines = [line for line in asked.plan.cost_lines if line.is_cash]
    assert len(trace(f"until:{asked.plan.months[-1]}", asked).rows) >= len({line.price_id for line in lines})


def test_nis2_counts_what_the_first_screen_counts(asked: View) -> None:
    states = [covered.state for covered in asked.plan.coverage]
    assert trace("nis2", asked).value == states.count(CoverageState.SUPPORTED)
    assert trace("nis2_partly", asked).value == states.count(CoverageState.PARTLY)
    for covered in asked.plan.coverage:
        days = [row.day for row in trace(f"nis2:{covered.point}", asked).rows]
        assert covered.reached_on is None or covered.reached_on in days


def test_the_chain_to_the_finish_leaves_no_gap_and_ends_with_it(asked: View) -> None:
    found = trace("finish_date", asked)
    assert len(found.rows) > 3
    assert all(isinstance(row.amount, int) and row.amount > 0 for row in found.rows)
    assert found.result == figures_of(asked).finish_date


def test_every_figure_has_a_title_and_what_is_related_is_there(asked: View) -> None:
    for name in headline_names(asked):
        assert figure_title(name, asked)
        assert trace(name, asked).rule
        for other in related_of(trace(name, asked), asked):
            assert trace(other, asked).name != name
    figures = key_figures(asked, None)
    assert all(told(trace_of(figure.key, asked)) for figure in figures)


def test_every_rule_that_is_named_is_documented() -> None:
    asked = trace_context("default", shows_labour=True)
    named = {rule for name in every_name(asked) for rule in RULE.findall(trace(name, asked).rule)}
    documented = set(RULE.findall((root() / "docs" / "model.md").read_text("utf-8")))
    assert {"M6", "M10", "M16", "M18", "M19"} <= named <= documented


@pytest.mark.parametrize(
    "name",
    ["", "budget", "month:", "month:2019-01", "month:2027-03:", "month:2027-03:internal", "category:2027-03",
     "until", "task:nothing", "nis2:z", "price:nothing", "paid_first_year_budget", "month:2027-03:licence:x",
     "rate:ZZZ", "vat:XX", "vat:", "share:nothing", "share:what_if", "rise:first_year_budget", "rise:",
     "licences:entra", "licences:entra:0",
     "licences:entra:1001", "licences:aws:300", "licences:entra:9999999"],
)  # fmt: skip
def test_a_wrong_name_has_no_trace(name: str) -> None:
    assert told(trace_of(name, trace_context("default", shows_labour=True))) is None
    assert figure_title(name, trace_context("default", shows_labour=True)) == ""


def test_what_is_hidden_has_no_name_and_no_trace(situation: str) -> None:
    hidden = trace_context(situation, shows_labour=False)
    month = hidden.plan.months[0]
    names = ("internal_value", "price:internal-day", "price:external-day", "category:consultant", "category:internal")
    for name in (*names, "category:contingency", f"month:{month}:contingency", f"paid_month:{month}:consultant"):
        assert told(trace_of(name, hidden)) is None
        assert name not in set(every_name(hidden))


@pytest.mark.extended
def test_no_trace_without_labour_follows_from_a_rate(situation: str) -> None:
    """Other rates, other contingency: word for word the same explanations."""
    hidden = trace_context(situation, shows_labour=False)
    labour = hidden.plan.scenario.labour.model_copy(update={"external_day_rate": Decimal(7777)})
    finance = hidden.plan.scenario.finance.model_copy(update={"contingency": Decimal("0.77")})
    scenario = hidden.plan.scenario.model_copy(update={"labour": labour, "finance": finance})
    case = case_of(scenario, hidden.case.base_book, hidden.case.base_model, today=hidden.plan.today, shows_labour=False)
    other = View(plan_for(case), ENGLISH)
    assert list(every_name(other)) == list(every_name(hidden))
    for name in every_name(hidden):
        assert trace(name, other) == trace(name, hidden)


def test_a_plan_without_a_schedule_explains_its_prices_only() -> None:
    case = trace_context("default", shows_labour=True).case.changed(
        builders.scenario(
            company__employees=5000,
            company__apps=500,
            timeline__mode="capacity",
            timeline__internal_days_per_week=0.25,
            timeline__external_days_per_week=0.25,
        )
    )
    stopped = any_view(build_plan(case), ENGLISH)
    assert headline_names(stopped) == ()
    assert {name.partition(":")[0] for name in every_name(stopped)} == {"price", "rate", "vat"}
    assert told(trace_of("first_year_budget", stopped)) is None
    assert told(trace_of("task:mfa_rollout", stopped)) is None
