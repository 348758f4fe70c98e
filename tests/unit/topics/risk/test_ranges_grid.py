"""The table of ranges: what it shows, and what typed cells set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.words import ENGLISH, GERMAN
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Language
from zt_planner.topics.grid import CellValue, RowEdit, read_only
from zt_planner.topics.risk.ranges_grid import (
    HIGH,
    LOW,
    EditedRange,
    known_ranges,
    range_grid,
    reset_ranges,
)
from zt_planner.topics.view import View

OWN_TASK = {"audit": {"step": "5", "name": "Audit", "effort_days": 4, "wait_weeks": 2}}


@pytest.fixture
def ask(price_book: PriceBook, phase_model: PhaseModel) -> Callable[..., View]:
    """Return what asks about a plan of a scenario with these fields."""

    def asked(language: Language = ENGLISH, *, shows_labour: bool = True, **fields: Any) -> View:  # noqa: ANN401 - fields of every kind
        scenario = builders.scenario(**fields)
        plan = builders.plan(scenario, price_book, phase_model, shows_labour=shows_labour)
        return View(plan, language)

    return asked


def cells(asked: View, name: str) -> Mapping[str, CellValue]:
    """Return the cells of a range."""
    (found,) = (row.cells for row in range_grid(asked).rows if row.id == name)
    return found


def own(asked: View) -> dict[str, EditedRange]:
    """Return the ranges that somebody has set."""
    return {name: known for name, known in known_ranges(asked).items() if known.is_own}


def typed(asked: View, name: str, **texts: str) -> RowEdit:
    """Return what typing into one row would set."""
    (found,) = range_grid(asked).edits({(name, column): text for column, text in texts.items()})
    return found


def test_every_effort_wait_and_uncertain_price_has_a_row_with_what_it_comes_to(
    ask: Callable[..., View],
) -> None:
    asked = ask()
    grid = range_grid(asked)
    efforts = [row for row in grid.rows if row.id.startswith("effort:")]
    assert len(efforts) == len(asked.plan.tasks)
    assert len({row.name for row in grid.rows}) == len(grid.rows)
    wait = cells(asked, "wait:works_council")
    assert wait["estimate"] == "8 weeks"
    assert str(wait["reading"]).endswith("weeks")
    day = asked.case.prices.price_of("external-day", asked.plan.months[0])
    assert day is not None
    assert cells(asked, "price:external-day")["estimate"] == ENGLISH.money(day.amount, 2)
    assert cells(asked, "effort:kickoff")["estimate"] == "2 days"
    assert {row.cells["own"] for row in grid.rows} == {"default"}
    assert not own(asked)
    table = read_only(grid)
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_typed_end_sets_the_range_and_keeps_the_other_end(ask: Callable[..., View]) -> None:
    asked = ask(GERMAN)
    data = known_ranges(asked)["effort:sso"].data
    found = typed(asked, "effort:sso", high="3,5")
    assert found.fields == {"uncertainty.effort_ranges.sso": [Decimal(str(data.low)), Decimal("3.5")]}
    held = with_values(asked.plan.scenario, found.fields)
    assert held.uncertainty.effort_ranges["sso"].high == Decimal("3.5")


def test_the_datas_own_figures_or_empty_cells_take_an_own_range_away(ask: Callable[..., View]) -> None:
    asked = ask(uncertainty__effort_ranges={"sso": [0.2, 7]})
    data = own(asked)["effort:sso"].data
    assert cells(asked, "effort:sso")["own"] == "own range"
    assert typed(asked, "effort:sso", low="", high="").fields == {"uncertainty.effort_ranges.sso": None}
    same = {LOW: ENGLISH.trimmed(Decimal(str(data.low)), 4), HIGH: ENGLISH.trimmed(Decimal(str(data.high)), 4)}
    assert typed(asked, "effort:sso", **same).fields == {"uncertainty.effort_ranges.sso": None}
    assert typed(asked, "effort:sso", low="").fields == {
        "uncertainty.effort_ranges.sso": [Decimal(str(data.low)), Decimal(7)]
    }
    assert reset_ranges(own(asked), asked) == {"uncertainty.effort_ranges.sso": None}


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        (LOW, "1.2", "1.2 is not between 0.01 and 1"),
        (HIGH, "0.9", "0.9 is not between 1 and 100"),
        (HIGH, "101", "101 is not between 1 and 100"),
        (LOW, "half", "'half' cannot be read as a number"),
        (LOW, "0.12345", "has more than 4 decimals"),
    ],
)
def test_a_cell_that_is_no_factor_is_refused_by_name(
    ask: Callable[..., View], column: str, text: str, why: str
) -> None:
    found = typed(ask(), "wait:works_council", **{column: text})
    assert not found.fields
    assert found.addresses == (("wait:works_council", column),)
    (problem,) = found.problems
    assert why in str(problem)
    assert "Works council" in str(problem)


@pytest.mark.parametrize(("language", "text"), [(ENGLISH, "1.250"), (GERMAN, "1,250")])
def test_a_factor_with_three_decimals_is_taken_as_thousands_are_beyond_its_bounds(
    ask: Callable[..., View], language: Language, text: str
) -> None:
    found = typed(ask(language), "effort:sso", high=text)
    assert found.fields["uncertainty.effort_ranges.sso"][1] == Decimal("1.25")


def test_an_own_task_holds_its_range_itself_and_its_wait_is_certain(ask: Callable[..., View]) -> None:
    asked = ask(tasks__own=OWN_TASK)
    known = known_ranges(asked)
    assert not known["effort:audit"].is_own
    assert "wait:audit" not in known
    found = typed(asked, "effort:audit", high="4")
    held = with_values(asked.plan.scenario, found.fields)
    own_task = held.tasks.own["audit"]
    assert [own_task.low, own_task.high] == [Decimal("0.5"), Decimal(4)]
    changed = ask(tasks__own={"audit": {**OWN_TASK["audit"], "high": 4}})
    assert list(own(changed)) == ["effort:audit"]
    assert with_values(changed.plan.scenario, reset_ranges(own(changed), changed)).tasks.own["audit"].high == 2


PREMIUM = "m365-business-premium"


def test_each_price_of_the_plan_has_a_row_that_is_empty_until_somebody_types_a_range(ask: Callable[..., View]) -> None:
    asked = ask()
    paid = {line.price_id for line in asked.plan.cost_lines if line.price_id in asked.book.rows_by_id}
    assert {name for name in known_ranges(asked) if name.startswith("price:")} == {f"price:{key}" for key in paid}
    shown = cells(asked, f"price:{PREMIUM}")
    assert (shown[LOW], shown[HIGH], shown["reading"], shown["own"]) == ("", "", "", "default")
    assert typed(asked, f"price:{PREMIUM}", high="1.2").fields == {
        f"uncertainty.price_ranges.{PREMIUM}": [Decimal(1), Decimal("1.2")]
    }
    given = ask(uncertainty__price_ranges={PREMIUM: [0.9, 1.1]})
    assert (cells(given, f"price:{PREMIUM}")[LOW], cells(given, f"price:{PREMIUM}")[HIGH]) == ("0.9", "1.1")
    assert typed(given, f"price:{PREMIUM}", low="", high="").fields == {f"uncertainty.price_ranges.{PREMIUM}": None}


@pytest.mark.parametrize("rate", [{"labour__external_day_rate": 1149}, {"prices__overrides": {"external-day": 1149}}])
def test_a_range_is_told_on_an_own_price(ask: Callable[..., View], rate: dict[str, Any]) -> None:
    shown = cells(ask(**rate, uncertainty__price_ranges={"external-day": [1, 2]}), "price:external-day")
    space = "\N{NO-BREAK SPACE}"
    assert (shown["estimate"], shown["reading"]) == (f"EUR{space}1,149.00", f"EUR{space}1,149.00 to EUR{space}2,298.00")


def test_a_price_that_the_plan_does_not_pay_has_a_range_and_no_estimate(ask: Callable[..., View]) -> None:
    shown = cells(ask(uncertainty__price_ranges={"mdr-endpoint": [0.5, 2]}), "price:mdr-endpoint")
    assert (shown[LOW], shown["estimate"], shown["reading"]) == ("0.5", "", "")
    assert "price:mdr-endpoint" not in known_ranges(ask())


def test_day_rates_have_no_row_where_they_are_hidden(ask: Callable[..., View]) -> None:
    hidden = ask(shows_labour=False, uncertainty__price_ranges={"external-day": [0.5, 3]})
    assert not [name for name in known_ranges(hidden) if name.endswith("-day")]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [("0.5", "0.5", True), ("0.50", "0.5", True), ("0.5", "0.6", False), ("x", "0.5", False)],
)
def test_cells_say_the_same_number_however_it_is_written(
    ask: Callable[..., View], one: str, other: str, *, is_one: bool
) -> None:
    assert range_grid(ask()).is_same(LOW, one, other) is is_one
