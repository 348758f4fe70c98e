"""Doing nothing beside the plan, as tables: views, sources, curve, months, controls, the article (M28).

Law: every figure of a loss has its population, source, date and confidence in the same row.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from zt_planner.domain.data.losses import LossView
from zt_planner.domain.data.price_book import UNVERIFIED
from zt_planner.domain.month import MONTHS_A_YEAR
from zt_planner.engine.costing.trust import Mark
from zt_planner.errors import msgid
from zt_planner.reports.analyses.reasons.losses import LARGE, LEAST_SOURCES, euros, frequency_text, loss_chance
from zt_planner.reports.figure_names import loss_name
from zt_planner.reports.tables.table import CellFormat, Column, Table, table_of
from zt_planner.reports.words.badges import Badge, badges
from zt_planner.reports.words.labels import label, span_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zt_planner.domain.data.losses import ArticleClaim, Published, Sourced
    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import Plan
    from zt_planner.engine.losses import CreditedControl, LossEstimate, LossOutlook, SourceLoss
    from zt_planner.engine.severity import Credit
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

Row = TypeVar("Row")
AMOUNTS = (10_000, 30_000, LARGE, 300_000, 1_000_000, 3_000_000, 10_000_000)
"""The losses at which the table of the curve tells the chance."""
SPANS = (msgid("Without the plan"), msgid("From the start of the plan"), msgid("Once the plan is done"))
"""Three years each."""


def source_badges(row: Sourced | None, plan: Plan, language: Language) -> tuple[Badge, ...]:
    """Return what is to be known of a source: that nobody has verified it, and that it is old."""
    if row is None:
        return (Badge(Mark.OWN, language.say("own view")),)
    found: list[Badge] = []
    if row.confidence in UNVERIFIED:
        found += badges((Mark.UNVERIFIED,), language)
    if row.is_stale(plan.today):
        found.append(Badge(Mark.STALE, language.say("over two years old")))
    return tuple(found)


class ViewRow(NamedTuple):
    """A view as it stands in the table."""

    choice: LossView
    estimate: LossEstimate

    @property
    def first(self) -> SourceLoss:
        """The source that holds."""
        return self.estimate.sources[0]


def source_text(row: Sourced, language: Language) -> str:
    """Return a source with its year, once."""
    source, year = language.say(row.source), "" if row.source_year is None else str(row.source_year)
    return source if year in row.source else f"{source}, {year}"


def published_text(row: Sourced, language: Language) -> str:
    """Write who says something, of whom, when it was read and how sure it is."""
    return language.say(
        "{source}; {population}; read on {day}; {confidence}",
        source=source_text(row, language),
        population=language.say(row.population),
        day=language.short_day(row.read_on),
        confidence=label(row.confidence, language),
    )


def published_column(source: Callable[[Row], Published | None], language: Language) -> Column[Row]:
    """Return all that stands behind a published figure in one column."""

    def words(row: Row) -> str:
        found = source(row)
        return "" if found is None else published_text(found, language)

    return Column(language.say("Source"), words=words)


def published_columns(source: Callable[[Row], Published | None], language: Language) -> tuple[Column[Row], ...]:
    """Return the columns that stand behind every figure that somebody has published."""
    say = language.say

    def column(title: str, text: Callable[[Published], str], form: CellFormat = CellFormat.TEXT) -> Column[Row]:
        return Column(title, form, words=lambda row: "" if (found := source(row)) is None else text(found))

    return (
        column(say("Population"), lambda row: say(row.population)),
        column(say("Source"), lambda row: source_text(row, language)),
        column(say("Read on"), lambda row: language.short_day(row.read_on), CellFormat.DATE),
        column(say("Confidence"), lambda row: label(row.confidence, language)),
    )


def views_table(outlook: LossOutlook, language: Language) -> Table:
    """Return the views side by side: what each comes to for this company without the plan."""
    say = language.say
    rows = [ViewRow(choice, outlook.views[choice]) for choice in LossView if choice in outlook.views]
    columns: list[Column[ViewRow]] = [
        Column(say("View"), words=lambda row: label(row.choice, language)),
        Column(say("Counted"), words=lambda row: say(counted(row.first))),
        Column(
            say("Frequency a year"), CellFormat.NUMBER, words=lambda row: frequency_text(row.first.frequency, language)
        ),
        Column(
            say("Expected loss a year"),
            CellFormat.EUROS,
            words=lambda row: euros(row.estimate.yearly(), language),
            asks=lambda row: loss_name(row.choice),
        ),
        Column(say("By source"), CellFormat.EUROS, words=lambda row: sources_span(row.estimate.sources, language)),
        Column(
            say("Loss above {amount} within three years", amount=language.money(LARGE)),
            CellFormat.NUMBER,
            words=lambda row: loss_chance(row.estimate.chance(LARGE, outlook.before), language),
            asks=lambda row: loss_name(row.choice, is_chance=True),
        ),
        *published_columns(lambda row: row.first.source, language),
    ]
    return table_of(columns, rows, language, lambda row: source_badges(row.first.source, outlook.plan, language))


def counted(loss: SourceLoss) -> str:
    """Return what a source counts."""
    return msgid("a loss as you expect it") if loss.source is None else loss.source.counted


def sources_span(sources: Sequence[SourceLoss], language: Language) -> str:
    """Return the lowest and the highest expected loss of a view's sources."""
    yearly = [each.yearly for each in sources if each.yearly is not None]
    if len(yearly) < LEAST_SOURCES:
        return ""
    return span_text(euros(min(yearly), language), euros(max(yearly), language), language)


def sources_table(outlook: LossOutlook, language: Language) -> Table:
    """Return every source of every view, with what it says of this company."""
    say = language.say
    columns: tuple[Column[SourceLoss], ...] = (
        Column(say("Counted"), words=lambda row: say(counted(row))),
        Column(say("Frequency a year"), CellFormat.NUMBER, words=lambda row: frequency_text(row.frequency, language)),
        Column(say("One loss on average"), CellFormat.EUROS, words=lambda row: mean_text(row, language)),
        Column(say("Exchange rate"), words=lambda row: rate_text(row, language)),
        *published_columns(lambda row: row.source, language),
        Column(say("Note"), words=lambda row: say(row.source.note) if row.source and row.source.note else ""),
    )
    rows = [row for estimate in outlook.views.values() for row in estimate.sources]
    return table_of(columns, rows, language, lambda row: source_badges(row.source, outlook.plan, language))


def mean_text(loss: SourceLoss, language: Language) -> str:
    """Return what one loss costs on average by a source."""
    return language.say("no mean") if loss.mean is None else euros(loss.mean, language)


def rate_text(loss: SourceLoss, language: Language) -> str:
    """Return what a source's currency was converted at, and of which day that is."""
    rate = loss.rate
    if rate is None or rate.eur_per_unit == 1:
        return ""
    return language.say(
        "{rate} EUR for 1 {currency}, of {day}",
        rate=language.trimmed(rate.eur_per_unit, 6),
        currency=rate.currency,
        day=language.short_day(rate.date),
    )


class Curve(NamedTuple):
    """A line of a picture and a column of its table: the chance of a loss above an amount within some months."""

    title: str
    estimate: LossEstimate
    months: tuple[Credit, ...]

    def chance(self, amount: float) -> float:
        """Return the chance of a loss above an amount."""
        return self.estimate.chance(amount, self.months)

    def text(self, language: Language, amount: int) -> str:
        """Write the chance of a loss above an amount."""
        return loss_chance(self.chance(amount), language)


def plan_curves(outlook: LossOutlook, estimate: LossEstimate, language: Language) -> tuple[Curve, ...]:
    """Return a view's curves without the plan, from its start, and once it is done."""
    spans = zip(SPANS, (outlook.before, outlook.during, outlook.after), strict=True)
    return tuple(Curve(language.say(title), estimate, months) for title, months in spans)


def view_curves(outlook: LossOutlook, language: Language) -> tuple[Curve, ...]:
    """Return the curve of each view without the plan."""
    views = [view for view in LossView if view in outlook.views]
    return tuple(Curve(label(view, language), outlook.views[view], outlook.before) for view in views)


def curve_table(curves: Sequence[Curve], language: Language) -> Table:
    """Return the chance of a loss above some amounts, a curve a column."""
    columns: list[Column[int]] = [
        Column(language.say("Loss above"), CellFormat.EUROS, words=language.money),
        *(Column(curve.title, CellFormat.NUMBER, words=partial(curve.text, language)) for curve in curves),
    ]
    return table_of(columns, AMOUNTS, language)


def curve_alt(curves: Sequence[Curve], language: Language) -> str:
    """Describe a picture of curves for those who cannot see it."""
    return language.say(
        "Curves: the chance of a loss above an amount within three years falls as the amount grows. Above {amount}: "
        "{chances}.",
        amount=language.money(LARGE),
        chances=language.series(language.labelled(curve.title, curve.text(language, LARGE)) for curve in curves),
    )


class MonthRow(NamedTuple):
    """A month of the introduction: what is expected without the plan and with it, and what begins to count."""

    month: Month
    before: float
    during: float
    begins: tuple[CreditedControl, ...]


def month_rows(outlook: LossOutlook, estimate: LossEstimate, months: Iterable[Month]) -> tuple[MonthRow, ...]:
    """Return the expected loss of months."""
    return tuple(
        MonthRow(
            month,
            estimate.yearly() / MONTHS_A_YEAR,
            estimate.yearly(outlook.credit_in(month)) / MONTHS_A_YEAR,
            tuple(each for each in outlook.controls if each.since == month),
        )
        for month in months
    )


def months_table(rows: Iterable[MonthRow], language: Language) -> Table:
    """Return the expected loss month by month."""
    say = language.say
    columns: tuple[Column[MonthRow], ...] = (
        Column(say("Month"), CellFormat.MONTH, lambda row: row.month),
        Column(say("Without the plan"), CellFormat.EUROS, words=lambda row: euros(row.before, language)),
        Column(say("With the plan"), CellFormat.EUROS, words=lambda row: euros(row.during, language)),
        Column(
            say("Counts from now on"), words=lambda row: language.series(say(each.row.control) for each in row.begins)
        ),
    )
    return table_of(columns, rows, language)


def months_alt(rows: Sequence[MonthRow], language: Language) -> str:
    """Describe the picture of the months for those who cannot see it."""
    first, last = (euros(row.during, language) for row in (rows[0], rows[-1]))
    if first == last:
        return language.say("Bars: the expected loss stays at {amount} a month.", amount=first)
    return language.say(
        "Bars: the expected loss falls from {first} a month to {last} in {month}.",
        first=first,
        last=last,
        month=language.month(rows[-1].month),
    )


def since_text(control: CreditedControl, language: Language) -> str:
    """Say from when on a control counts."""
    if control.since is None:
        return language.say("not in this plan")
    return language.say("from {month} on", month=language.month(control.since))


def controls_table(outlook: LossOutlook, language: Language) -> Table:
    """Return the controls with their relative risks, from when on they count, and the evidence."""
    say = language.say
    columns: tuple[Column[CreditedControl], ...] = (
        Column(say("Control"), words=lambda row: say(row.row.control)),
        Column(say("Frequency ×"), CellFormat.NUMBER, lambda row: Decimal(str(row.on_frequency))),
        Column(say("Severity ×"), CellFormat.NUMBER, lambda row: Decimal(str(row.on_severity))),
        Column(say("Counts (month after its last task)"), words=lambda row: since_text(row, language)),
        Column(say("Evidence"), words=lambda row: say(row.row.evidence)),
        *published_columns(lambda row: row.row, language),
    )
    return table_of(columns, outlook.controls, language, lambda row: source_badges(row.row, outlook.plan, language))


def claims_table(context: TraceContext) -> Table:
    """Return what the article says of losses beside what the sources hold."""
    language, plan = context.language, context.plan
    where_from: tuple[Column[ArticleClaim], ...] = published_columns(lambda row: row, language)
    columns: tuple[Column[ArticleClaim], ...] = (
        Column(language.say("The article says"), words=lambda row: language.say(row.claim)),
        Column(language.say("The sources say"), words=lambda row: language.say(row.finding)),
        *where_from,
    )
    return table_of(
        columns, context.case.base_model.losses.claims, language, lambda row: source_badges(row, plan, language)
    )
