"""Somebody's clients in words: one sentence, and the list.

Laws: both show the same figures as the pictures; a sum that lacks an amount says "at least".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from zt_planner.domain import units
from zt_planner.domain.money import ZERO, rounded
from zt_planner.domain.plan import Team
from zt_planner.engine.team_weeks import monday_of
from zt_planner.errors import msgid
from zt_planner.language import (
    Labelled,
    Listed,
    Money,
    Plural,
    Share,
    ShortDay,
    Text,
    Trimmed,
    Words,
    series,
)
from zt_planner.topics.direction import isolated
from zt_planner.topics.labels import bounded, bounded_money, with_aside
from zt_planner.topics.portfolio.clients import (
    DAYS_AHEAD,
    WEEKS_AHEAD,
    Changed,
    ClientFigures,
    ClientRow,
    Clients,
    Quarter,
    quarters_from,
)
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import later_text

NEXT_QUARTERS = 4
"""Which the sentence adds up."""
TEAMS_OF_CLIENTS = {Team.EXTERNAL: msgid("The consultants"), Team.INTERNAL: msgid("The clients' own teams")}
MORE_THAN_FULL = {
    Team.EXTERNAL: msgid("the consultants more than full in {weeks}"),
    Team.INTERNAL: msgid("the clients' own teams more than full in {weeks}"),
}
BUSIEST = {
    Team.EXTERNAL: msgid("the consultants busiest in {week} ({days})"),
    Team.INTERNAL: msgid("the clients' own teams busiest in {week} ({days})"),
}


@dataclass(frozen=True, slots=True)
class TeamNeed:
    """Whose days are shown, and how many a week there are of them in all; None where that was not said."""

    team: Team = Team.EXTERNAL
    capacity: Decimal | None = None


class NamedClient(NamedTuple):
    """A client with the name that no other one in the list has."""

    name: Words
    row: ClientRow

    @property
    def figures(self) -> ClientFigures:
        """What its plan comes to."""
        return self.row.figures


def client_names(companies: Iterable[str]) -> tuple[Words, ...]:
    """Return the names of clients; those of one name are numbered in their order."""
    seen, found = Counter[str](), []
    for company in companies:
        seen[company] += 1
        name: Words = isolated(company) if company else Text("Planning session")
        found.append(name if seen[company] == 1 else with_aside(name, seen[company]))
    return tuple(found)


def named_clients(rows: Sequence[ClientRow]) -> tuple[NamedClient, ...]:
    """Return clients with their names."""
    return tuple(map(NamedClient, client_names(row.figures.company for row in rows), rows))


# The sentence


def clients_sentence(clients: Clients, need: TeamNeed) -> Words:
    """Say how many clients there are, what they pay in a year, when the team is full, and what is to be decided."""
    count = Plural("{n} client", "{n} clients", len(clients.rows))
    parts = (_money_part(clients), _team_part(clients, need), _decisions_part(clients))
    return Listed((Labelled(count, series(parts)), "."), "")


def _money_part(clients: Clients) -> Words:
    quarters = quarters_from(clients.day, NEXT_QUARTERS)
    amount = sum((paid_by_all(clients.rows, quarter) for quarter in quarters), ZERO)
    is_whole = all(_is_counted(row.figures, quarters[-1]) for row in clients.rows)
    first, last = quarter_words(quarters[0]), quarter_words(quarters[-1])
    shown = bounded(Money(amount), is_whole=is_whole)
    return Text("{amount} from {first} to {last}", amount=shown, first=first, last=last)


def _team_part(clients: Clients, need: TeamNeed) -> Words:
    weeks = team_weeks(clients, need.team)
    if not any(weeks.values()):
        return ""
    full = [monday for monday, days in weeks.items() if need.capacity is not None and days > need.capacity]
    if full:
        return Text(MORE_THAN_FULL[need.team], weeks=week_spans(full))
    busiest = max(weeks, key=lambda monday: weeks[monday])
    days = Plural("{n} day", "{n} days", Trimmed(weeks[busiest], 1))
    return Text(BUSIEST[need.team], week=week_spans([busiest]), days=days)


def _decisions_part(clients: Clients) -> Words:
    until = clients.day + timedelta(days=DAYS_AHEAD)
    awaited = [each for row in clients.rows for each in row.figures.decisions if each.day <= until]
    late = sum(each.is_overdue for each in awaited)
    if not awaited:
        return Text("no decision until {day}", day=until)
    decisions = Plural("{n} decision until {day}", "{n} decisions until {day}", len(awaited), day=until)
    if not late:
        return decisions
    overdue = Plural("{n} of them overdue", "{n} of them overdue", late)
    return Listed((decisions, overdue), ", ")


def quarter_words(quarter: Quarter) -> Words:
    """Return what a quarter is called."""
    return Text("Q{n} {year}", n=quarter.number, year=str(quarter.year))


def week_spans(mondays: Sequence[date]) -> Words:
    """Return which weeks of the year are meant, those that follow one another as one."""
    spans: list[list[date]] = []
    for monday in sorted(mondays):
        if spans and monday - spans[-1][-1] == timedelta(weeks=1):
            spans[-1].append(monday)
        else:
            spans.append([monday])
    return Listed([_span(span) for span in spans])


def _span(span: Sequence[date]) -> Words:
    first, last = (day.isocalendar().week for day in (span[0], span[-1]))
    return Text("week {n}", n=first) if first == last else Text("weeks {first} to {last}", first=first, last=last)


def paid_in(figures: ClientFigures, quarter: Quarter) -> Decimal:
    return figures.quarters.get(quarter.key, ZERO)


def paid_by_all(clients: Iterable[NamedClient | ClientRow], quarter: Quarter) -> Decimal:
    """Return what clients pay together in a quarter."""
    return sum((paid_in(each.figures, quarter) for each in clients), ZERO)


def paid_words(clients: Sequence[NamedClient | ClientRow], quarters: Sequence[Quarter]) -> Words:
    """Say what clients pay together in some quarters: a lower bound where something of it is not known."""
    amount = sum((paid_by_all(clients, quarter) for quarter in quarters), ZERO)
    return bounded_money(amount, is_whole=all(_is_counted(each.figures, quarters[-1]) for each in clients))


def _is_counted(figures: ClientFigures, last: Quarter) -> bool:
    """Tell whether all that a client pays until the end of a quarter is in its plan, and is shown."""
    return figures.is_whole and figures.until >= last.months[-1].last_day


def team_weeks(clients: Clients, team: Team) -> dict[date, Decimal]:
    """Return how many days of a team all clients need in each week ahead."""
    first = monday_of(clients.day)
    mondays = [first + timedelta(weeks=week) for week in range(WEEKS_AHEAD)]
    needs = [row.figures.weeks.get(team, {}) for row in clients.rows]
    return {monday: sum((each.get(monday, ZERO) for each in needs), ZERO) for monday in mondays}


# The list


def clients_table(clients: Clients) -> Table:
    """Return the list: what is promised to whom, how it stands, and what comes next."""
    columns: tuple[Column[NamedClient], ...] = (
        Column(Text("Client"), value=lambda client: client.name),
        Column(Text("Promised budget"), units.MONEY, lambda c: c.figures.promised_budget, promised_budget),
        Column(Text("Done by"), units.DAY, lambda c: c.figures.promised_finish, promised_finish),
        Column(Text("State"), value=lambda client: state_words(client.figures)),
        Column(Text("Next decision"), value=lambda client: _next_decision(client.figures)),
        Column(Text("Next review"), value=lambda client: _next_review(client.row, clients.day)),
        Column(Text("What changed"), value=lambda client: changed_words(client.row.changed)),
    )
    return table_of(columns, named_clients(clients.rows))


def promised_budget(client: NamedClient) -> Words:
    figures = client.figures
    if figures.promised_budget is None:
        return ""
    shown = bounded(Money(figures.promised_budget), is_whole=figures.is_complete)
    return shown if figures.shows_labour else Text("{amount} without labour", amount=shown)


def promised_finish(client: NamedClient) -> Words:
    figures = client.figures
    if figures.promised_finish is None:
        return ""
    day = ShortDay(figures.promised_finish)
    return day if figures.sure is None else Text("{day}, {share} sure", day=day, share=Share(figures.sure))


def state_words(figures: ClientFigures) -> Words:
    """Say how far a client is."""
    if not figures.has_schedule:
        return Text("no schedule")
    if figures.is_done:
        return Text("all done")
    if figures.status_at is not None:
        return Text("tasks done: {done} of {tasks}", done=figures.tasks_done, tasks=figures.tasks)
    begins = Text("begins on {day}", day=ShortDay(figures.start))
    return begins if figures.approved_on is None else Text("approved, {begins}", begins=begins)


def _next_decision(figures: ClientFigures) -> Words:
    awaited = figures.next_decision
    if awaited is None:
        return Text("none")
    day, decision = ShortDay(awaited.day), Text(awaited.title)
    if awaited.is_overdue:
        return Text("overdue since {day}: {decision}", day=day, decision=decision)
    return Labelled(day, decision)


def _next_review(row: ClientRow, day: date) -> Words:
    if row.next_review is None:
        return Text("none")
    shown = ShortDay(row.next_review)
    return Text("overdue since {day}", day=shown) if row.next_review < day else shown


def changed_words(changed: Changed | None) -> Words:
    """Say what has changed since a review or a visit."""
    if changed is None:
        return ""
    day = ShortDay(changed.since)
    if changed.by_others is not None:
        if not changed.by_others:
            return Text("nothing by others since {day}", day=day)
        return Plural(
            "{n} change by others since {day}", "{n} changes by others since {day}", changed.by_others, day=day
        )
    parts: list[Words] = []
    if changed.budget is not None and rounded(changed.budget, 0):
        parts.append(Money(changed.budget, is_signed=True))
    if changed.days:
        parts.append(later_text(changed.days))
    change = Listed(parts, ", ") if parts else Text("same figures")
    return Text("{change} since the review of {day}", change=change, day=day)
