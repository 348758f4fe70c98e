"""What the work costs, by team and month (M16).

Laws: the months of a task's labour add up to its amount, to the cent, and are those with working days of the task;
coordination has a line a team in each month with work, rounded by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.parameters import Parameters
from zt_planner.domain.data.price_book import DayRate, PriceUnit
from zt_planner.domain.money import rounded_product, spread_by_days
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import CostLine, ScheduledTask, Team, UnitPrice
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.scheduling.calendar import WorkCalendar

LABOUR = {Team.INTERNAL: CostCategory.INTERNAL, Team.EXTERNAL: CostCategory.CONSULTANT}


def rate_id(team: Team, price_list: PriceList) -> DayRate:
    """Return the id of a team's day rate (M16)."""
    return DayRate.INTERNAL if team is Team.INTERNAL else price_list.external_day


def working_days_by_month(first: date, last: date, calendar: WorkCalendar) -> dict[Month, int]:
    """Return the working days between two days, both included, for each month that has some."""
    months = months_from(Month.of(first), Month.of(first).until(Month.of(last)) + 1)
    counts = ((month, calendar.count(max(first, month.first_day), min(last, month.last_day))) for month in months)
    return {month: days for month, days in counts if days}


def labour_cost(days: Fraction, price: UnitPrice | None) -> Decimal | None:
    """Return what days of work cost, None without a rate."""
    return None if price is None else rounded_product(price.amount, days)


class PricedWork(NamedTuple):
    """A team's work at its day rate, for a task or none."""

    task_id: str
    team: Team
    rate: DayRate
    price: UnitPrice | None


def labour_line(month: Month, work: PricedWork, days: Fraction, amount: Decimal | None) -> CostLine:
    price = work.price
    return CostLine(
        month=month,
        task_id=work.task_id,
        price_id=work.rate,
        item="" if price is None or price.row is None else price.row.product,
        category=LABOUR[work.team],
        kind=Kind.ONE_OFF,
        quantity=days,
        unit=PriceUnit.DAY,
        unit_price=price,
        amount=amount,
        paid_in=month,
    )


def task_labour(
    task: ScheduledTask, team: Team, price_list: PriceList, worked_days: Mapping[Month, int]
) -> Iterator[CostLine]:
    """Yield a task's lines for one team: priced as a whole, spread over the days it works in each month."""
    effort = task.work.whole.of(team)
    if not effort:
        return
    rate = rate_id(team, price_list)
    price = price_list.price_of(rate, Month.of(task.start))
    work = PricedWork(task.task.id, team, rate, price)
    whole, days = labour_cost(effort, price), tuple(worked_days.values())
    shares = (None,) * len(days) if whole is None else spread_by_days(whole, days)
    for (month, worked), amount in zip(worked_days.items(), shares, strict=True):
        quantity = Fraction(effort.numerator * worked, effort.denominator * task.length_days)
        yield labour_line(month, work, quantity, amount)


class Coordination(NamedTuple):
    """A team's days of coordination in a month: a share of the days of work of its tasks in it."""

    month: Month
    team: Team
    days: Fraction
    worked: Fraction


def coordination_share(scenario: Scenario, parameters: Parameters, team: Team) -> Fraction:
    """Return the days of steering for each day of a team's work: the scenario's, otherwise the model's."""
    given, exact = scenario.labour.coordination_share, parameters.exact
    if team is Team.INTERNAL:
        return exact["coordination_internal"] if given.internal is None else Fraction(given.internal)
    return exact["coordination_external"] if given.external is None else Fraction(given.external)


def coordination_of(
    scenario: Scenario, parameters: Parameters, tasks: Sequence[ScheduledTask], calendar: WorkCalendar
) -> Iterator[Coordination]:
    """Yield the days of coordination of each month with work, a team after the other (M16)."""
    worked: dict[tuple[Month, Team], Fraction] = defaultdict(Fraction)
    for task in tasks:
        efforts = [(team, effort) for team in Team if (effort := task.work.whole.of(team))]
        for month, days in working_days_by_month(task.start, task.finish, calendar).items():
            for team, effort in efforts:
                worked[month, team] += Fraction(effort.numerator * days, effort.denominator * task.length_days)
    for month, team in sorted(worked, key=lambda key: (key[0], list(Team).index(key[1]))):
        share = coordination_share(scenario, parameters, team)
        if share:
            yield Coordination(month, team, share * worked[month, team], worked[month, team])


def coordination_lines(coordination: Iterable[Coordination], price_list: PriceList) -> Iterator[CostLine]:
    """Yield the lines for coordination, each at the rate of its month."""
    for month, team, days, _ in coordination:
        rate = rate_id(team, price_list)
        price = price_list.price_of(rate, month)
        yield labour_line(month, PricedWork("", team, rate, price), days, labour_cost(days, price))


def labour_lines(
    tasks: Iterable[ScheduledTask], coordination: Iterable[Coordination], price_list: PriceList, calendar: WorkCalendar
) -> Iterator[CostLine]:
    for task in tasks:
        worked_days = working_days_by_month(task.start, task.finish, calendar)
        for team in Team:
            yield from task_labour(task, team, price_list, worked_days)
    yield from coordination_lines(coordination, price_list)
