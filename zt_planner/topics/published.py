"""What others have published, as tables: losses as they were counted, and what the article claims (M28).

Law: every figure has its population, source, date and confidence in the same row; nothing is computed from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from zt_planner.domain.data.price_book import UNVERIFIED
from zt_planner.engine.costing.trust import Mark
from zt_planner.errors import msgid
from zt_planner.topics.badges import Badge, badges
from zt_planner.topics.labels import exact_percent, label
from zt_planner.topics.table import CellFormat, Column, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zt_planner.domain.data.rules import ArticleClaim, Published, PublishedLoss, Sourced
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.view import View

Row = TypeVar("Row")


def source_badges(row: Sourced, plan: Plan, language: Language) -> tuple[Badge, ...]:
    """Return what is to be known of a source: that nobody has verified it, and that it is old."""
    found: list[Badge] = []
    if row.confidence in UNVERIFIED:
        found += badges((Mark.UNVERIFIED,))
    if row.is_stale(plan.today):
        found.append(Badge(Mark.STALE, language.say("over two years old")))
    return tuple(found)


def source_text(row: Published, language: Language) -> str:
    """Return a source with its year, once."""
    source, year = language.say(row.source), str(row.source_year)
    return source if year in row.source else f"{source}, {year}"


def published_text(row: Published, language: Language) -> str:
    """Write who says something, of whom, when it was read and how sure it is."""
    return language.say(
        "{source}; {population}; read on {day}; {confidence}",
        source=source_text(row, language),
        population=language.say(row.population),
        day=language.short_day(row.read_on),
        confidence=language.write(label(row.confidence)),
    )


def published_column(source: Callable[[Row], Published | None], language: Language) -> Column[Row]:
    """Return all that stands behind a published figure in one column."""

    def words(row: Row) -> str:
        found = source(row)
        return "" if found is None else published_text(found, language)

    return Column(language.say("Source"), words=words)


def published_columns(source: Callable[[Row], Published], language: Language) -> tuple[Column[Row], ...]:
    """Return the columns that stand behind every figure that somebody has published."""
    say = language.say
    return (
        Column(say("Population"), words=lambda row: say(source(row).population)),
        Column(say("Source"), words=lambda row: source_text(source(row), language)),
        Column(say("Read on"), CellFormat.DATE, words=lambda row: language.short_day(source(row).read_on)),
        Column(say("Confidence"), words=lambda row: language.write(label(source(row).confidence))),
    )


def losses_table(context: View) -> Table:
    """Return what is published of losses, as it was published: in its own currency, one row beside another."""
    language, plan, say = context.language, context.plan, context.language.say
    where_from: tuple[Column[PublishedLoss], ...] = published_columns(lambda row: row, language)
    columns: tuple[Column[PublishedLoss], ...] = (
        Column(say("Counted"), words=lambda row: say(row.counted)),
        Column(say("How often a year"), CellFormat.NUMBER, words=lambda row: frequency_text(row, language)),
        Column(say("One loss"), words=lambda row: language.series(sizes(row, language))),
        *where_from,
        Column(say("Note"), words=lambda row: say(row.note) if row.note else ""),
    )
    rows = context.case.base_model.rules.losses
    return table_of(columns, rows, lambda row: source_badges(row, plan, language))


def frequency_text(row: PublishedLoss, language: Language) -> str:
    """Write how often a company has a loss in a year."""
    high = None if row.frequency_high is None else language.write(exact_percent(row.frequency_high))
    return by_size(language.write(exact_percent(row.frequency)), high, row, language)


def sizes(row: PublishedLoss, language: Language) -> Iterator[str]:
    """Yield what one loss costs, by each figure that was published."""
    for words, amount, higher in (
        (msgid("mean {amount}"), row.mean, row.mean_high),
        (msgid("median {amount}"), row.median, None),
        (msgid("P95 {amount}"), row.p95, None),
    ):
        if amount is not None:
            high = None if higher is None else language.money(higher, currency=row.currency)
            low = language.money(amount, currency=row.currency)
            yield language.say(words, amount=by_size(low, high, row, language))


def by_size(low: str, high: str | None, row: PublishedLoss, language: Language) -> str:
    """Write a figure, or the two of a small and a large company with their sizes."""
    if high is None or row.employees is None or row.employees_high is None:
        return low
    few, many = language.number(row.employees), language.number(row.employees_high)
    return language.say("{low} to {high}, with {few} to {many} people", low=low, high=high, few=few, many=many)


def claims_table(context: View) -> Table:
    """Return what the article says of losses beside what the sources hold."""
    language, plan = context.language, context.plan
    where_from: tuple[Column[ArticleClaim], ...] = published_columns(lambda row: row, language)
    columns: tuple[Column[ArticleClaim], ...] = (
        Column(language.say("The article says"), words=lambda row: language.say(row.claim)),
        Column(language.say("The sources say"), words=lambda row: language.say(row.finding)),
        *where_from,
    )
    claims = context.case.base_model.rules.claims
    return table_of(columns, claims, lambda row: source_badges(row, plan, language))
