"""The table of ranges: what it shows, and what typed cells set."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests import builders
from tests.builders import plan_for
from zt_planner.engine.case import case_of
from zt_planner.files.scenario_json import with_values
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.grid import read_only
from zt_planner.topics.risk.ranges_grid import (
    HIGH,
    LOW,
    EditedRange,
    addable,
    first_range,
    known_ranges,
    range_grid,
    reset_ranges,
)
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.topics.grid import CellValue, RowEdit

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)
OWN_TASK = {"audit": {"step": "5", "name": "Audit", "effort_days": 4, "wait_weeks": 2}}


@pytest.fixture
def ask(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Callable[..., View]:
    """Return what asks about a plan of a scenario with these fields."""

    def asked(language: Language = ENGLISH, *, shows_labour: bool = True, **fields: Any) -> View:  # noqa: ANN401 - fields of every kind
        scenario = builders.scenario(**fields)
        plan = plan_for(case_of(scenario, price_book, phase_model, today=today, shows_labour=shows_labour))
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
    assert wait["estimate"] == "6 weeks"
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


def test_a_price_gets_a_range_and_loses_it_again(ask: Callable[..., View]) -> None:
    asked = ask()
    names = addable(asked)
    assert "external-day" not in names
    key = "m365-business-premium"
    assert key in names
    scenario = with_values(asked.plan.scenario, first_range(key))
    given = ask(uncertainty__price_ranges={key: list(scenario.uncertainty.price_ranges[key])})
    assert key not in addable(given)
    assert typed(given, f"price:{key}", low="", high="").fields == {f"uncertainty.price_ranges.{key}": None}
    certain = ask(uncertainty__price_ranges={key: [1, 1]})
    assert f"price:{key}" in own(certain)


@pytest.mark.parametrize("rate", [{"labour__external_day_rate": 1149}, {"prices__overrides": {"external-day": 1149}}])
def test_an_own_day_rate_shows_the_datas_range_on_its_own_amount(
    ask: Callable[..., View], rate: dict[str, Any]
) -> None:
    book, mine = (known_ranges(ask(**fields))["price:external-day"] for fields in ({}, rate))
    assert mine.now == book.now
    assert not mine.is_own
    shown = cells(ask(**rate), "price:external-day")
    assert (shown["own"], shown["estimate"]) == ("default", "EUR\N{NO-BREAK SPACE}1,149.00")
    assert typed(ask(**rate), "price:external-day", low="1", high="1").fields == {
        "uncertainty.price_ranges.external-day": [Decimal(1), Decimal(1)]
    }


def test_a_price_that_the_plan_does_not_pay_has_a_range_and_no_estimate(ask: Callable[..., View]) -> None:
    shown = cells(ask(), "price:mdr-endpoint")
    assert (shown["estimate"], shown["reading"]) == ("", "")


def test_day_rates_have_no_row_where_they_are_hidden(ask: Callable[..., View]) -> None:
    hidden = ask(shows_labour=False, uncertainty__price_ranges={"external-day": [0.5, 3]})
    assert not [name for name in known_ranges(hidden) if name.endswith("-day")]
    assert not [key for key in addable(hidden) if key.endswith("-day")]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [("0.5", "0.5", True), ("0.50", "0.5", True), ("0.5", "0.6", False), ("x", "0.5", False)],
)
def test_cells_say_the_same_number_however_it_is_written(
    ask: Callable[..., View], one: str, other: str, *, is_one: bool
) -> None:
    assert range_grid(ask()).is_same(LOW, one, other) is is_one
