"""How sure a team keeps a day, before there is a plan: the finish in the first draws of its schedule (M10, M22).

Decides no money. Law: the finishes are those that the draws of the plan would have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import floor

import numpy as np

from zt_planner.domain.month import WORKING_DAYS_A_WEEK
from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.case import Case
from zt_planner.engine.scheduling.calendar import WorkCalendar
from zt_planner.engine.scheduling.schedule import Network, Placement, Teams
from zt_planner.engine.scheduling.slack import resource_links
from zt_planner.engine.simulation.draws import Floats, RandomSource, factor_of, rank
from zt_planner.engine.simulation.order import (
    Days,
    LinkedOrder,
    LinkedTask,
    axis_of,
    exact_need,
    reaction_of,
    wait_days_of,
)
from zt_planner.engine.simulation.ranges import EFFORT, WAIT, Range, effort_range, wait_range


class DateDraws:
    """The draws of a case's dates, for any team: what does not depend on it is worked out once.

    A day is met, or a finish known, in `share` of the draws.
    """

    def __init__(self, case: Case, network: Network, calendar: WorkCalendar, first: int, share: float) -> None:
        self.network, self.calendar, self.first, self.share = network, calendar, first, share
        timeline, scenario = case.scenario.timeline, case.scenario
        self.axis = axis_of(timeline.region, timeline.year_end_freeze, timeline.closures, case.start)
        self.reaction = reaction_of(scenario, case.size.parameters)
        self.few = int(case.size.parameters.confidence_draws)
        given, tasks = scenario.uncertainty, [work.task for work in network.task_works]
        source = RandomSource(given.seed, float(given.correlation))

        def factors(name: str, known: Range) -> Floats:
            return source.factors(name, factor_of(known.low, known.high))[1:]

        self.efforts = [factors(EFFORT + task.id, effort_range(task, scenario)) for task in tasks]
        self.wait_days = {
            index: wait_days_of(self.axis, task.wait_weeks, factors(WAIT + task.id, wait_range(task, scenario)))
            for index, task in enumerate(tasks)
            if task.wait_weeks
        }

    @cached_property
    def own_starts(self) -> Sequence[int]:
        """The index before which each work does not start, whatever it waits for."""
        return self.network.own_starts(self.calendar, self.first)

    @cached_property
    def _first_efforts(self) -> Floats:
        """The factors of the first draws on each work's effort, in rows."""
        return self._efforts(range(len(self.efforts)), 0, self.few)

    def _efforts(self, works: Iterable[int], begin: int, end: int) -> Floats:
        return np.stack([self.efforts[index][begin:end] for index in works], dtype=np.float32)

    @cached_property
    def _least_share(self) -> float:
        """The share of what its effort needs that every work takes at least, in the draws that decide."""
        shares = self.reaction + (1 - self.reaction) * self._first_efforts.min(axis=0)
        return float(np.sort(shares)[rank(self.share, self.few)])

    def earliest(self, planned: int) -> int:
        """Return an index before which no schedule has its finish that is not planned to end before another.

        From the start to the planned finish leads a chain of works and waits. In so many draws that the day is missed
        if they miss it, a work of it takes the least share of its length or more, but for a day that was rounded up;
        its waits may be over at once.
        """
        waits = WORKING_DAYS_A_WEEK * sum(self.network.waits)
        works = self._least_share * max(planned + 1 - self.first - waits, 0) - len(self.efforts)
        return self.first - 1 + floor(works)

    def finish(self, teams: Teams, placement: Placement, *, has_all: bool = False) -> int:
        """Return the first index by which the share of the first draws is done, or of all."""
        count = DRAWS if has_all else self.few
        index = rank(self.share, count)
        return int(np.partition(self.finishes(teams, placement, count), index)[index])

    def finishes(self, teams: Teams, placement: Placement, count: int) -> Days:
        """Return the index of the last day in each of the first draws of a schedule."""
        works, order = self._linked_order(teams, placement)
        parts = range(0, count, self.few)  # what fits into a processor's cache is quicker than all at once
        return np.concatenate([self._finishes(works, order, part, min(part + self.few, count)) for part in parts])

    def _finishes(self, works: Sequence[int], order: LinkedOrder, begin: int, end: int) -> Days:
        is_first = (begin, end) == (0, self.few)
        factors = self._first_efforts[works] if is_first else self._efforts(works, begin, end)
        wait_days = {number: self.wait_days[works[number]][begin:end] for number in order.waiting}
        return order.dates_of(order.all_lengths(factors), wait_days).finish

    def _linked_order(self, teams: Teams, placement: Placement) -> tuple[list[int], LinkedOrder]:
        """Return works in the order of their starts, equal ones in that of the model, with what each waits for."""
        starts = placement.starts
        works = sorted(range(len(starts)), key=starts.__getitem__)
        network, number_of = self.network, {index: number for number, index in enumerate(works)}
        links = resource_links(network, placement, teams, self.calendar, self.first)
        weekly = [None if most is None else float(most) for most in teams]

        def numbers(indices: Iterable[int]) -> tuple[int, ...]:
            return tuple(number_of[index] for index in indices)

        linked = [
            LinkedTask(
                after=numbers(network.after[index]),
                links=numbers((*links[index], *network.gates[index])),
                own_start=self.own_starts[index],
                needed_days=exact_need(
                    zip(network.efforts[index], weekly, strict=True),
                    network.team_shares[index],
                    placement.lengths[index],
                    network.least_lengths[index],
                ),
                least_days=network.least_lengths[index],
                wait_weeks=network.waits[index],
            )
            for index in works
        ]
        return works, LinkedOrder(self.axis, linked, self.reaction)
