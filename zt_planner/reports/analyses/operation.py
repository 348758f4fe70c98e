"""After the finish: the own team's days a month by activity, with every monitoring, and what a partner changes (M23).

Laws: days are the cost lines', and what is saved is the difference of two of them; what has no price has no amount,
never 0; where labour is not shown, days have no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.data.price_book import DayRate
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.costing.labour import labour_cost
from zt_planner.engine.operation import activities_of, partner_fee
from zt_planner.errors import msgid
from zt_planner.reports.figure import FigureUnit, figure_text
from zt_planner.reports.figure_names import OPERATION, choice_name
from zt_planner.reports.tables.table import CellFormat, Column, Table, table_of
from zt_planner.reports.trace import Counted, row_amount_text
from zt_planner.reports.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zt_planner.domain.data.phase_model import Operation
    from zt_planner.engine.operation import Activity
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

PARTNER_COSTS = {
    Operator.OWN: msgid(
        "A partner who operates identities and devices would cost {amount} a month and save your team {days}."
    ),
    Operator.PARTNER: msgid(
        "The partner who operates identities and devices costs {amount} a month and saves your team {days}."
    ),
}


@dataclass(frozen=True, slots=True)
class AfterFinish:
    """What stands about operation: the sentences, and the tables, which are made only where they are shown."""

    heading: str
    words: tuple[str, ...]
    context: TraceContext

    @property
    def by_activity(self) -> Table:
        """The days by activity."""
        return activity_table(self.context)

    @property
    def with_partner(self) -> Table:
        """What a partner changes."""
        return partner_table(self.context)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """The days a month with a monitoring, of the own team alone and with a partner."""

    monitoring: Monitoring
    own: Fraction
    partner: Fraction

    @property
    def saved(self) -> Fraction:
        """What the own team has less to do."""
        return self.own - self.partner


def has_operation(context: TraceContext) -> bool:
    """Tell whether a plan has a schedule, and its model operation after it."""
    return context.plan.headlines is not None and bool(context.case.base_model.operations)


def days_with(context: TraceContext, monitoring: Monitoring, operator: Operator) -> tuple[Activity, ...]:
    """Return the activities of the own team with other choices."""
    other = {"monitoring": monitoring, "operation": operator}
    return activities_of(context.case, context.plan.scenario.choices.model_copy(update=other))


def after_finish(context: TraceContext) -> AfterFinish | None:
    """Return what operation takes every month; None for a plan without a schedule, and a model without operation."""
    if not has_operation(context):
        return None
    return AfterFinish(context.language.say("After the finish"), tuple(sentences(context)), context)


def sentences(context: TraceContext) -> Iterable[str]:
    """Yield how many days the own team needs, and what a partner costs and saves as the plan is now."""
    plan, language, figures = context.plan, context.language, context.plan.headlines
    if figures is None:
        return
    yield language.say(
        "From {month} on, operation takes {days} of your own team: effort, not cash.",
        month=language.month(Month.of(figures.finish_date).plus(1)),
        days=figure_text(figures.operation_days_monthly, FigureUnit.DAYS_A_MONTH, language),
    )
    fee = partner_fee(context.case, plan.tasks, figures.finish_date)
    if fee is None:
        yield language.say("There is no price yet for a partner who operates identities and devices.")
        return
    yield language.say(
        PARTNER_COSTS[plan.scenario.choices.operation],
        amount=language.money(fee, 2),
        days=figure_text(
            partner_row(plan.scenario.choices.monitoring, context).saved, FigureUnit.DAYS_A_MONTH, language
        ),
    )


def partner_row(monitoring: Monitoring, context: TraceContext) -> PartnerRow:
    """Return the days with a monitoring."""
    own, partner = (sum_of_days(days_with(context, monitoring, operator)) for operator in Operator)
    return PartnerRow(monitoring, own, partner)


def sum_of_days(activities: Iterable[Activity]) -> Fraction:
    """Return what activities take together, in days a month."""
    return sum((each.days for each in activities), Fraction(0))


def exact_days(days: Fraction | None, language: Language) -> str:
    """Write days a month as their trace does: so exactly that they add up."""
    return row_amount_text(days, Counted.DAYS_A_MONTH, language)


def monitoring_title(monitoring: Monitoring, context: TraceContext) -> str:
    """Return what a monitoring is called, and that it is the plan's where it is."""
    name = label(monitoring, context.language)
    is_chosen = context.plan.scenario.choices.monitoring is monitoring
    return context.language.say("{choice} (chosen)", choice=name) if is_chosen else name


def activity_table(context: TraceContext) -> Table:
    """Return the days a month by activity, a column a monitoring, operated as the plan says; their sum below."""
    language, operator = context.language, context.plan.scenario.choices.operation
    days: Mapping[Monitoring, Mapping[str, Fraction]] = {
        monitoring: {row.id: amount for row, amount in days_with(context, monitoring, operator)}
        for monitoring in Monitoring
    }
    rows: list[Operation | None] = [
        row for row in context.case.base_model.operations if any(row.id in found for found in days.values())
    ]

    def column(monitoring: Monitoring) -> Column[Operation | None]:
        found = days[monitoring]
        return Column(
            monitoring_title(monitoring, context),
            CellFormat.NUMBER,
            words=lambda row: exact_days(
                sum(found.values(), Fraction(0)) if row is None else found.get(row.id), language
            ),
            asks=lambda row: f"{OPERATION}:{choice_name(monitoring, operator)}" if row is None else "",
        )

    name: Column[Operation | None] = Column(
        language.say("Days a month"),
        value=lambda row: language.say("Total") if row is None else language.say(row.activity),
    )
    return table_of((name, *map(column, Monitoring)), (*rows, None), language)


def partner_table(context: TraceContext) -> Table:
    """Return what a partner changes, a row a monitoring: days, what is saved and what it costs a month."""
    plan, case, language, figures = context.plan, context.case, context.language, context.plan.headlines
    say = language.say
    fee = None if figures is None else partner_fee(case, plan.tasks, figures.finish_date)
    month = plan.months[0] if figures is None else Month.of(figures.finish_date).plus(1)
    price = case.prices.price_of(DayRate.INTERNAL, month) if plan.shows_labour else None
    columns: list[Column[PartnerRow]] = [
        Column(say("Monitoring"), value=lambda row: monitoring_title(row.monitoring, context)),
        Column(
            say("Your team alone, days a month"),
            CellFormat.NUMBER,
            words=lambda row: exact_days(row.own, language),
            asks=lambda row: f"{OPERATION}:{choice_name(row.monitoring, Operator.OWN)}",
        ),
        Column(
            say("With a partner, days a month"),
            CellFormat.NUMBER,
            words=lambda row: exact_days(row.partner, language),
            asks=lambda row: f"{OPERATION}:{choice_name(row.monitoring, Operator.PARTNER)}",
        ),
        Column(say("Days saved"), CellFormat.NUMBER, words=lambda row: exact_days(row.saved, language)),
    ]
    if plan.shows_labour:
        columns.append(
            Column(say("Value of the days saved"), CellFormat.MONEY, lambda row: labour_cost(row.saved, price))
        )
    columns.append(
        Column(
            say("Partner, a month"),
            CellFormat.MONEY,
            lambda _: fee,
            lambda _: say("no price") if fee is None else language.money(fee, 2),
        )
    )
    return table_of(columns, (partner_row(monitoring, context) for monitoring in Monitoring), language)
