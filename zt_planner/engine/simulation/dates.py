"""How sure a team keeps a day, before there is a plan: the finish in the first draws of its schedule (M10, M22).

Decides no money. Law: the finishes are those that the draws of the plan would have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import ceil

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.case import Case
from zt_planner.engine.scheduling.calendar import WorkCalendar
from zt_planner.engine.scheduling.schedule import Network, Placement, Teams
from zt_planner.engine.scheduling.slack import resource_links
from zt_planner.engine.simulation.draws import Floats, RandomSource, factor_of
from zt_planner.engine.simulation.order import LinkedOrder, LinkedTask, axis_of, exact_need, reaction_of
from zt_planner.engine.simulation.ranges import EFFORT, WAIT, Range, effort_range, wait_range


def in_order_of_start(placement: Placement) -> list[int]:
    """Return works by their starts, equal ones in the order of the model."""
    return sorted(range(len(placement.starts)), key=placement.starts.__getitem__)


class DateDraws:
    """The draws of a case's dates, for any team: what does not depend on it is worked out once."""

    def __init__(self, case: Case, network: Network, calendar: WorkCalendar, first: int) -> None:
        self.network, self.calendar, self.first = network, calendar, first
        timeline, scenario = case.scenario.timeline, case.scenario
        self.axis = axis_of(timeline.region, timeline.year_end_freeze, timeline.closures, case.start)
        self.reaction = reaction_of(scenario, case.size.parameters)
        self.few = int(case.size.parameters.confidence_draws)
        given, tasks = scenario.uncertainty, [work.task for work in network.task_works]
        source = RandomSource(given.seed, float(given.correlation))

        def factors(name: str, known: Range) -> Floats:
            return source.factors(name, factor_of(known.low, known.high))

        self.efforts = [factors(EFFORT + task.id, effort_range(task, scenario)) for task in tasks]
        self.waits = {
            index: factors(WAIT + task.id, wait_range(task, scenario))
            for index, task in enumerate(tasks)
            if task.wait_weeks
        }

    @cached_property
    def own_starts(self) -> Sequence[int]:
        """The index before which each work does not start, whatever it waits for."""
        return self.network.own_starts(self.calendar, self.first)

    def finish_at(self, share: float, teams: Teams, placement: Placement, *, has_all: bool = False) -> int:
        """Return the first index by which a share of the first draws is done, or of all."""
        finishes = np.sort(self.finishes(teams, placement, DRAWS if has_all else self.few))
        return int(finishes[max(0, ceil(share * len(finishes) - 1e-9) - 1)])

    def keeps(self, share: float, last: int, teams: Teams, placement: Placement) -> bool:
        """Tell whether a share of the first draws is done by an index, and of all draws too."""
        order = in_order_of_start(placement)
        linked = LinkedOrder(self.axis, self._linked(order, teams, placement), self.reaction)
        return all(
            np.count_nonzero(self._finishes(order, linked, count) <= last) >= share * count - 1e-6
            for count in (self.few, DRAWS)
        )

    def finishes(self, teams: Teams, placement: Placement, count: int) -> NDArray[np.int32]:
        """Return the index of the last day in each of the first draws of a schedule."""
        order = in_order_of_start(placement)
        linked = LinkedOrder(self.axis, self._linked(order, teams, placement), self.reaction)
        return self._finishes(order, linked, count)

    def _finishes(self, order: Sequence[int], linked: LinkedOrder, count: int) -> NDArray[np.int32]:
        efforts = [self.efforts[index][: count + 1] for index in order]
        waits = {number: self.waits[order[number]][: count + 1] for number in linked.waiting}
        return linked.dates(efforts, waits).finish[1:]

    def _linked(self, order: Sequence[int], teams: Teams, placement: Placement) -> list[LinkedTask]:
        """Return what the dates of works follow from, in an order of them."""
        network, number_of = self.network, {index: number for number, index in enumerate(order)}
        links = resource_links(network, placement, teams, self.calendar, self.first)
        weekly = [None if most is None else float(most) for most in teams]

        def numbers(indices: Iterable[int]) -> tuple[int, ...]:
            return tuple(number_of[index] for index in indices)

        return [
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
            for index in order
        ]
