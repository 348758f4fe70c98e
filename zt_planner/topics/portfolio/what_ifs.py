"""What becomes of all clients together: other settings, later starts, a cap on the provider's days, draws (M41, M42).

Laws: each client that moves is told with its reason; what is a heuristic is said to be one; the columns of a table are
those of its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from zt_planner.domain import units
from zt_planner.domain.money import rounded, total
from zt_planner.engine.plan import Plan
from zt_planner.engine.portfolio.joint import SHARES, JointDraws, MonthOfDraws
from zt_planner.engine.portfolio.levelling import LevelledPortfolio, MovedClient, Standing, has_other_mix
from zt_planner.engine.simulation.result import SURE
from zt_planner.language import (
    LongMonth,
    Money,
    Number,
    Plural,
    Share,
    ShortDay,
    Text,
    Trimmed,
    Words,
    sentences,
)
from zt_planner.topics.block import Block, Role, Sentence, TableBlock
from zt_planner.topics.labels import shortened_list
from zt_planner.topics.table import Column, table_of

INTRODUCTION = "introduction_budget"
SUMMED: Mapping[str, Words] = {
    INTRODUCTION: Text("Introduction"),
    "horizon_total": Text("Whole horizon"),
    "run_rate_monthly": Text("A month afterwards"),
}
"""The figures that are summed over all clients."""
MOST_NAMED, MOST_WEEKS_NAMED = 20, 5
"""Of clients and of weeks in a sentence; the files have every one."""


class ChangedClient(NamedTuple):
    """A client as its file says, and with what was set for all; None where it has no plan."""

    key: str
    before: Plan | None
    after: Plan | None

    @property
    def is_lower_bound(self) -> bool:
        """Tell whether one of its plans is not there or lacks a price: their difference says nothing."""
        return not all(plan is not None and plan.is_complete for plan in (self.before, self.after))


class WholeChange(NamedTuple):
    """A client's plans of which every price is known."""

    before: Plan
    after: Plan


class Comparison(NamedTuple):
    """All clients as their files say beside what is set for all."""

    clients: tuple[ChangedClient, ...]

    @property
    def whole(self) -> tuple[WholeChange, ...]:
        """The plans of the clients that are added up."""
        return tuple(
            WholeChange(client.before, client.after)
            for client in self.clients
            if client.before is not None and client.after is not None and not client.is_lower_bound
        )


def compared(filed: Mapping[str, Plan], plans: Mapping[str, Plan], stopped: Iterable[str] = ()) -> Comparison:
    """Return clients as their files say beside what is set for all; `stopped` have no schedule with that."""
    keys = sorted({*filed, *plans, *stopped})
    return Comparison(tuple(ChangedClient(key, filed.get(key), plans.get(key)) for key in keys))


class SumChange(NamedTuple):
    """A sum over all clients before and after; a lower bound where a price is missing."""

    title: Words
    before: Decimal
    after: Decimal
    is_lower_bound: bool


class MovedWeek(NamedTuple):
    """The provider's days in a week before and after, and the most that it may work."""

    monday: date
    before: Fraction
    after: Fraction
    most: Fraction


class JointSum(NamedTuple):
    """What is enough for all introductions in a share of the draws, together and by each client's own draws."""

    share: float
    together: Decimal
    apart: Decimal


def known(plan: Plan | None, figure: str = INTRODUCTION) -> Decimal | None:
    """Return an amount of a plan, None where nothing of it is known."""
    amount: Decimal | None = None if plan is None else plan.headlines[figure].known
    return amount


def _finish(plan: Plan | None) -> date | None:
    return None if plan is None else plan.headlines.finish_date


def _change_columns() -> Iterator[Column[ChangedClient]]:
    yield Column(Text("Client"), value=lambda client: client.key, name="client")
    for figure, title in SUMMED.items():
        yield from _sum_columns(figure, title)
    yield Column(Text("Finish"), units.DAY, lambda client: _finish(client.before), name="finish_before")
    yield Column(Text("Finish"), units.DAY, lambda client: _finish(client.after), name="finish_after")
    yield Column(Text("Licences"), value=_changed_mix, name="licence_mix")
    yield Column(Text("Lower bound"), value=lambda client: client.is_lower_bound, name="is_lower_bound")


def _sum_columns(figure: str, title: Words) -> Iterator[Column[ChangedClient]]:
    yield Column(title, units.MONEY, lambda client: known(client.before, figure), name=f"{figure}_before")
    yield Column(title, units.MONEY, lambda client: known(client.after, figure), name=f"{figure}_after")


def _changed_mix(client: ChangedClient) -> str | None:
    return None if client.before is None or client.after is None else _mix(client.before, client.after)


def _mix(before: Plan, after: Plan) -> str:
    """Return what becomes of a client's licence mix, as files have it."""
    return "other" if has_other_mix(before, after) else "same"


CHANGE_COLUMNS = tuple(_change_columns())
MOVE_COLUMNS: tuple[Column[MovedClient], ...] = (
    Column(Text("Client"), value=lambda client: client.key, name="client"),
    Column(Text("State"), value=lambda client: client.standing.value, name="standing"),
    Column(Text("Weeks later"), units.COUNT, lambda client: client.weeks, name="weeks"),
    Column(Text("Start"), units.DAY, lambda client: client.before.case.start, name="start_before"),
    Column(Text("New start"), units.DAY, lambda client: client.after.case.start, name="start_after"),
    Column(Text("Promised"), units.DAY, lambda client: client.promised_before, name="promised_before"),
    Column(Text("Now promised"), units.DAY, lambda client: client.promised_after, name="promised_after"),
    Column(
        Text("Promise"),
        value=lambda client: "broken" if client.breaks_promise else "kept",
        words=lambda client: Text("late") if client.breaks_promise else Text("in time"),
        name="promise",
    ),
    Column(Text("Introduction"), units.MONEY, lambda client: known(client.before), name="introduction_before"),
    Column(Text("New introduction"), units.MONEY, lambda client: known(client.after), name="introduction_after"),
    Column(
        Text("Licences"),
        value=lambda client: _mix(client.before, client.after),
        words=lambda client: Text("another mix") if client.has_other_mix else Text("same mix"),
        name="licence_mix",
    ),
    Column(
        Text("Lower bound"),
        value=lambda client: not (client.before.is_complete and client.after.is_complete),
        name="is_lower_bound",
    ),
)
"""All of a client that a later start changes; a reader sees those of `SHOWN_MOVES`."""
CHANGED_SUMS: tuple[Column[SumChange], ...] = (
    Column(Text("Sum"), value=lambda change: change.title),
    Column(Text("Files"), units.MONEY, lambda change: change.before),
    Column(Text("What if"), units.MONEY, lambda change: change.after),
    Column(Text("Difference"), units.MONEY, lambda change: change.after - change.before),
)
SHOWN_MOVES = ("client", "weeks", "start_after", "promised_before", "promised_after", "promise", "licence_mix")
WEEK_COLUMNS: tuple[Column[MovedWeek], ...] = (
    Column(Text("Week of"), units.DAY, lambda week: week.monday, name="monday"),
    Column(Text("Days"), units.PERSON_DAYS, lambda week: rounded(week.before, 2), name="days_before"),
    Column(Text("Days, moved"), units.PERSON_DAYS, lambda week: rounded(week.after, 2), name="days_after"),
    Column(Text("At most"), units.PERSON_DAYS, lambda week: rounded(week.most, 2), name="most"),
    Column(
        Text("Above it"),
        units.PERSON_DAYS,
        lambda week: rounded(max(week.after - week.most, Fraction(0)), 2),
        name="above",
    ),
)
SUM_COLUMNS: tuple[Column[JointSum], ...] = (
    Column(
        Text("Confidence"),
        units.SHARE,
        lambda row: Decimal(str(row.share)),
        lambda row: percent(row.share),
        name="share",
    ),
    Column(Text("Together"), units.MONEY, lambda row: row.together, name="together"),
    Column(Text("Added up"), units.MONEY, lambda row: row.apart, name="sum_of_singles"),
    Column(Text("Difference"), units.MONEY, lambda row: row.apart - row.together, name="difference"),
)


def percent(share: float) -> Share:
    return Share(Decimal(str(share)))


def _month_columns() -> Iterator[Column[MonthOfDraws]]:
    yield Column(Text("Month"), units.MONTH, lambda row: row.month, name="month")
    kinds = (
        ("money", units.MONEY, Text("Money, {share}")),
        ("external_days", units.PERSON_DAYS, Text("Days, {share}")),
    )
    for of, unit, title in kinds:
        for index, share in enumerate(SHARES):
            name = f"{'days' if unit is units.PERSON_DAYS else of}_p{round(share * 100)}"
            yield Column(Text(title.text, share=percent(share)), unit, partial(_enough, of=of, index=index), name=name)


def _enough(row: MonthOfDraws, of: str, index: int) -> Decimal:
    """Return the money or the days of a month that are enough in one of the shares of the draws."""
    amounts: tuple[Decimal, ...] = getattr(row, of)
    return amounts[index]


MONTH_COLUMNS = tuple(_month_columns())


def sums_of(joint: JointDraws) -> tuple[JointSum, ...]:
    """Return what is enough together, and added up, by share."""
    return tuple(JointSum(share, joint.introduction_at(share), joint.singles[share]) for share in SHARES)


def sum_change(figure: str, clients: Sequence[WholeChange | MovedClient]) -> SumChange:
    """Return what a figure of all clients comes to, before and after."""
    sides = [client.before for client in clients], [client.after for client in clients]
    before, after = (total(amount for plan in plans if (amount := known(plan, figure)) is not None) for plans in sides)
    is_whole = all(plan.headlines[figure].is_whole for plans in sides for plan in plans)
    return SumChange(SUMMED[figure], before, after, not is_whole)


def weeks_of(levelled: LevelledPortfolio) -> tuple[MovedWeek, ...]:
    """Return the provider's weeks."""
    nothing, most = Fraction(0), Fraction(levelled.days_a_week)
    return tuple(
        MovedWeek(monday, levelled.before.get(monday, nothing), levelled.after.get(monday, nothing), most)
        for monday in sorted({*levelled.before, *levelled.after})
    )


# Other settings


def changed_blocks(comparison: Comparison) -> Iterator[Block]:
    """Yield what all clients come to with what was set for all, beside what their files say."""
    whole = comparison.whole
    if whole:
        yield from _changed_sums(whole)
    missing = [client.key for client in comparison.clients if client.before is None or client.after is None]
    unpriced = [client.key for client in comparison.clients if client.is_lower_bound and client.key not in set(missing)]
    if unpriced:
        yield Sentence(
            Plural(
                "{n} client lacks a price, as its file says or with what is set, and is not added up: {clients}.",
                "{n} clients lack a price, as their files say or with what is set, and are not added up: {clients}.",
                len(unpriced),
                clients=shortened_list(unpriced, MOST_NAMED),
            ),
            Role.CAUTION,
        )
    if missing:
        yield Sentence(
            Plural(
                "{n} client has no plan, as its file says or with what is set, and is not compared: {clients}.",
                "{n} clients have no plan, as their files say or with what is set, and are not compared: {clients}.",
                len(missing),
                clients=shortened_list(missing, MOST_NAMED),
            ),
            Role.CAUTION,
        )


def _changed_sums(clients: Sequence[WholeChange]) -> Iterator[Block]:
    """Yield what clients come to of which every price is known, and whose finish and licences change."""
    sums = [sum_change(figure, clients) for figure in SUMMED]
    lead = Plural(
        "With what is set, {n} introduction costs {after} as planned, instead of {before}.",
        "With what is set, {n} introductions cost {after} as planned, instead of {before}.",
        len(clients),
        after=Money(sums[0].after),
        before=Money(sums[0].before),
    )
    yield Sentence(lead, Role.LEAD)
    yield TableBlock(Text("What changes"), table_of(CHANGED_SUMS, sums))
    days = [(client.after.headlines.finish_date - client.before.headlines.finish_date).days for client in clients]
    later, earlier = sum(each > 0 for each in days), sum(each < 0 for each in days)
    told = (
        Plural("{n} plan ends later.", "{n} plans end later.", later) if later else "",
        Plural("{n} plan ends earlier.", "{n} plans end earlier.", earlier) if earlier else "",
        "" if later or earlier else Text("No plan ends on another day."),
        _mixes(sum(has_other_mix(client.before, client.after) for client in clients)),
    )
    yield Sentence(sentences(*told))


# Later starts


def later_blocks(clients: Sequence[MovedClient]) -> Iterator[Block]:
    """Yield what the chosen starts change."""
    lead = Plural("{n} client starts later, as chosen.", "{n} clients start later, as chosen.", len(clients))
    yield Sentence(lead, Role.LEAD)
    yield from _moves(clients)


def levelled_blocks(levelled: LevelledPortfolio) -> Iterator[Block]:
    """Yield what a cap on the provider's days a week changes: the answer, who moves, what does not fit, and how."""
    clients, moved = levelled.clients, levelled.moved
    cap = Plural("{n} day a week", "{n} days a week", Trimmed(levelled.days_a_week, 2))
    moves = Plural("this {n} moves", "these {n} move", len(moved)) if moved else Text("none moves")
    values = {"cap": cap, "finish": ShortDay(levelled.ends), "moves": moves}
    lead = (
        Plural(
            "The {n} plan does not fit into {cap}; it ends by {finish}, with weeks above that; {moves}.",
            "The {n} plans do not all fit into {cap}; they end by {finish}, with weeks above that; {moves}.",
            len(clients),
            **values,
        )
        if levelled.above(levelled.after)
        else Plural(
            "With {cap} the {n} plan ends by {finish}; {moves}.",
            "With {cap} the {n} plans end by {finish}; {moves}.",
            len(clients),
            **values,
        )
    )
    yield Sentence(lead, Role.LEAD)
    yield from _moves(moved)
    yield from (Sentence(text, Role.CAUTION) for text in _unplaced(levelled))
    yield from (Sentence(text) for text in _weeks_above(levelled))
    yield Sentence(
        Text(
            "A heuristic: clients take their turn, those named first, then by the finish that is promised them. "
            "Another order may need fewer weeks."
        ),
        Role.NOTE,
    )


def _moves(clients: Sequence[MovedClient]) -> Iterator[Block]:
    """Yield the clients that start later as a table, and what that does to promises, money and licences."""
    if not clients:
        return
    shown = tuple(column for column in MOVE_COLUMNS if column.name in SHOWN_MOVES)
    yield TableBlock(Text("Who starts later"), table_of(shown, clients))
    broken = [client for client in clients if client.breaks_promise]
    if broken:
        yield Sentence(
            Plural(
                "{n} client does not finish in time any more: {clients}.",
                "{n} clients do not finish in time any more: {clients}.",
                len(broken),
                clients=_names(broken),
            ),
            Role.CAUTION,
        )
    else:
        yield Sentence(Text("All still finish in time."))
    yield Sentence(_money(clients))


def _money(clients: Sequence[MovedClient]) -> Words:
    """Say what the introductions of some clients cost as planned, before and after, and whose licences change."""
    change = sum_change(INTRODUCTION, clients)
    values = {"before": Money(change.before), "after": Money(change.after)}
    cost = (
        Text("As planned, their introduction costs at least {after} instead of at least {before}.", **values)
        if change.is_lower_bound
        else Text("As planned, their introduction costs {after} instead of {before}.", **values)
    )
    return sentences(cost, _mixes(sum(client.has_other_mix for client in clients)))


def _mixes(other: int) -> Words:
    if not other:
        return Text("All keep their licence mix.")
    return Plural("{n} client gets another licence mix.", "{n} clients get another licence mix.", other)


def _unplaced(levelled: LevelledPortfolio) -> Iterator[Words]:
    """Yield which clients keep their starts although they were not placed, and why."""
    under_way, large, no_room = map(levelled.standing_as, (Standing.UNDER_WAY, Standing.TOO_LARGE, Standing.NO_ROOM))
    if under_way:
        yield Plural(
            "{n} client is under way and stays: {clients}.",
            "{n} clients are under way and stay: {clients}.",
            len(under_way),
            clients=_names(under_way),
        )
    if large:
        yield Plural(
            "{n} client alone needs more days in a week than there are, and stays: {clients}.",
            "{n} clients alone need more days in a week than there are, each by itself, and stay: {clients}.",
            len(large),
            clients=_names(large),
        )
    if no_room:
        weeks = Plural("{n} week", "{n} weeks", levelled.most_weeks)
        yield Plural(
            "{n} client finds no room within {weeks}, and stays: {clients}.",
            "{n} clients find no room within {weeks}, and stay: {clients}.",
            len(no_room),
            weeks=weeks,
            clients=_names(no_room),
        )


def _weeks_above(levelled: LevelledPortfolio) -> Iterator[Words]:
    """Say in how many weeks there was too much to do, and in which there still is."""
    before, after = levelled.above(levelled.before), levelled.above(levelled.after)
    if before:
        yield Plural(
            "Before, {n} week was above it, the fullest with {days}.",
            "Before, {n} weeks were above it, the fullest with {days}.",
            len(before),
            days=_week_days(max(before.values())),
        )
    if after:
        weeks = [Text("{day} with {days}", day=ShortDay(day), days=_week_days(days)) for day, days in after.items()]
        yield Plural(
            "Now {n} week is, with {days}: that of {weeks}.",
            "Now {n} weeks are, the fullest with {days}: those of {weeks}.",
            len(after),
            days=_week_days(max(after.values())),
            weeks=shortened_list(weeks, MOST_WEEKS_NAMED),
        )


def _week_days(days: Fraction) -> Words:
    return Number(rounded(days, 2), 2)


def _names(clients: Sequence[MovedClient]) -> Words:
    return shortened_list([client.key for client in clients], MOST_NAMED)


def left_out_blocks(keys: Sequence[str]) -> Iterator[Block]:
    """Yield which clients are in none of these figures."""
    if keys:
        yield Sentence(
            Plural(
                "{n} client has no schedule and is in none of these figures: {clients}.",
                "{n} clients have no schedule and are in none of these figures: {clients}.",
                len(keys),
                clients=shortened_list(keys, MOST_NAMED),
            ),
            Role.CAUTION,
        )


# Joint draws


def joint_blocks(joint: JointDraws) -> Iterator[Block]:
    """Yield what all introductions cost together, beside the sum of what each is sure of, and why that differs."""
    lead = Plural(
        "With 80% confidence the introduction of {n} client costs {budget}.",
        "With 80% confidence the introductions of {n} clients cost {budget} together.",
        len(joint.clients),
        budget=Money(joint.introduction_at(SURE)),
    )
    yield Sentence(lead, Role.LEAD)
    if len(joint.clients) > 1:
        yield from (Sentence(text) for text in _why(joint))
    yield from _lower_bounds(joint)
    yield TableBlock(Text("All introductions"), table_of(SUM_COLUMNS, sums_of(joint)))
    yield TableBlock(Text("Money and the consultant's days by month"), table_of(MONTH_COLUMNS, joint.by_month()))
    later = joint.later_days_at(SURE)
    if later:
        yield Sentence(
            Plural(
                "After {month}, {n} day of the consultant is left, 80% sure.",
                "After {month}, {n} days of the consultant are left, 80% sure.",
                Number(later, 2),
                month=LongMonth(joint.months[-1]),
            )
        )
    yield Sentence(
        Text(
            "Each month stands for itself: its amounts do not add up to those of the sum. All amounts are without "
            "contingency, which is the reserve for what is drawn here."
        ),
        Role.NOTE,
    )


def _why(joint: JointDraws) -> Iterator[Words]:
    """Say why the sum of the clients' own budgets is another one, and where it is the other way round."""
    sure = rounded(joint.apart(SURE), 0)
    values = {"singles": Money(joint.singles[SURE]), "difference": Money(abs(sure))}
    if not sure:
        yield Text(
            "The clients' own 80% budgets add up to the same, because nothing is uncertain but prices and day rates, "
            "which are the same for all."
        )
    elif sure > 0:
        yield Text(
            "The clients' own 80% budgets add up to {singles}, {difference} more, because work takes longer than "
            "planned for one client or another, but not for all at once; prices and day rates that have a range are "
            "the same for all.",
            **values,
        )
    else:
        yield Text(
            "The clients' own 80% budgets add up to {singles}, {difference} less, because clients that need more than "
            "their own budget go further above it than the others stay below it.",
            **values,
        )
    for share in SHARES:
        apart = rounded(joint.apart(share), 0)
        other = {"share": percent(share), "difference": Money(abs(apart))}
        if apart < 0 < sure:
            yield Text(
                "With {share} confidence it is the other way round: together they cost {difference} more than added "
                "up, because clients that need more than their own budget go further above it than the others stay "
                "below it.",
                **other,
            )
        elif sure < 0 < apart:
            yield Text(
                "With {share} confidence it is the other way round: together they cost {difference} less than added "
                "up, because not all need more than planned at once.",
                **other,
            )


def _lower_bounds(joint: JointDraws) -> Iterator[Block]:
    if joint.at_least:
        yield Sentence(
            Plural(
                "Of {n} client a price is missing, so the sums are lower bounds: {clients}.",
                "Of {n} clients prices are missing, so the sums are lower bounds: {clients}.",
                len(joint.at_least),
                clients=shortened_list(joint.at_least, MOST_NAMED),
            ),
            Role.CAUTION,
        )
