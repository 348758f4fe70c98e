"""Plans side by side: their key figures with what differs from the first plan, and the bridges between them.

Decides which figures are compared and what a difference reads as. Where the own team's days after the finish differ,
what is paid a month is better or worse only together with them, at their value. Laws: a difference is that of the two
figures, to the cent and the day; where a price is missing, or there is no schedule, there is none, never 0; a plan is
never called better because it is later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zt_planner.domain import units
from zt_planner.domain.headlines import Amount, FigureName
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.units import Unit
from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.promise import WhyOwnFigures
from zt_planner.engine.under_way.slip import postponed
from zt_planner.errors import msgid
from zt_planner.language import (
    Capitalised,
    Labelled,
    Listed,
    LongDay,
    Money,
    Number,
    ShortDay,
    Text,
    Words,
    sentences,
)
from zt_planner.topics.effects import effect_text, finish_effect_text
from zt_planner.topics.figure import KeyFigure, amount_words, without_labour
from zt_planner.topics.figure_names import difference_name
from zt_planner.topics.headline.cards import changed_words
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.labels import horizon_words, own_basis, own_title, with_aside
from zt_planner.topics.operation.own_days import monthly_of
from zt_planner.topics.palette import LIGHT, Palette
from zt_planner.topics.risk.confidence import chance_text
from zt_planner.topics.sentence import Promising, has_whole_budget, promised_budget
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.view import StoppedView
from zt_planner.topics.waterfall import ChangeScale, WaterfallBar, waterfall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.compare.bridge import Bridge, Contribution
    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.topics.block import Drawing
    from zt_planner.topics.trace import TraceValue
    from zt_planner.topics.view import AnyView

WITHOUT_OWN_DAYS = frozenset({FigureName.RUN_RATE_MONTHLY, FigureName.HORIZON_TOTAL, "operation_days_monthly"})
WITH_OWN_DAYS = KeyFigure(
    name="monthly_with_own_days", title=msgid("After that, a month, with your team’s days at their value")
)
"""What a month after the finish takes in all, where the days of the own team differ between plans."""
COMPARED = (
    *("introduction_budget", "first_year_budget", "one_off_total", "run_rate_monthly", "operation_days_monthly"),
    *(WITH_OWN_DAYS.name, "horizon_total", "peak_amount", "start_date", "mfa_date", "finish_date", "duration_months"),
    *("internal_days", "internal_value", "external_days", "nis2", "nis2_partly"),
)
"""The key figures that are compared, in this order."""
NEUTRAL = frozenset({"first_year_budget", "start_date", "duration_months", "nis2_partly"})
"""Figures that are neither better nor worse: a first year is cash of one year, a start is a choice, and the others
follow from figures that are."""
LOWER_WHEN_LATE = frozenset({FigureName.INTRODUCTION_BUDGET, FigureName.HORIZON_TOTAL})
"""Figures that hold what recurs for a number of months: less of it falls into these where a plan is later."""
GROUPS = {
    InputGroup.PEOPLE: msgid("People and what follows them"),
    InputGroup.LICENCES: msgid("Licences and prices"),
    InputGroup.DAY_RATES: msgid("Day rates"),
    InputGroup.MONITORING: msgid("Monitoring and operation"),
    InputGroup.SCOPE: msgid("Scope and tasks"),
    InputGroup.HARDWARE: msgid("Hardware and network"),
    InputGroup.CALENDAR: msgid("Calendar and teams"),
    InputGroup.FINANCE: msgid("Contingency and other finance"),
    InputGroup.STATUS: msgid("What has happened so far"),
}


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure of every plan, and by how much those after the first one differ from it: dates in calendar days.

    Of a part, only the figure that it is a part of is better or worse; the plans after the first that are `late_only`
    have a lower figure only because they are later.
    """

    figure: KeyFigure
    amounts: tuple[Amount[Any] | None, ...]
    is_part: bool = False
    late_only: tuple[bool, ...] = ()

    @property
    def values(self) -> tuple[TraceValue, ...]:
        """The figure of each plan; None where it lacks a price, or there is none."""
        return tuple(amount.value if amount is not None and amount.is_whole else None for amount in self.amounts)

    @property
    def differences(self) -> tuple[Decimal | Fraction | int | None, ...]:
        """What those after the first one differ by."""
        first, *others = self.values
        return tuple(difference(first, value) for value in others)

    @property
    def changes(self) -> tuple[Words, ...]:
        """What those after the first one differ by, in words."""
        late = self.late_only or (False,) * len(self.differences)
        return tuple(
            difference_text(value, self.figure, is_part=self.is_part or is_late)
            for value, is_late in zip(self.differences, late, strict=True)
        )


def compared_figures(comparison: Comparison) -> tuple[ComparedFigure, ...]:
    """Return the figures that at least one plan has."""
    together = _with_own_days(comparison)
    rows: list[ComparedFigure] = []
    for name in COMPARED:
        if name != WITH_OWN_DAYS.name:
            amounts = tuple(by_name()[name].amount(variant.plan) for variant in comparison.variants)
            is_part = together is not None and name in WITHOUT_OWN_DAYS
            rows.append(ComparedFigure(by_name()[name], amounts, is_part, _late_only(name, comparison)))
        elif together is not None:
            rows.append(together)
    return tuple(row for row in rows if any(amount is not None for amount in row.amounts))


def _late_only(name: str, comparison: Comparison) -> tuple[bool, ...]:
    """Tell of each plan after the first whether a figure is lower only because it is later: nothing one-off is."""
    first = comparison.first.plan
    if name not in LOWER_WHEN_LATE or isinstance(first, StoppedPlan):
        return ()
    then = first.headlines
    return tuple(
        isinstance(each.plan, Plan)
        and bool(postponed(each.plan.headlines, then))
        and rounded(each.plan.headlines.one_off_total - then.one_off_total, 0) >= 0
        and each.plan.headlines[name].value < then[name].value
        for each in comparison.others
    )


def _with_own_days(comparison: Comparison) -> ComparedFigure | None:
    """Return what a month takes in all; None where the days are the same in every plan of which they are known."""
    months = [None if isinstance(each.plan, StoppedPlan) else monthly_of(each.plan) for each in comparison.variants]
    if len({month.days for month in months if month is not None}) <= 1:
        return None
    return ComparedFigure(WITH_OWN_DAYS, tuple(None if month is None else Amount(month.together) for month in months))


def difference(before: TraceValue, after: TraceValue) -> Decimal | Fraction | int | None:
    """Return by how much a value is more, a day later in calendar days; None where one of them is not there."""
    if isinstance(before, date) and isinstance(after, date):
        return (after - before).days
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return after - before
    if isinstance(before, Fraction | int) and isinstance(after, Fraction | int):
        return after - before
    return None


def difference_text(value: Decimal | Fraction | int | None, figure: KeyFigure, *, is_part: bool = False) -> Words:
    """Say what differs with its sign, dates as earlier or later; and whether that is better or worse, unless a part."""
    if value is None:
        return ""
    if not value:
        return Text("the same")
    change = changed_words(value, figure.unit)
    if is_part or figure.name in NEUTRAL:
        return change
    is_better_higher = figure.card is not None and figure.card.is_better_higher
    if (value > 0) is is_better_higher:
        return Text("{change} · better", change=change)
    return Text("{change} · worse", change=change)


def figure_name(figure: KeyFigure, comparison: Comparison) -> Words:
    """Return what a figure is called; that of the horizon names its months."""
    plan = next(variant.plan for variant in comparison.variants if isinstance(variant.plan, Plan))
    title = horizon_words(plan) if figure.name == BridgeFigure.HORIZON_TOTAL else Text(figure.title)
    return without_labour(title, plan) if figure.holds_labour else title


def bridge_name(figure: BridgeFigure) -> Text:
    """Return what the figure of a bridge is called."""
    return Text(by_name()[figure].title)


def figure_columns(comparison: Comparison) -> tuple[Column[ComparedFigure], ...]:
    """Return the columns of the key figures: each plan by its letter, then what differs from the first."""
    return (
        Column(Text("Name"), value=lambda row: row.figure.name, name="figure"),
        Column(Text("Figure"), value=lambda row: figure_name(row.figure, comparison), name="title"),
        Column(
            Text("Unit"),
            words=lambda row: Text(row.figure.unit.name),
            plain=lambda row: row.figure.unit.name,
            name="unit",
        ),
        *(_plan_column(index, variant) for index, variant in enumerate(comparison.variants)),
        *(_change_column(index, variant, comparison) for index, variant in enumerate(comparison.others)),
    )


def _plan_column(index: int, variant: Variant) -> Column[ComparedFigure]:
    return Column(
        variant.letter,
        units.NUMBER,
        words=lambda row: value_text(row, index),
        plain=lambda row: plain(row.values[index], row.figure.unit),
        name=variant.letter.lower(),
    )


def _change_column(index: int, variant: Variant, comparison: Comparison) -> Column[ComparedFigure]:
    first = comparison.first.letter
    return Column(
        against(variant.letter, first),
        units.NUMBER,
        words=lambda row: row.changes[index],
        plain=lambda row: plain(row.differences[index], row.figure.unit),
        asks=lambda row: difference_name(variant.letter, row.figure.name),
        name=f"{variant.letter}_minus_{first}".lower(),
    )


def against(other: str, first: str) -> Words:
    """Name the way from the first plan to another, by their letters."""
    return Text("{other} against {first}", other=other, first=first)


def value_text(row: ComparedFigure, index: int) -> Words:
    """Write a figure of a plan; one that lacks a price as the least that it comes to."""
    words = amount_words(row.amounts[index], row.figure.unit)
    return LongDay(words) if isinstance(words, date) else words


def plain(value: TraceValue, unit: Unit) -> Any:  # noqa: ANN401 - whatever a file's cell holds
    """Return a value for programs: fixed decimals, days as days."""
    return unit.exact(value) if isinstance(value, Decimal | Fraction) else value


def figure_table(comparison: Comparison) -> Table:
    """Return the key figures side by side, to read."""
    columns = [column for column in figure_columns(comparison) if column.name not in {"figure", "unit"}]
    return table_of(columns, compared_figures(comparison))


def promise_table(comparison: Comparison, views: Mapping[str, AnyView]) -> Table:
    """Return what each plan promises, the chance of keeping what it plans, and what differs from the first (M34)."""
    first = views[comparison.first.letter]

    def row(variant: Variant) -> tuple[Words, ...]:
        view = views[variant.letter]
        name = Labelled(variant.letter, variant.name)
        if isinstance(view, StoppedView) or isinstance(first, StoppedView):
            return (name, "", "", "")
        both = view.promise.both_chance
        return (name, *promise_cells(view, first), "" if both is None else chance_text(both))

    basis = own_basis(comparison.first.plan)
    chance = with_aside(Text("Chance of keeping budget and date"), basis)
    columns = (Text("Plan"), Text("Promised budget"), Text("Done by"), chance)
    return Table(columns, tuple(map(row, comparison.variants)), numbers=(1, 3))


def promise_cells(other: Promising, first: Promising | None) -> tuple[Words, Words]:
    """Return the budget and the finish that a plan promises, with what differs from the first plan's as it is shown."""
    more, days = (None, 0) if first is None else promise_difference(other, first)
    return (
        with_aside(promised_budget(other), Money(more, is_signed=True) if more else ""),
        with_aside(ShortDay(other.promise.finish), finish_effect_text(days) if days else ""),
    )


def promise_difference(other: Promising, first: Promising) -> tuple[Decimal | None, int]:
    """Return what a plan promises more than the first one, as it is shown, and how many days later it is done.

    The amount is None where a price of either budget is missing.
    """
    budget, before = other.promise.rounded_budget, first.promise.rounded_budget
    more = None
    if budget is not None and before is not None and all(has_whole_budget(each.plan) for each in (other, first)):
        more = rounded(budget, 0) - rounded(before, 0)
    return more, (other.promise.finish - first.promise.finish).days


def promise_titles(of: Promising, budget: Words, finish: Words) -> tuple[Words, Words]:
    """Return what the budget and the finish that are promised are called: how sure they are, or the plan's own."""
    plan, promise = of.plan, of.promise
    share = promise.confidence.share
    own = own_title(budget, plan), own_title(finish, plan)
    if share is None:
        return own
    sure = tuple(with_aside(title, Text("{share} sure", share=chance_text(share))) for title in (budget, finish))
    return (
        sure[0] if promise.why_planned_budget is None else own[0],
        sure[1] if promise.why_planned_finish is None else own[1],
    )


def promised_statements(of: Promising, budget: Words, finish: Words = "") -> Words:
    """Say before statements about the budget and the finish that are promised how sure these are."""
    bases = tuple(_basis(of, why) for why in (of.promise.why_planned_budget, of.promise.why_planned_finish))
    if not finish or bases[0] == bases[1]:
        return Labelled(bases[0], sentences(budget, finish))
    return sentences(Labelled(bases[0], budget), Labelled(bases[1], finish))


def _basis(of: Promising, why: WhyOwnFigures | None) -> Words:
    share = of.promise.confidence.share
    if why is None and share is not None:
        return Capitalised(Text("with {sure} confidence", sure=chance_text(share)))
    return Capitalised(own_basis(of.plan))


def bar_text(bar: Contribution[InputGroup], figure: BridgeFigure) -> Words:
    """Write what a group adds, with its sign or as days earlier or later; a dash where it adds nothing."""
    return _amount_text(bar.amount, figure) if bar.amount else "\N{EN DASH}"


def bars_by_size(bridge: Bridge) -> tuple[Contribution[InputGroup], ...]:
    """Return the bars that move the figure, the largest first."""
    return tuple(sorted((bar for bar in bridge.bars if bar.amount), key=lambda bar: -abs(bar.amount)))


def bridge_table(variant: Variant) -> Table:
    """Return what each group that differs adds to each figure, and all of them; to read."""
    given = [bridge for bridge in variant.bridges if bridge.bars]
    groups = [bar.cause for bar in given[0].bars] if given else []
    rows = [
        (
            Text(GROUPS[group]),
            *(bar_text(bridge.bars[index], bridge.figure) for bridge in given),
        )
        for index, group in enumerate(groups)
    ]
    total = (Text("All together"), *(total_text(bridge) for bridge in given))
    columns = (Text("Inputs"), *(bridge_name(bridge.figure) for bridge in given))
    return Table(columns, (*rows, total) if rows else (), numbers=tuple(range(1, len(columns))))


def total_text(bridge: Bridge) -> Words:
    """Write what a bridge leads over, with its sign."""
    return _amount_text(bridge.total, bridge.figure) if bridge.total else Text("the same")


def _amount_text(amount: Decimal, figure: BridgeFigure) -> Words:
    if figure is BridgeFigure.FINISH_DATE:
        return finish_effect_text(int(amount))
    return effect_text(amount, figure.places)


def bridge_chart(bridge: Bridge, first: Variant, other: Variant, palette: Palette = LIGHT) -> Drawing:
    """Return the picture of a bridge that has a bar."""
    ends = (end_text(bridge.figure, first), end_text(bridge.figure, other))
    bars = [WaterfallBar(Text(GROUPS[bar.cause]), bar.amount) for bar in bars_by_size(bridge)]
    return waterfall(ends, bars, _scale(bridge.figure, first), palette)


def _scale(figure: BridgeFigure, first: Variant) -> ChangeScale:
    """Return how changes of a figure read: money with its sign, days as earlier or later."""
    if figure is BridgeFigure.FINISH_DATE:
        title = Text("Calendar days against {plan}", plan=first.letter)
        return ChangeScale(title, Number, lambda days: finish_effect_text(int(days)))
    return ChangeScale(
        Text("Change against {plan}", plan=first.letter),
        lambda amount: Money(amount, is_signed=True),
        lambda amount: Money(amount, 2, is_signed=True),
    )


def end_text(figure: BridgeFigure, variant: Variant) -> Words:
    """Say what a plan's figure is at its end of the bridge."""
    if isinstance(variant.plan, StoppedPlan):
        return variant.letter
    figures = variant.plan.headlines
    if figure is BridgeFigure.FINISH_DATE:
        return Listed((variant.letter, LongDay(figures.finish_date)), " ")
    return Listed((variant.letter, Money(getattr(figures, figure.value), 2)), " ")


def bridge_alt(bridge: Bridge, first: Variant, other: Variant) -> Words:
    """Describe the picture of a bridge that has a bar."""
    largest = bars_by_size(bridge)[0]
    return Text(
        "{figure} from {first} to {last}: {total}. A bar for each group of inputs that moves it, the largest is {name} "
        "with {amount}. The same amounts are in its table.",
        figure=bridge_name(bridge.figure),
        first=end_text(bridge.figure, first),
        last=end_text(bridge.figure, other),
        total=total_text(bridge),
        name=Text(GROUPS[largest.cause]),
        amount=bar_text(largest, bridge.figure),
    )
