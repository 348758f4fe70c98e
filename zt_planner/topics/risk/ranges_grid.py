"""The ranges as a grid to edit: efforts, waits and prices, each with its P10 and its P90.

Laws: an empty cell is the data's end again; a range that is the data's is none
of the scenario; the data have none for prices, whose cells are empty until
somebody types one; day rates have no row where they are not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.columns import LEAST_FACTOR, MOST_FACTOR
from zt_planner.domain.money import exact_decimal
from zt_planner.domain.scenario.fields import EFFORT_RANGES, OWN_TASKS, PRICE_RANGES, WAIT_RANGES
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.uncertainty import Uncertainty
from zt_planner.domain.units import MULTIPLE
from zt_planner.engine.simulation.ranges import (
    CERTAIN,
    EFFORT,
    PRICE,
    WAIT,
    Range,
    effort_range,
    price_range,
    wait_range,
)
from zt_planner.entries import Entry
from zt_planner.errors import msgid
from zt_planner.language import Money, Plural, Text, Trimmed, Words
from zt_planner.topics.grid import Grid, GridColumn, GridRow, told_apart
from zt_planner.topics.risk.ranges import KINDS, range_names, range_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.view import View

WIDTH, NAME_WIDTH = 90, 500
LOW, HIGH = "low", "high"
COLUMNS = {
    LOW: GridColumn(msgid("Low ×"), Entry(MULTIPLE, LEAST_FACTOR, Decimal(1)), WIDTH),
    HIGH: GridColumn(msgid("High ×"), Entry(MULTIPLE, Decimal(1), MOST_FACTOR), WIDTH),
    "kind": GridColumn(msgid("Kind")),
    "estimate": GridColumn(msgid("Estimate")),
    "reading": GridColumn(msgid("From low to high")),
    "own": GridColumn(msgid("Origin")),
}
FIELDS = {EFFORT: EFFORT_RANGES, WAIT: WAIT_RANGES, PRICE: PRICE_RANGES}
"""How the fields of own ranges begin, by what their names begin with."""


@dataclass(frozen=True, slots=True)
class EditedRange:
    """A range as it is and as the data have it, and the estimate that it is of; a price that is not paid has none."""

    now: Range
    data: Range
    estimate: Decimal | None

    @property
    def is_own(self) -> bool:
        """Tell whether somebody has set it."""
        return self.now.is_own or (self.now.low, self.now.high) != (self.data.low, self.data.high)


def known_ranges(view: View) -> dict[str, EditedRange]:
    """Return the ranges of a plan by name: of its tasks, their waits, and of its prices."""
    return dict((*_task_ranges(view), *_price_ranges(view)))


def _task_ranges(view: View) -> Iterator[tuple[str, EditedRange]]:
    """Yield the effort of each task in the plan, and the wait after it where there is one; own waits are certain."""
    scenario, without = view.plan.scenario, view.plan.scenario.model_copy(update={"uncertainty": Uncertainty()})
    for task in sorted(view.plan.tasks, key=lambda each: each.task.step):
        days = exact_decimal(task.work.days)
        data = _own_task_range(task, view) or effort_range(task.task, without)
        yield EFFORT + task.task.id, EditedRange(effort_range(task.task, scenario), data, days)
        if task.task.wait_weeks and not task.task.is_own:
            weeks, now = Decimal(task.task.wait_weeks), wait_range(task.task, scenario)
            yield WAIT + task.task.id, EditedRange(now, wait_range(task.task, without), weeks)


def _own_task_range(task: ScheduledTask, view: View) -> Range | None:
    """Return the range with which an own task begins; None for a task of the model."""
    own = view.plan.scenario.tasks.own.get(task.task.id)
    if own is None:
        return None
    fields = type(own).model_fields
    return Range(float(fields[LOW].default), float(fields[HIGH].default))


def _price_ranges(view: View) -> Iterator[tuple[str, EditedRange]]:
    """Yield the prices of the plan and those that have a range; day rates only to those who may see them."""
    plan, amounts = view.plan, _unit_prices(view.plan)
    for key in view.book.rows_by_id:
        is_shown = plan.shows_labour or key not in DAY_RATES
        if is_shown and (key in amounts or key in plan.scenario.uncertainty.price_ranges):
            yield PRICE + key, EditedRange(price_range(key, plan.scenario), CERTAIN, amounts.get(key))


def _unit_prices(plan: Plan) -> dict[str, Decimal]:
    """Return what a unit costs in this plan, by price; of several prices the first one that is paid."""
    found: dict[str, Decimal] = {}
    for line in plan.cost_lines:
        if line.unit_price is not None:
            found.setdefault(line.price_id, line.unit_price.amount)
    return found


def range_grid(view: View) -> Grid:
    """Return the ranges of a plan to edit."""
    known = known_ranges(view)
    language = view.language
    names = told_apart(language.written(range_names(known, view)))
    return Grid(
        msgid("Ranges, to be changed"),
        msgid("What is uncertain"),
        COLUMNS,
        tuple(GridRow(name, names[name], language.written(_cells(name, edited))) for name, edited in known.items()),
        language,
        partial(_fields, known=known, view=view),
        name_width=NAME_WIDTH,
    )


def _ends(known: Range) -> dict[str, Decimal]:
    """Return both ends of a range as they are shown."""
    return {
        LOW: Decimal(str(round(known.low, MULTIPLE.typed_places))),
        HIGH: Decimal(str(round(known.high, MULTIPLE.typed_places))),
    }


def _cells(name: str, edited_range: EditedRange) -> dict[str, Words]:
    """Return a range and what follows from it."""
    (kind, _), ends, estimate = range_subject(name), _ends(edited_range.now), edited_range.estimate
    if kind == PRICE and not edited_range.is_own:
        ends = {}
    cells: dict[str, Words] = {column: Trimmed(end, MULTIPLE.typed_places) for column, end in ends.items()}
    shown = {} if estimate is None else {each: _amount(kind, estimate * ends[each]) for each in ends}
    return (
        {LOW: "", HIGH: ""}
        | cells
        | {
            "kind": Text(KINDS[kind]),
            "estimate": "" if estimate is None else _counted(kind, _amount(kind, estimate)),
            "reading": _counted(kind, Text("{low} to {high}", **shown)) if shown else "",
            "own": Text("own range") if edited_range.is_own else Text("default"),
        }
    )


def _amount(kind: str, amount: Decimal) -> Words:
    return Money(amount, 2) if kind == PRICE else Trimmed(amount, 1)


def _counted(kind: str, text: Words) -> Words:
    """Write what an amount counts: days of work, weeks, or EUR, which the amount says itself."""
    if kind == EFFORT:
        return Plural("{n} day", "{n} days", text)
    return Plural("{n} week", "{n} weeks", text) if kind == WAIT else text


# What is set


def _fields(
    name: str, figures: Mapping[str, Decimal | None], known: Mapping[str, EditedRange], view: View
) -> dict[str, Any]:
    """Return the fields that give a range these ends, the data's for an empty one; none where both are the data's."""
    kind, key = range_subject(name)
    datas = _ends(known[name].data)
    typed = {column: datas[column] if end is None else Decimal(end) for column, end in figures.items()}
    ends = _ends(known[name].now) | typed
    if kind == EFFORT and key in view.plan.scenario.tasks.own:
        return {f"{OWN_TASKS}{key}.{column}": end for column, end in ends.items()}
    return {FIELDS[kind] + key: None if ends == datas else [ends[LOW], ends[HIGH]]}


def reset_ranges(names: Iterable[str], view: View) -> dict[str, Any]:
    """Return the fields with which ranges are the data's again."""
    known, fields, empty = known_ranges(view), dict[str, Any](), dict.fromkeys((LOW, HIGH))
    for name in names:
        fields |= _fields(name, empty, known, view)
    return fields
