"""After the finish: who watches and who patches, days and money a month, with every monitoring and a partner (M23).

Laws: days are the cost lines', and what is saved is the difference of two of them; what has no price has no amount,
never 0; where labour is not shown, days have no value.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain import units
from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.costing.labour import labour_cost
from zt_planner.engine.operation import activities_of, monitoring_fee, partner_fee
from zt_planner.errors import msgid
from zt_planner.language import Money, Text, Words, quantity
from zt_planner.topics.budget.benchmarks import own_watch_sentence
from zt_planner.topics.figure_names import OPERATION, choice_name
from zt_planner.topics.labels import NO_PRICE, label
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.trace import row_amount_text, shown_amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from zt_planner.domain.data.phase_model import Operation
    from zt_planner.domain.plan import UnitPrice
    from zt_planner.engine.operation import Activity
    from zt_planner.engine.plan import Plan
    from zt_planner.topics.trace import TraceNumber
    from zt_planner.topics.view import View

PARTNER_COSTS = {
    Operator.OWN: msgid(
        "A partner who operates identities and devices would cost {amount} a month and save your team {days}."
    ),
    Operator.PARTNER: msgid(
        "The partner who operates identities and devices costs {amount} a month and saves your team {days}."
    ),
}
NIGHTS = {
    Monitoring.NONE: msgid("Nobody watches, neither by day nor at night."),
    Monitoring.SIEM: msgid("Your team looks at the alerts in office hours. At night and at weekends nobody watches."),
    Monitoring.MDR: msgid("The MDR watches day and night, at weekends too. Your team is there when it calls."),
    Monitoring.SIEM_AND_MDR: msgid("The MDR watches day and night, at weekends too. Your team is there when it calls."),
}
OPERATED = {
    Operator.OWN: msgid("By your own team, monitoring as chosen"),
    Operator.PARTNER: msgid("With a partner, monitoring as chosen"),
}
VALUED = {Operator.OWN: msgid("Value by your own team"), Operator.PARTNER: msgid("Value with a partner")}
NOBODY, YOUR_TEAM, THE_MDR = msgid("nobody"), msgid("your team"), msgid("the MDR")
BOUGHT_NOTHING = "\N{EN DASH}"


class Setup(NamedTuple):
    """Who watches and who operates, what the own team does, and what is bought a month; None without a price."""

    monitoring: Monitoring
    operator: Operator
    activities: tuple[Activity, ...]
    watch: Decimal | None
    partner: Decimal | None

    @property
    def by_day(self) -> str:
        """Who looks at alerts in office hours."""
        return THE_MDR if self.monitoring.has_mdr else YOUR_TEAM if self.monitoring.has_siem else NOBODY

    @property
    def at_night(self) -> str:
        """Who watches at night and at weekends."""
        return THE_MDR if self.monitoring.has_mdr else NOBODY


def has_operation(view: View) -> bool:
    """Tell whether a plan has a schedule, and its model operation after it."""
    return bool(view.case.base_model.operations)


def days_with(view: View, monitoring: Monitoring, operator: Operator) -> tuple[Activity, ...]:
    """Return the activities of the own team with other choices."""
    other = {"monitoring": monitoring, "operation": operator}
    return activities_of(view.case, view.plan.scenario.choices.model_copy(update=other))


def operation_sentences(view: View) -> Iterator[Words]:
    """Yield how many days the own team needs, and what a partner costs and saves as the plan is now."""
    plan, figures = view.plan, view.plan.headlines
    yield Text(
        "From {month} on, operation takes {days} of your own team: effort, not cash.",
        month=Month.of(figures.finish_date).plus(1),
        days=quantity(figures.operation_days_monthly, units.DAYS_A_MONTH),
    )
    yield Text(NIGHTS[plan.scenario.choices.monitoring])
    if not plan.scenario.choices.monitoring.has_mdr:
        yield own_watch_sentence(view)
    fee = partner_fee(view.case, plan.tasks, figures.finish_date)
    if fee is None:
        yield Text("There is no price yet for a partner who operates identities and devices.")
        return
    yield Text(
        PARTNER_COSTS[plan.scenario.choices.operation],
        amount=Money(fee),
        days=quantity(days_saved(plan.scenario.choices.monitoring, view), units.DAYS_A_MONTH),
    )


def days_saved(monitoring: Monitoring, view: View) -> Fraction:
    """Return the days a month that a partner takes off the own team."""
    own, partner = (sum_of_days(days_with(view, monitoring, operator)) for operator in Operator)
    return own - partner


def sum_of_days(activities: Iterable[Activity]) -> Fraction:
    """Return what activities take together, in days a month."""
    return sum((each.days for each in activities), Fraction(0))


def days_text(days: TraceNumber | None) -> Words:
    """Write days a month as their trace does."""
    return row_amount_text(days, units.DAYS_A_MONTH)


def monitoring_title(monitoring: Monitoring, view: View) -> Words:
    """Return what a monitoring is called, and that it is the plan's where it is."""
    name = label(monitoring)
    is_chosen = view.plan.scenario.choices.monitoring is monitoring
    return Text("{choice} (chosen)", choice=name) if is_chosen else name


def activity_table(view: View) -> Table:
    """Return days and value a month by activity, their sum below.

    A column a monitoring, operated as the plan says, and one operated the other way; the values are of the plan's
    monitoring, operated in both ways.
    """
    choices, price = view.plan.scenario.choices, rate_after(view.plan)
    other = Operator.OWN if choices.operation is Operator.PARTNER else Operator.PARTNER
    used = {
        *(each.row.id for monitoring in Monitoring for each in days_with(view, monitoring, choices.operation)),
        *(each.row.id for each in days_with(view, choices.monitoring, other)),
    }
    rows: list[Operation | None] = [row for row in view.case.base_model.operations if row.id in used]

    def found(row: Operation | None, monitoring: Monitoring, operator: Operator) -> tuple[Activity, ...]:
        return tuple(each for each in days_with(view, monitoring, operator) if row is None or each.row == row)

    def days(name: Words, monitoring: Monitoring, operator: Operator) -> Column[Operation | None]:
        activities = days_with(view, monitoring, operator)
        amounts = shown_amounts([each.days for each in activities], units.DAYS_A_MONTH.places.tables)
        texts = {each.row.id: days_text(amount) for each, amount in zip(activities, amounts, strict=True)}
        total = days_text(sum_of_days(activities)) if activities else ""
        asks = f"{OPERATION}:{choice_name(monitoring, operator)}"
        return Column(
            name,
            units.NUMBER,
            words=lambda row: total if row is None else texts.get(row.id, ""),
            asks=lambda row: asks if row is None else "",
        )

    def value(name: Words, operator: Operator) -> Column[Operation | None]:
        def amount(row: Operation | None) -> Decimal | None:
            parts = found(row, choices.monitoring, operator)
            return value_of(parts, price) if parts else None

        return Column(name, units.EUROS, amount)

    shown = view.plan.shows_labour
    name: Column[Operation | None] = Column(
        Text("Days a month"), value=lambda row: Text("Total") if row is None else Text(row.activity)
    )
    columns = (
        name,
        *(days(monitoring_title(each, view), each, choices.operation) for each in Monitoring),
        days(Text(OPERATED[other]), choices.monitoring, other),
        *((value(Text("Value as chosen"), choices.operation), value(Text(VALUED[other]), other)) if shown else ()),
    )
    return table_of(columns, (*rows, None))


def rate_after(plan: Plan) -> UnitPrice | None:
    """Return the own team's day rate in the month after the finish; None without a price, and where it is hidden."""
    if not plan.shows_labour:
        return None
    return plan.case.prices.price_of(DayRate.INTERNAL, Month.of(plan.headlines.finish_date).plus(1))


def value_of(activities: Iterable[Activity], price: UnitPrice | None) -> Decimal | None:
    """Return what activities are worth a month, to the cent each; None without a price."""
    return None if price is None else sum((labour_cost(each.days, price) or ZERO for each in activities), ZERO)


def setups_of(view: View) -> tuple[Setup, ...]:
    """Return every monitoring, operated by the own team and by a partner."""
    plan, case, figures = view.plan, view.case, view.plan.headlines
    fee = partner_fee(case, plan.tasks, figures.finish_date)
    return tuple(
        Setup(
            monitoring,
            operator,
            days_with(view, monitoring, operator),
            monitoring_fee(case, plan.tasks, figures.finish_date, monitoring),
            fee if operator is Operator.PARTNER else ZERO,
        )
        for monitoring in Monitoring
        for operator in Operator
    )


def setup_table(view: View, setups: Iterable[Setup]) -> Table:
    """Return who does what in setups, the own team's days and what is bought a month."""
    plan, price = view.plan, rate_after(view.plan)
    choices = plan.scenario.choices

    def title(row: Setup) -> Words:
        name = label(row.monitoring)
        chosen = row.monitoring is choices.monitoring and row.operator is choices.operation
        return Text("{choice} (chosen)", choice=name) if chosen else name

    def money(name: Words, amount: Callable[[Setup], Decimal | None]) -> Column[Setup]:
        def words(row: Setup) -> Words:
            found = amount(row)
            if found is None:
                return NO_PRICE
            return Money(found) if found else BOUGHT_NOTHING

        return Column(name, units.EUROS, amount, words)

    columns: list[Column[Setup]] = [
        Column(Text("Monitoring"), value=title),
        Column(Text("Looks at alerts"), value=lambda row: Text(row.by_day)),
        Column(Text("Nights and weekends"), value=lambda row: Text(row.at_night)),
        Column(Text("Patches, devices, identities"), value=lambda row: label(row.operator)),
        Column(
            Text("Your team, days a month"),
            units.NUMBER,
            words=lambda row: days_text(sum_of_days(row.activities)),
            asks=lambda row: f"{OPERATION}:{choice_name(row.monitoring, row.operator)}",
        ),
        money(Text("Monitoring, a month"), lambda row: row.watch),
        money(Text("Partner, a month"), lambda row: row.partner),
    ]
    if plan.shows_labour:
        columns.append(
            Column(Text("Value of your team's days"), units.EUROS, lambda row: value_of(row.activities, price))
        )
    return table_of(columns, setups)
