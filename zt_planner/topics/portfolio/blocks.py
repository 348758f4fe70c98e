"""Somebody's clients as four pictures, each with its description and its table.

Law: pictures and tables show the same figures as the sentence and the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from zt_planner.domain import units
from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import Team
from zt_planner.errors import msgid
from zt_planner.language import (
    Listed,
    Money,
    Number,
    Plural,
    Share,
    Text,
    Trimmed,
    Words,
    sentences,
    series,
)
from zt_planner.topics.block import Block, ChartBlock, Group, Role, Sentence, TableBlock
from zt_planner.topics.labels import label, shortened_list
from zt_planner.topics.portfolio.client_charts import (
    ClientDecision,
    days_moved,
    decision_chart,
    money_chart,
    promise_chart,
    team_chart,
)
from zt_planner.topics.portfolio.client_list import (
    TEAMS_OF_CLIENTS,
    NamedClient,
    TeamNeed,
    named_clients,
    paid_by_all,
    paid_in,
    paid_words,
    promised_budget,
    promised_finish,
    quarter_words,
    team_weeks,
    week_spans,
)
from zt_planner.topics.portfolio.clients import (
    DAYS_AHEAD,
    Clients,
    Quarter,
    quarters_from,
)
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.task_words import later_text


def client_blocks(clients: Clients, need: TeamNeed) -> tuple[Block, ...]:
    """Return the four pictures with their tables."""
    named = named_clients(clients.rows)
    return (
        Group("clients_money", Text("Money by quarter"), tuple(_money_blocks(named, clients.day))),
        Group("clients_team", Text("The team by week"), tuple(_team_blocks(named, clients.day, need))),
        Group("clients_decisions", Text("Decisions of the next 90 days"), _decision_blocks(clients)),
        Group("clients_promises", Text("Promises and how they stand"), tuple(_promise_blocks(named))),
    )


def _as_table(name: str, title: Words, table: Table, *, has_sum: bool = False) -> Group:
    return Group(name, Text("As a table"), (TableBlock(title, table, has_sum=has_sum),), is_folded=True)


# Money


def _money_blocks(named: Sequence[NamedClient], day: date) -> Iterator[Block]:
    quarters = quarters_from(day)
    alt = Text(
        "Net cash by quarter, all clients stacked, from {first} to {last}. {most} The same numbers are in its table.",
        first=quarter_words(quarters[0]),
        last=quarter_words(quarters[-1]),
        most=_most_money(named, quarters),
    )
    yield ChartBlock("clients_money", alt, partial(money_chart, tuple(named), day))
    yield from _not_counted(named, quarters[-1])
    yield _as_table("clients_money_table", Text("Money by quarter"), _money_table(named, quarters), has_sum=True)


def _most_money(named: Sequence[NamedClient], quarters: Sequence[Quarter]) -> Words:
    most = max(quarters, key=lambda quarter: paid_by_all(named, quarter))
    return Text("Most in {quarter}: {amount}.", quarter=quarter_words(most), amount=paid_words(named, [most]))


def _not_counted(named: Sequence[NamedClient], last: Quarter) -> Iterator[Block]:
    """Yield what the sums lack, and why."""
    reasons = {
        msgid("Without labour, as day rates are hidden: {clients}."): [c for c in named if not c.figures.shows_labour],
        msgid("A price is missing: {clients}."): [c for c in named if not c.figures.is_complete],
        msgid("Without a schedule, so without amounts: {clients}."): [c for c in named if not c.figures.has_schedule],
        msgid("The plan ends earlier than the picture: {clients}."): [
            c for c in named if c.figures.has_schedule and c.figures.until < last.months[-1].last_day
        ],
    }
    for text, clients in reasons.items():
        if clients:
            yield Sentence(Text(text, clients=shortened_list([client.name for client in clients])), Role.NOTE)


def _money_table(named: Sequence[NamedClient], quarters: Sequence[Quarter]) -> Table:
    columns: tuple[Column[NamedClient], ...] = (
        Column(Text("Client"), value=lambda client: client.name),
        *(_paid_column(quarter_words(quarter), [quarter]) for quarter in quarters),
        _paid_column(Text("Sum"), quarters),
    )
    table = table_of(columns, named)
    sums = [paid_words(named, [quarter]) for quarter in quarters]
    last = (Text("All clients"), *sums, paid_words(named, quarters))
    return Table(table.columns, (*table.rows, last), numbers=table.numbers)


def _paid_column(title: Words, quarters: Sequence[Quarter]) -> Column[NamedClient]:
    """Return what each client pays in some quarters."""

    def amount(client: NamedClient) -> Decimal | None:
        if not client.figures.has_schedule:
            return None
        return sum((paid_in(client.figures, quarter) for quarter in quarters), ZERO)

    return Column(title, units.MONEY, amount, lambda client: paid_words([client], quarters))


# The team


def _team_blocks(named: Sequence[NamedClient], day: date, need: TeamNeed) -> Iterator[Block]:
    clients = Clients(day, tuple(each.row for each in named))
    weeks = team_weeks(clients, need.team)
    busiest = max(weeks, key=lambda monday: weeks[monday])
    alt = Text(
        "{team}: days by week for half a year, all clients together, and below them which client needs how many. "
        "Most in {week}: {days}. The same numbers are in its table.",
        team=Text(TEAMS_OF_CLIENTS[need.team]),
        week=week_spans([busiest]),
        days=Plural("{n} day", "{n} days", Trimmed(weeks[busiest], 1)),
    )
    yield ChartBlock("clients_team", alt, partial(team_chart, tuple(named), day, need))
    yield _as_table("clients_team_table", Text("The team by week"), _team_table(named, weeks, need))


class _NeededWeek(NamedTuple):
    """A week, its days in all, and the days of each client."""

    monday: date
    days: Decimal
    needs: tuple[tuple[NamedClient, Decimal], ...]


def _team_table(named: Sequence[NamedClient], weeks: dict[date, Decimal], need: TeamNeed) -> Table:
    rows = [
        _NeededWeek(
            monday, days, tuple((c, c.figures.weeks[need.team][monday]) for c in named if _needs(c, need.team, monday))
        )
        for monday, days in weeks.items()
        if days
    ]
    columns: tuple[Column[_NeededWeek], ...] = (
        Column(Text("Week"), value=lambda week: week_spans([week.monday])),
        Column(Text("Week of"), units.DAY, lambda week: week.monday),
        Column(Text("Days"), units.PERSON_DAYS, lambda week: week.days),
        *((Column(Text("above"), units.PERSON_DAYS, partial(_excess, need)),) if need.capacity is not None else ()),
        Column(Text("Who needs them"), value=_who_needs),
    )
    return table_of(columns, rows)


def _needs(client: NamedClient, team: Team, monday: date) -> bool:
    return bool(client.figures.weeks.get(team, {}).get(monday))


def _excess(need: TeamNeed, week: _NeededWeek) -> Decimal | None:
    return week.days - need.capacity if need.capacity is not None and week.days > need.capacity else None


def _who_needs(week: _NeededWeek) -> Words:
    ordered = sorted(week.needs, key=lambda item: -item[1])
    return series(Listed((client.name, Number(days, 1)), " ") for client, days in ordered)


# Decisions


def _decision_blocks(clients: Clients) -> tuple[Block, ...]:
    named, until = named_clients(clients.rows), clients.day + timedelta(days=DAYS_AHEAD)
    awaited = [
        ClientDecision(client, each) for client in named for each in client.figures.decisions if each.day <= until
    ]
    awaited.sort(key=lambda each: each.decision.day)
    if not awaited:
        return (Sentence(Text("There is no decision until {day}.", day=until)),)
    late = [each for each in awaited if each.decision.is_overdue]
    alt = sentences(
        Plural("{n} decision of the clients by day.", "{n} decisions of the clients by day.", len(awaited)),
        Plural("{n} is overdue.", "{n} are overdue.", len(late)) if late else "",
        Text("The same are in its table."),
    )
    table = table_of(
        (
            Column(Text("Decide by"), units.DAY, lambda each: each.decision.day),
            Column(Text("Client"), value=lambda each: each.client.name),
            Column(Text("Decision"), value=lambda each: Text(each.decision.title)),
            Column(Text("Who"), value=lambda each: label(each.decision.who)),
            Column(Text("Overdue"), value=lambda each: Text("overdue") if each.decision.is_overdue else ""),
        ),
        awaited,
    )
    return (
        ChartBlock("clients_decisions", alt, partial(decision_chart, tuple(awaited), clients.day)),
        _as_table("clients_decisions_table", Text("Decisions of the next 90 days"), table),
    )


# Promises


def _promise_blocks(named: Sequence[NamedClient]) -> Iterator[Block]:
    promised = [each for each in named if each.figures.promised_finish is not None]
    approved = [each for each in promised if each.figures.approved_finish is not None]
    late = [each for each in approved if (days_moved(each) or 0) > 0]
    if not promised:
        yield Sentence(Text("No client has a plan with a finish."))
        return
    yield Sentence(
        sentences(
            Plural("{n} client has an approved plan.", "{n} clients have an approved plan.", len(approved)),
            Plural("{n} is later than promised.", "{n} are later than promised.", len(late)) if late else "",
        ),
        Role.NOTE,
    )
    alt = Text("The finish of each client: approved, and promised now. The same days are in its table.")
    yield ChartBlock("clients_promises", alt, partial(promise_chart, tuple(promised)))
    yield _as_table("clients_promises_table", Text("Promises and how they stand"), _promise_table(promised))


def _promise_table(named: Sequence[NamedClient]) -> Table:
    columns: tuple[Column[NamedClient], ...] = (
        Column(Text("Client"), value=lambda client: client.name),
        Column(Text("Approved finish"), units.DAY, lambda client: client.figures.approved_finish),
        Column(Text("Promised now"), value=promised_finish),
        Column(Text("Moved"), value=_moved_words),
        Column(
            Text("Chance of the approved day"),
            value=lambda client: "" if client.figures.chance is None else Share(client.figures.chance),
        ),
        Column(Text("Approved budget"), units.MONEY, lambda client: client.figures.approved_budget, _approved_budget),
        Column(Text("Budget now"), units.MONEY, lambda client: client.figures.promised_budget, promised_budget),
    )
    return table_of(columns, named)


def _approved_budget(client: NamedClient) -> Words:
    return "" if client.figures.approved_budget is None else Money(client.figures.approved_budget)


def _moved_words(client: NamedClient) -> Words:
    moved = days_moved(client)
    if moved is None:
        return Text("not approved")
    return later_text(moved) if moved else Text("as approved")
