"""What a plan comes to on a day, for a list of clients: figures that are kept, not the plan.

Laws: an amount that is not known is None, never 0; where day rates are hidden there is no amount that holds labour;
the quarters add up to the cash of the plan's months; the weeks to the days of its teams from that day on; what was kept
reads back as itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from zt_planner.domain.data.rules import Who
from zt_planner.domain.money import ZERO, rounded
from zt_planner.domain.month import Month, add_months
from zt_planner.domain.plan import Team
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.budget import accrual, cash_by_month
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.planner import build_plan
from zt_planner.engine.team_weeks import monday_of
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.roadmap.team_load import weeks_of
from zt_planner.topics.view import View, any_view

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

DAYS_AHEAD = 90
"""In which decisions are listed."""
WEEKS_AHEAD = 26
QUARTERS = 8
"""From the one that the day is in."""
DAY_PLACES = 6
MONTHS_A_QUARTER, MONTHS_A_YEAR = 3, 12


class Quarter(NamedTuple):
    """A calendar quarter, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter of a day."""
        return cls(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)

    def plus(self, count: int) -> Quarter:
        """Return a later one."""
        years, before = divmod(self.number - 1 + count, MONTHS_A_YEAR // MONTHS_A_QUARTER)
        return Quarter(self.year + years, before + 1)

    @property
    def key(self) -> str:
        """Its name in what is kept: `2027-Q1`."""
        return f"{self.year}-Q{self.number}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months."""
        first = Month(self.year, (self.number - 1) * MONTHS_A_QUARTER + 1)
        return tuple(first.plus(more) for more in range(MONTHS_A_QUARTER))


def quarters_from(day: date, count: int = QUARTERS) -> tuple[Quarter, ...]:
    """Return the quarter of a day and those after it."""
    return tuple(Quarter.of(day).plus(more) for more in range(count))


class Kept(BaseModel):
    """What is kept as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AwaitedDecision(Kept):
    """A decision that a client's plan waits for, as the data call it."""

    day: date
    title: str
    who: Who
    is_overdue: bool


class ClientFigures(Kept):
    """What a client's plan came to on a day.

    `promised_finish` is None for a plan without a schedule, `sure` where the plan's own finish is promised. `chance` is
    that of keeping the day that was approved. `quarters` is the net cash by quarter, as it is used up, which the plan
    knows `until` a day; `weeks` the days of each team by Monday. `decisions` are those that are overdue, those of the
    days ahead and the next one.
    """

    company: str
    has_schedule: bool = True
    shows_labour: bool = True
    is_complete: bool = True
    tasks: int = 0
    tasks_done: int = 0
    start: date
    until: date
    status_at: date | None = None
    budget: Decimal | None = None
    finish: date | None = None
    promised_budget: Decimal | None = None
    promised_finish: date | None = None
    sure: Decimal | None = None
    approved_on: date | None = None
    approved_budget: Decimal | None = None
    approved_finish: date | None = None
    chance: Decimal | None = None
    quarters: Mapping[str, Decimal] = {}
    weeks: Mapping[Team, Mapping[date, Decimal]] = {}
    decisions: tuple[AwaitedDecision, ...] = ()

    def __hash__(self) -> int:
        """Hash a part of it: its mappings have none."""
        return hash((self.company, self.start, self.until, self.promised_budget, self.promised_finish))

    @property
    def is_whole(self) -> bool:
        """Tell whether its amounts are all that there is to pay: no price is missing, and nothing is hidden."""
        return self.has_schedule and self.is_complete and self.shows_labour

    @property
    def is_done(self) -> bool:
        """Tell whether every task is done."""
        return self.tasks > 0 and self.tasks_done == self.tasks

    @property
    def next_decision(self) -> AwaitedDecision | None:
        """The earliest decision that is not taken."""
        return self.decisions[0] if self.decisions else None

    def without_amounts(self) -> Self:
        """Return the figures for whoever may not see day rates any more."""
        hidden: dict[str, Any] = {"shows_labour": False, "quarters": {}}
        return self.model_copy(update={**hidden, **dict.fromkeys(("budget", "promised_budget", "approved_budget"))})


def client_figures(
    scenario: Scenario, price_book: PriceBook, phase_model: PhaseModel, today: date, *, shows_labour: bool
) -> ClientFigures:
    """Plan a client's scenario and return what it comes to; raise ScenarioError as `case_of` does."""
    case = case_of(scenario, price_book, phase_model, today=today, shows_labour=shows_labour)
    view = any_view(build_plan(case), Language(LanguageCode.ENGLISH))
    if isinstance(view, View):
        return _figures_of(view)
    company, status = case.scenario.company.name.strip(), case.scenario.status
    dates = {"start": case.start, "until": case.start, "status_at": status.at}
    return ClientFigures(company=company, has_schedule=False, shows_labour=shows_labour, **dates)


def _figures_of(view: View) -> ClientFigures:
    plan, promise = view.plan, view.promise
    status, approved = plan.scenario.status, plan.scenario.status.approved
    states = [task.state for task in plan.tasks]
    sure = promise.confidence.share if promise.why_planned_finish is None else None
    approved_finish = None if approved is None else approved.agreed_finish
    chance = None
    if (
        approved_finish is not None
        and view.simulation is not None
        and any(each is not TaskState.DONE for each in states)
    ):
        chance = Decimal(str(view.simulation.chance(by=approved_finish)))
    return ClientFigures(
        company=plan.scenario.company.name.strip(),
        shows_labour=plan.shows_labour,
        is_complete=plan.is_complete,
        tasks=len(states),
        tasks_done=states.count(TaskState.DONE),
        start=plan.headlines.start_date,
        until=plan.months[-1].last_day,
        status_at=status.at,
        budget=plan.headlines["introduction_budget"].known,
        finish=plan.headlines.finish_date,
        promised_budget=promise.rounded_budget,
        promised_finish=promise.finish,
        sure=None if sure is None else Decimal(str(sure)),
        approved_on=None if approved is None else approved.on,
        approved_budget=approved.agreed_budget if approved is not None and plan.shows_labour else None,
        approved_finish=approved_finish,
        chance=chance,
        quarters=_quarters(view),
        weeks={team: dict(_weeks(view, team)) for team in Team},
        decisions=tuple(_awaited(view)),
    )


def _quarters(view: View) -> dict[str, Decimal]:
    quarters = quarters_from(view.plan.today)
    months = [month for quarter in quarters for month in quarter.months]
    sums = cash_by_month(view.plan.cost_lines, months, accrual)
    found = {quarter.key: sum((sums[month] for month in quarter.months), ZERO) for quarter in quarters}
    return {key: amount for key, amount in found.items() if amount}


def _weeks(view: View, team: Team) -> Iterator[tuple[date, Decimal]]:
    """Yield the days of tasks and coordination of each week in which a team is needed."""
    first = monday_of(view.plan.today)
    for week in weeks_of(view.plan, team):
        if week.whole and first <= week.monday < first + timedelta(weeks=WEEKS_AHEAD):
            yield week.monday, rounded(week.whole, DAY_PLACES)


def _awaited(view: View) -> Iterator[AwaitedDecision]:
    """Yield the decisions that are not taken: those overdue, those of the days ahead, and the next one.

    What was due since the status date is overdue, too: nothing says that it was decided.
    """
    today, has_next = view.plan.today, False
    for each in decisions_of(view.plan):
        is_next = not each.is_over and not has_next
        if each.is_overdue or is_next or (not each.is_over and each.day <= today + timedelta(days=DAYS_AHEAD)):
            has_next = has_next or is_next
            is_overdue = each.is_overdue or each.day < today
            yield AwaitedDecision(day=each.day, title=each.row.decision, who=each.who, is_overdue=is_overdue)


# Rows of a list


class Changed(Kept):
    """What has changed in a client's plan: since a review its planned figures, since a visit what others have done."""

    since: date
    budget: Decimal | None = None
    days: int | None = None
    by_others: int | None = None


class ClientRow(Kept):
    """A client in a list, as it is on a day."""

    figures: ClientFigures
    next_review: date | None = None
    changed: Changed | None = None

    def without_amounts(self) -> Self:
        """Return the row for whoever may not see day rates any more."""
        changed = self.changed and self.changed.model_copy(update={"budget": None})
        return self.model_copy(update={"figures": self.figures.without_amounts(), "changed": changed})


class Clients(NamedTuple):
    """The clients of somebody on a day."""

    day: date
    rows: tuple[ClientRow, ...]


def changed_since(reviewed_on: date, before: ClientFigures, now: ClientFigures) -> Changed:
    """Return how the planned figures have moved since a review; no amount where one of them hides or lacks some."""
    budget = days = None
    if before.is_whole and now.is_whole and before.budget is not None and now.budget is not None:
        budget = now.budget - before.budget
    if before.finish is not None and now.finish is not None:
        days = (now.finish - before.finish).days
    return Changed(since=reviewed_on, budget=budget, days=days)


def next_review(figures: ClientFigures, reviewed_on: date | None) -> date | None:
    """Return when a client is due to be looked at again: a month after its status date or its last review.

    Before it has either, that is when it begins; once everything is done, there is none.
    """
    known = [day for day in (figures.status_at, reviewed_on) if day is not None]
    if figures.is_done:
        return None
    return add_months(max(known), 1) if known else figures.start
