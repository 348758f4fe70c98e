"""Slack and the critical path in the resource-linked order of a finished schedule (M9).

A task that a team's capacity keeps from starting a day earlier is linked to each task of that team that ends on the
last working day before; one that a levelled date holds further, to those that end on the last day on which the team had
no room for it: they still come before it. Judged on the finished schedule, so that it is a property of the plan and not
of the order in which tasks were placed. A task that starts on its fixed date cannot move, and what it waits for only
until that date. Laws: slack is not negative; a task on which the finish or a fixed date depends has none; moving a task
by its slack breaks no link and moves no fixed date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zt_planner.engine.scheduling.calendar import WorkCalendar, weeks_after
from zt_planner.engine.scheduling.schedule import Network, Placement, Teams, precedence_start


@dataclass(frozen=True, slots=True)
class Slack:
    """Each work's slack in working days, and the works that held it back through a team."""

    days: tuple[int, ...]
    links: tuple[tuple[int, ...], ...]


def resource_links(
    network: Network, placement: Placement, teams: Teams, calendar: WorkCalendar, first: int
) -> tuple[tuple[int, ...], ...]:
    """Return, for each work, the works that kept it from starting earlier through a team's capacity."""
    own = network.own_starts(calendar, first, is_levelled=False)
    ending: dict[int, list[int]] = {}
    for index in range(len(network.task_works)):
        ending.setdefault(placement.finish_of(index), []).append(index)
    limits = teams.daily_limits
    links: list[tuple[int, ...]] = [()] * len(network.task_works)
    spread = network.spread_over(placement.lengths, teams)
    for index, efforts in enumerate(network.efforts):
        start, length = placement.starts[index], spread[index]
        if own[index] >= start:
            continue
        earliest = max(own[index], precedence_start(index, placement, network, calendar, first))
        if earliest >= start:
            continue
        if index not in network.levelled:
            earliest = start - 1  # it starts as soon as it can
        held: dict[int, None] = {}
        for team, (used, limit, effort) in enumerate(zip(placement.used, limits, efforts, strict=True)):
            if effort and limit is not None:
                share = effort / length
                full = next((day for day in range(start - 1, earliest - 1, -1) if used[day] + share > limit), None)
                ended = () if full is None else ending.get(full, ())
                held.update(dict.fromkeys(other for other in ended if network.efforts[other][team]))
        links[index] = tuple(held)
    return tuple(links)


def latest_finish_before(start: int, wait_weeks: int, calendar: WorkCalendar) -> int:
    """Return the last index on which a predecessor may finish so that its successor can start on `start`."""
    if not wait_weeks:
        return start - 1
    return calendar.index_before(weeks_after(calendar.day(start), -wait_weeks))


def _links_forward(network: Network, links: Sequence[tuple[int, ...]]) -> list[list[tuple[int, int]]]:
    """Return each work's successors of every kind with the wait in weeks between them."""
    forward = [
        [(after, network.waits[index]) for after in network.successors[index]]
        + [(after, 0) for after in network.gated[index]]
        for index in range(len(links))
    ]
    for index, held_by in enumerate(links):
        for before in held_by:
            forward[before].append((index, 0))
    return forward


def slack_of(network: Network, placement: Placement, teams: Teams, calendar: WorkCalendar, first: int) -> Slack:
    links = resource_links(network, placement, teams, calendar, first)
    forward = _links_forward(network, links)
    days = [0] * len(links)
    movable = set(range(len(links))) - placement.kept_dates(network) - network.pins.done
    for index in sorted(movable, key=lambda index: -placement.starts[index]):
        limits = (
            latest_finish_before(placement.starts[after] + days[after], wait, calendar)
            for after, wait in forward[index]
        )
        latest = min(limits, default=placement.finish)
        days[index] = min(latest, placement.finish) - placement.finish_of(index)
    return Slack(tuple(days), links)
