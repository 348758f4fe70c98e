"""What others have published, as tables: losses as they were counted, and what the article claims (M28).

Law: every figure has its population, source, date and confidence in the same row; nothing is computed from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from zt_planner.domain import units
from zt_planner.domain.data.price_book import ASSUMED, Confidence
from zt_planner.engine.costing.trust import Mark
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Number, ShortDay, Text, Words, exact_percent, series
from zt_planner.topics.badges import Badge, badges
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zt_planner.domain.data.rules import ArticleClaim, Published, PublishedLoss, Sourced
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.view import AnyView

Row = TypeVar("Row")


def source_badges(row: Sourced, plan: AnyPlan) -> tuple[Badge, ...]:
    """Return what is to be known of a source: that it is assumed, and that it is old."""
    found: list[Badge] = []
    if row.confidence in ASSUMED:
        found += badges((Mark.ASSUMED,))
    if row.is_stale(plan.today):
        found.append(Badge(Mark.STALE, Text("over two years old")))
    return tuple(found)


def source_word(confidence: Confidence) -> Words:
    """Return how sure a source is: one who says what is its own is no vendor, but the primary source."""
    return Text("primary source") if confidence is Confidence.PRIMARY else label(confidence)


def source_text(row: Published) -> Words:
    """Return a source with its year, once."""
    source, year = Text(row.source), str(row.source_year)
    return source if year in row.source else Listed((source, year), ", ")


def published_text(row: Published) -> Words:
    """Write who says something, of whom, when it was read and how sure it is."""
    return Text(
        "{source}; {population}; read on {day}; {confidence}",
        source=source_text(row),
        population=Text(row.population),
        day=ShortDay(row.read_on),
        confidence=source_word(row.confidence),
    )


def published_column(source: Callable[[Row], Published | None]) -> Column[Row]:
    """Return all that stands behind a published figure in one column."""

    def words(row: Row) -> Words:
        found = source(row)
        return "" if found is None else published_text(found)

    return Column(Text("Source"), words=words)


def published_columns(source: Callable[[Row], Published]) -> tuple[Column[Row], ...]:
    """Return the columns that stand behind every figure that somebody has published."""
    return (
        Column(Text("Population"), words=lambda row: Text(source(row).population)),
        Column(Text("Source"), words=lambda row: source_text(source(row))),
        Column(Text("Read on"), units.DAY, words=lambda row: ShortDay(source(row).read_on)),
        Column(Text("Confidence"), words=lambda row: source_word(source(row).confidence)),
    )


def losses_table(view: AnyView) -> Table:
    """Return what is published of losses, as it was published: in its own currency, one row beside another."""
    plan = view.plan
    where_from: tuple[Column[PublishedLoss], ...] = published_columns(lambda row: row)
    columns: tuple[Column[PublishedLoss], ...] = (
        Column(Text("Counted"), words=lambda row: Text(row.counted)),
        Column(Text("How often a year"), units.NUMBER, words=frequency_text),
        Column(Text("One loss"), words=lambda row: series(sizes(row))),
        *where_from,
        Column(Text("Note"), words=lambda row: Text(row.note) if row.note else ""),
    )
    rows = view.case.base_model.rules.losses
    return table_of(columns, rows, lambda row: source_badges(row, plan))


def frequency_text(row: PublishedLoss) -> Words:
    """Write how often a company has a loss in a year."""
    high = None if row.frequency_high is None else exact_percent(row.frequency_high)
    return by_size(exact_percent(row.frequency), high, row)


def sizes(row: PublishedLoss) -> Iterator[Words]:
    """Yield what one loss costs, by each figure that was published."""
    for words, amount, higher in (
        (msgid("mean {amount}"), row.mean, row.mean_high),
        (msgid("median {amount}"), row.median, None),
        (msgid("P95 {amount}"), row.p95, None),
    ):
        if amount is not None:
            high = None if higher is None else Money(higher, currency=row.currency)
            low = Money(amount, currency=row.currency)
            yield Text(words, amount=by_size(low, high, row))


def by_size(low: Words, high: Words | None, row: PublishedLoss) -> Words:
    """Write a figure, or the two of a small and a large company with their sizes."""
    if high is None or row.employees is None or row.employees_high is None:
        return low
    few, many = Number(row.employees), Number(row.employees_high)
    return Text("{low} to {high}, with {few} to {many} people", low=low, high=high, few=few, many=many)


def claims_table(view: AnyView) -> Table:
    """Return what the article says of losses beside what the sources hold."""
    plan = view.plan
    where_from: tuple[Column[ArticleClaim], ...] = published_columns(lambda row: row)
    columns: tuple[Column[ArticleClaim], ...] = (
        Column(Text("The article says"), words=lambda row: Text(row.claim)),
        Column(Text("The sources say"), words=lambda row: Text(row.finding)),
        *where_from,
    )
    claims = view.case.base_model.rules.claims
    return table_of(columns, claims, lambda row: source_badges(row, plan))
