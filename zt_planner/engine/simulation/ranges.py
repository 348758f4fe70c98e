"""Ranges of efforts and waits, the scenario's own before those of the data, and of prices that it gives one (M22).

A range is two factors on an estimate, its P10 and its P90. Laws: a range that the scenario sets wins; a price without
one is certain: it is dated and has a source, and its badge says how far it can be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log
from typing import TypeAlias

from zt_planner.domain.data.columns import LEAST_FACTOR
from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.finding import Code, Fact, Finding, Severity
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import Scenario

EFFORT, WAIT, PRICE = "effort:", "wait:", "price:"
"""What the name of an uncertain quantity begins with, the id of its task or price after it."""
STEEPEST = 1.6671
"""The largest a3 / a2 with which a metalog of three terms rises everywhere (Keelin 2016, section 3.4)."""
SHRINKING_TASKS = 4
"""How many finished tasks weigh as much as the estimate that they are compared with."""
WIDE = 20
"""A P90 or a P10 that is further from the estimate than this is a finding."""


@lru_cache(maxsize=1024)
def is_skewed(low: float, high: float) -> bool:
    """Tell whether a range leans so far to one side that no metalog goes through it."""
    below, above = -log(low), log(high)
    return abs(above - below) / 0.4 > STEEPEST * (below + above)


@dataclass(frozen=True, slots=True)
class Range:
    """The P10 and the P90 of something as factors on its estimate; `is_own` where the scenario sets it."""

    low: float
    high: float
    is_own: bool = False

    @property
    def is_certain(self) -> bool:
        """The estimate is what it will be."""
        return self.low == self.high

    @property
    def is_skewed(self) -> bool:
        """No metalog goes through the three points."""
        return is_skewed(self.low, self.high)

    @property
    def is_wide(self) -> bool:
        """It says hardly anything."""
        return self.high > WIDE or self.low < 1 / WIDE


CERTAIN = Range(1, 1)
Ranges: TypeAlias = Mapping[str, Range]


def _range(low: Decimal | float, high: Decimal | float, *, is_own: bool = False) -> Range:
    return Range(max(float(low), float(LEAST_FACTOR)), float(high), is_own)


def effort_range(task: Task, scenario: Scenario) -> Range:
    own = scenario.uncertainty.effort_ranges.get(task.id)
    return _range(task.low, task.high) if own is None else _range(own.low, own.high, is_own=True)


def left_of(whole: Range, task: ScheduledTask, learned: float) -> Range:
    """Return what is left of a task's range on the status date: by the share of its length that remains (M26).

    Both ends come closer to the estimate as much. What was `learned` from finished tasks moves them before, where
    there is a range; the estimate stays in it, as the plan is made with it.
    """
    if task.progress is None:
        return whole
    share = task.left_days / task.length_days
    low, high = min(whole.low * learned, 1.0), max(whole.high * learned, 1.0)
    return Range(1 - share * (1 - low), 1 + share * (high - 1), whole.is_own)


def finished_as_recorded(scenario: Scenario, tasks: Sequence[ScheduledTask]) -> tuple[int, int, int]:
    """Return how many tasks are done with a recorded start, the working days they took, and those that were planned."""
    recorded = {key for key, record in scenario.status.tasks.items() if record.started is not None}
    done = [task for task in tasks if task.state is TaskState.DONE and task.task.id in recorded]
    planned = sum(0 if task.progress is None else task.progress.planned_days for task in done)
    return len(done), sum(task.length_days for task in done), planned


def learned_factor(scenario: Scenario, tasks: Sequence[ScheduledTask]) -> float:
    """Return the ratio of actual to planned length of what is done, shrunk to 1 with the weight n / (n + 4) (M26)."""
    count, actual, planned = finished_as_recorded(scenario, tasks)
    return 1 + (actual / planned - 1) * count / (count + SHRINKING_TASKS) if count else 1.0


def wait_range(task: Task, scenario: Scenario) -> Range:
    """Return the range of the wait after a task; certain where there is no wait."""
    own, weeks = scenario.uncertainty.wait_ranges.get(task.id), task.wait_weeks
    if own is not None and weeks:
        return _range(own.low, own.high, is_own=True)
    if not weeks or task.wait_low is None or task.wait_high is None:
        return CERTAIN
    return _range(task.wait_low / weeks, task.wait_high / weeks)


def price_range(price_id: str, scenario: Scenario) -> Range:
    """Return the range of a price or day rate; certain where the scenario gives it none."""
    own = scenario.uncertainty.price_ranges.get(price_id)
    return CERTAIN if own is None else _range(own.low, own.high, is_own=True)


def range_findings(scenario: Scenario, tasks: Sequence[ScheduledTask]) -> Iterator[Finding]:
    """Does every range go with the usual distribution, and does it say something?"""
    names, ranges = {task.task.id: task.task.name for task in tasks}, whole_ranges(scenario, tasks)

    def facts(quantities: Iterable[str]) -> dict[str, Fact]:
        known = tuple(name.partition(":") for name in quantities)
        tasks = (names[key] for kind, _, key in known if kind != PRICE.rstrip(":"))
        prices = tuple(key for kind, _, key in known if kind == PRICE.rstrip(":"))
        return {"tasks": tuple(dict.fromkeys(tasks)), "prices": prices}

    skewed = facts(name for name, given in ranges.items() if given.is_skewed)
    wide = facts(name for name, given in ranges.items() if given.is_wide)
    if any(skewed.values()):
        yield Finding(Code.RANGE_SKEWED, Severity.INFO, skewed)
    if any(wide.values()):
        yield Finding(Code.RANGE_WIDE, Severity.WARNING, wide)


def ranges_of(scenario: Scenario, tasks: Sequence[ScheduledTask]) -> Ranges:
    """Return everything that is uncertain in a plan on its status date, by name, in the order of its tasks."""
    learned = learned_factor(scenario, tasks) if scenario.status.learns else 1.0
    ranges = dict(whole_ranges(scenario, tasks))
    for task in tasks:
        name = EFFORT + task.task.id
        if name in ranges:
            ranges[name] = left_of(ranges[name], task, learned)
    return {name: given for name, given in ranges.items() if not given.is_certain}


def whole_ranges(scenario: Scenario, tasks: Sequence[ScheduledTask]) -> Ranges:
    """Return everything that is uncertain in a plan of which nothing has begun."""
    ranges = {EFFORT + task.task.id: effort_range(task.task, scenario) for task in tasks}
    ranges |= {WAIT + task.task.id: wait_range(task.task, scenario) for task in tasks}
    ranges |= {PRICE + key: price_range(key, scenario) for key in scenario.uncertainty.price_ranges}
    return {name: given for name, given in ranges.items() if not given.is_certain}
