"""The ranges as a table of cells that a person edits: efforts, waits and prices, each with its P10 and its P90.

A factor is written in the reader's form. Laws: an empty cell is the data's end
again; a range that is the data's is none of the scenario; every typed cell
either sets something or is refused in words that name row and column; day
rates have no row where they are not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zt_planner.domain.fields import EFFORT_RANGES, OWN_TASKS, PRICE_RANGES, WAIT_RANGES
from zt_planner.domain.money import exact_decimal
from zt_planner.domain.prices import DAY_RATES
from zt_planner.domain.uncertainty import LEAST_FACTOR, MOST_FACTOR, Uncertainty
from zt_planner.engine.uncertainty.ranges import EFFORT, PRICE, WAIT, Range, effort_range, price_ranges, wait_range
from zt_planner.errors import CellProblem, NumberRefused, Place, PlannerError, msgid
from zt_planner.reports.number_forms import NumberForm
from zt_planner.reports.range_words import KINDS, parts_of, range_names
from zt_planner.reports.table import Table
from zt_planner.reports.words import product_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language
    from zt_planner.reports.task_grid import At, Cell
    from zt_planner.reports.trace import Inquiry

PLACES = 4
LOW, HIGH = "low", "high"
EDITABLE = {LOW: msgid("P10, times the estimate"), HIGH: msgid("P90, times the estimate")}
"""The columns that are edited, in their order."""
FACTS = {
    "kind": msgid("Kind"),
    "estimate": msgid("Estimate"),
    "reading": msgid("From P10 to P90"),
    "own": msgid("Whose range"),
}
"""The columns that only show what follows."""
FORMS = {LOW: NumberForm(LEAST_FACTOR, Decimal(1), PLACES), HIGH: NumberForm(Decimal(1), MOST_FACTOR, PLACES)}
FIELDS = {EFFORT: EFFORT_RANGES, WAIT: WAIT_RANGES, PRICE: PRICE_RANGES}
"""How the fields of own ranges begin, by what their names begin with."""
FIRST = {LOW: Decimal("0.9"), HIGH: Decimal("1.1")}
"""The range that a price begins with."""
CERTAIN = Range(1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A range: what it is of, its ends as they are and as the data have them, and what only follows."""

    id: str
    name: str
    now: Range
    data: Range
    facts: Mapping[str, str]

    def cells(self, language: Language) -> dict[str, Cell]:
        """Return both ends as they are shown."""
        return {
            LOW: language.trimmed(_exact(self.now.low), PLACES),
            HIGH: language.trimmed(_exact(self.now.high), PLACES),
        }

    @property
    def is_own(self) -> bool:
        """Tell whether somebody has set it."""
        return self.now.is_own or (self.now.low, self.now.high) != (self.data.low, self.data.high)


@dataclass(frozen=True)
class Ranges:
    """All ranges of a plan, a row each."""

    rows: tuple[Row, ...]
    language: Language

    @cached_property
    def cells(self) -> Mapping[At, Cell]:
        """Every cell that is edited, by its place."""
        return {(row.id, column): value for row in self.rows for column, value in row.cells(self.language).items()}

    @property
    def own(self) -> tuple[Row, ...]:
        """The ranges that somebody has set."""
        return tuple(row for row in self.rows if row.is_own)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the typed cells of one range would set, as fields by path, or what is wrong with them."""

    places: tuple[At, ...]
    fields: Mapping[str, Any]
    problems: tuple[PlannerError, ...] = ()


def _exact(factor: float) -> Decimal:
    return Decimal(str(round(factor, PLACES)))


def ranges_grid(asked: Inquiry) -> Ranges:
    """Return the ranges of a plan: of its tasks, their waits, and of its prices."""
    found = [*_task_rows(asked), *_price_rows(asked)]
    return Ranges(tuple(_named(found, asked)), asked.language)


def _named(rows: Iterable[Row], asked: Inquiry) -> Iterator[Row]:
    """Give every row a name of its own: of equal ones each with its id."""
    listed = list(rows)
    names = range_names((row.id for row in listed), asked)
    count = Counter(names.values())
    for row in listed:
        name = names[row.id]
        shown = name if count[name] == 1 else f"{name} ({parts_of(row.id)[1]})"
        yield Row(row.id, shown, row.now, row.data, row.facts)


def _task_rows(asked: Inquiry) -> Iterator[Row]:
    """Yield the effort of each task in the plan, and the wait after it where there is one; own waits are certain."""
    scenario, without = asked.plan.scenario, asked.plan.scenario.model_copy(update={"uncertainty": Uncertainty()})
    for task in sorted(asked.plan.tasks, key=lambda each: each.task.step):
        days = exact_decimal(task.internal_days + task.external_days)
        data = _own_task_range(task, asked) or effort_range(task.task, without)
        yield _row(EFFORT + task.task.id, effort_range(task.task, scenario), data, days, asked.language)
        if task.task.wait_weeks and not task.task.is_own:
            weeks, now = Decimal(task.task.wait_weeks), wait_range(task.task, scenario)
            yield _row(WAIT + task.task.id, now, wait_range(task.task, without), weeks, asked.language)


def _own_task_range(task: ScheduledTask, asked: Inquiry) -> Range | None:
    """Return the range with which an own task begins; None for a task of the model."""
    own = asked.plan.scenario.tasks.own.get(task.task.id)
    if own is None:
        return None
    fields = type(own).model_fields
    return Range(float(fields[LOW].default), float(fields[HIGH].default))


def _price_rows(asked: Inquiry) -> Iterator[Row]:
    """Yield the prices that are uncertain; day rates only to those who may see them."""
    plan, book = asked.plan, asked.book
    without = plan.scenario.model_copy(update={"uncertainty": Uncertainty()})
    now, data, amounts = price_ranges(plan.scenario, book), price_ranges(without, book), _unit_prices(plan)
    for key in dict.fromkeys((*data, *now, *plan.scenario.uncertainty.price_ranges)):
        if plan.shows_labour or key not in DAY_RATES:
            known = data.get(key, CERTAIN)
            given = plan.scenario.uncertainty.price_ranges.get(key)
            held = known if given is None else Range(float(given.low), float(given.high), is_own=True)
            yield _row(PRICE + key, now.get(key, held), known, amounts.get(key), asked.language)


def _unit_prices(plan: Plan) -> dict[str, Decimal]:
    """Return what a unit costs in this plan, by price; of several prices the first one that is paid."""
    found: dict[str, Decimal] = {}
    for line in plan.cost_lines:
        if line.unit_price is not None:
            found.setdefault(line.price_id, line.unit_price.amount)
    return found


def addable(asked: Inquiry) -> dict[str, str]:
    """Return the names of prices of this plan that have no range yet, by id."""
    has = {parts_of(row.id)[1] for row in ranges_grid(asked).rows if row.id.startswith(PRICE)}
    found = {key: product_name(key, asked.book, asked.language) for key in _unit_prices(asked.plan) if key not in has}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _row(name: str, now: Range, data: Range, estimate: Decimal | None, language: Language) -> Row:
    """Return a row, named later; a price that costs nothing in this plan has no estimate."""
    kind, _ = parts_of(name)
    low, high = (None if estimate is None else estimate * _exact(end) for end in (now.low, now.high))
    is_own = now.is_own or (now.low, now.high) != (data.low, data.high)
    facts = {
        "kind": language.say(KINDS[kind]),
        "estimate": "" if estimate is None else _counted(kind, language, _amount(kind, estimate, language)),
        "reading": "" if low is None or high is None else _span(kind, low, high, language),
        "own": language.say("own range") if is_own else language.say("the data's"),
    }
    return Row(name, "", now, data, facts)


def _amount(kind: str, amount: Decimal, language: Language) -> str:
    return language.money(amount, 2) if kind == PRICE else language.trimmed(amount, 1)


def _span(kind: str, low: Decimal, high: Decimal, language: Language) -> str:
    ends = {"low": _amount(kind, low, language), "high": _amount(kind, high, language)}
    return _counted(kind, language, language.say("{low} to {high}", **ends))


def _counted(kind: str, language: Language, text: str) -> str:
    """Write what an amount counts: days of work, weeks, or EUR, which the amount says itself."""
    if kind == EFFORT:
        return language.plural("{n} day", "{n} days", text)
    return language.plural("{n} week", "{n} weeks", text) if kind == WAIT else text


def ranges_table(grid: Ranges) -> Table:
    """Return the ranges to read."""
    language = grid.language
    titles = (*EDITABLE.values(), *FACTS.values())
    rows = tuple((row.name, *map(str, row.cells(language).values()), *row.facts.values()) for row in grid.rows)
    return Table((language.say("What is uncertain"), *map(language.say, titles)), rows, numbers=(1, 2))


# What was typed


def typed_by_range(typed: Mapping[At, Cell], grid: Ranges, asked: Inquiry) -> Iterator[Typed]:
    """Yield what typed cells would set, range by range, so that one that is refused keeps no other back."""
    for row in grid.rows:
        cells = {column: value for (name, column), value in typed.items() if name == row.id}
        if cells:
            yield _typed(row, cells, asked)


def _typed(row: Row, cells: Mapping[str, Cell], asked: Inquiry) -> Typed:
    places, problems = tuple((row.id, column) for column in cells), list[PlannerError]()
    ends = {LOW: _exact(row.now.low), HIGH: _exact(row.now.high)}
    datas = {LOW: _exact(row.data.low), HIGH: _exact(row.data.high)}
    for column, cell in cells.items():
        text = str(cell or "").strip()
        try:
            ends[column] = Decimal(FORMS[column].read(text, asked.language)) if text else datas[column]
        except NumberRefused as refused:
            place = Place(row.name, None, asked.language.say(EDITABLE[column]))
            problems.append(CellProblem(place, refused.problem, refused.remedy, **refused.values))
    return Typed(places, {} if problems else fields_of(row, ends, asked), tuple(problems))


def fields_of(row: Row, ends: Mapping[str, Decimal], asked: Inquiry) -> dict[str, Any]:
    """Return the fields that give a range these ends; none of its own where they are the data's."""
    kind, key = parts_of(row.id)
    if kind == EFFORT and key in asked.plan.scenario.tasks.own:
        return {f"{OWN_TASKS}{key}.{column}": end for column, end in ends.items()}
    is_data = ends == {LOW: _exact(row.data.low), HIGH: _exact(row.data.high)}
    return {FIELDS[kind] + key: None if is_data else [ends[LOW], ends[HIGH]]}


def taken_back(rows: Iterable[Row], asked: Inquiry) -> dict[str, Any]:
    """Return the fields with which ranges are the data's again."""
    fields: dict[str, Any] = {}
    for row in rows:
        fields |= fields_of(row, {LOW: _exact(row.data.low), HIGH: _exact(row.data.high)}, asked)
    return fields


def added(price_id: str) -> dict[str, Any]:
    """Return the field that gives a price a range to begin with."""
    return {f"{PRICE_RANGES}{price_id}": [FIRST[LOW], FIRST[HIGH]]}


def is_same(one: Cell, other: Cell, language: Language) -> bool:
    """Tell whether two cells say the same number, however it is written."""
    if one == other:
        return True
    try:
        return language.number_in(str(one)) == language.number_in(str(other))
    except NumberRefused:
        return False
