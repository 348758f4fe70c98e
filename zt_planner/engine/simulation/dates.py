"""How sure a team keeps a day, before there is a plan: the finish in the first draws of its schedule (M10, M22).

Decides no money. Law: the finishes are those that the draws of the plan would have.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from zt_planner.engine.simulation.ranges import Range, effort_range, wait_range


class DateDraws:
    """The draws of a case's dates, for any team: factors on efforts and waits are drawn once."""

    def __init__(self, case: Case, network: Network, calendar: WorkCalendar, first: int) -> None:
        self.network, self.calendar, self.first = network, calendar, first
        timeline, given = case.scenario.timeline, case.scenario.uncertainty
        self.axis = axis_of(timeline.region, timeline.year_end_freeze, timeline.closures, case.start)
        self.source = RandomSource(given.seed, float(given.correlation))
        self.scenario, self.reaction = case.scenario, reaction_of(case.scenario, case.size.parameters)
        self.few = int(case.size.parameters.confidence_draws)

    def finishes(self, teams: Teams, placement: Placement, count: int) -> NDArray[np.int32]:
        """Return the index of the last day in each of the first draws of a schedule, in order of size."""
        network, starts = self.network, placement.starts
        order = sorted(range(len(starts)), key=starts.__getitem__)
        number_of = {index: number for number, index in enumerate(order)}
        links = resource_links(network, placement, teams, self.calendar, self.first)
        own = network.own_starts(self.calendar, self.first)

        def numbers(indices: Sequence[int]) -> tuple[int, ...]:
            return tuple(number_of[index] for index in indices)

        def linked(index: int) -> LinkedTask:
            work = network.task_works[index]
            share, least = float(work.task.team_share), work.work.least_days
            needs = zip(work.work.whole, teams, strict=True)
            return LinkedTask(
                after=numbers(network.after[index]),
                links=numbers((*links[index], *network.gates[index])),
                own_start=own[index],
                needed_days=exact_need(needs, share, placement.lengths[index], least),
                least_days=least,
                wait_weeks=work.task.wait_weeks,
            )

        works = [network.task_works[index] for index in order]
        linked_order = LinkedOrder(self.axis, [linked(index) for index in order], self.reaction)
        efforts = [
            self._factor(f"effort:{work.task.id}", effort_range(work.task, self.scenario), count) for work in works
        ]
        waits = {
            number: self._factor(f"wait:{works[number].task.id}", wait_range(works[number].task, self.scenario), count)
            for number in linked_order.waiting
        }
        return np.sort(linked_order.dates(efforts, waits).finish[1:])

    def _factor(self, name: str, given: Range, count: int) -> Floats:
        return factor_of(given.low, given.high).values(self.source.deviates(name, 0, count))

    def finish_at(self, share: float, teams: Teams, placement: Placement) -> int:
        """Return the first index by which a share of the first draws is done."""
        finishes = self.finishes(teams, placement, self.few)
        return int(finishes[max(0, ceil(share * len(finishes) - 1e-9) - 1)])

    def keeps(self, share: float, last: int, teams: Teams, placement: Placement) -> bool:
        """Tell whether a share of the first draws is done by an index, and of all draws too."""
        return all(
            np.count_nonzero(self.finishes(teams, placement, count) <= last) >= share * count - 1e-6
            for count in (self.few, DRAWS)
        )
