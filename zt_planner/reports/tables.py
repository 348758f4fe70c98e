"""The plan as tables: the twin of every chart, for screens, readers and keyboards.

A table holds texts in the reader's form; whoever needs figures takes the plan.
Law: the rows of the budget table are the months of the plan, its cells the
sums of their cost lines; a plan that does not show labour names no day rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import CASH_CATEGORIES, CostLine, CoverageState, Group, Plan
from zt_planner.domain.prices import DAY_RATES
from zt_planner.engine.budget import accrual, cash_of, sums_by_month
from zt_planner.engine.pricing import PriceList, first_month_from, price_list_of
from zt_planner.engine.trust import marks_of, marks_of_row
from zt_planner.reports.badges import badges, holding_badges
from zt_planner.reports.beside import percent_of
from zt_planner.reports.task_marks import task_marks
from zt_planner.reports.task_words import task_name, task_names
from zt_planner.reports.words import label, product_name, rate_source, unit_label, vendor_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zt_planner.domain.month import Month
    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.plan import UnitPrice
    from zt_planner.domain.price_book import Price, PriceBook
    from zt_planner.language import Language
    from zt_planner.reports.badges import Badge


@dataclass(frozen=True, slots=True)
class Table:
    """Column titles and rows of texts; each row's badges stand in one of the columns, after its text.

    `numbers` are the places of the columns that hold amounts and counts: they are read from their right end.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    badges: tuple[tuple[Badge, ...], ...] = ()
    badge_column: int = 0
    numbers: tuple[int, ...] = ()


def budget_table(
    plan: Plan,
    months: Sequence[Month],
    language: Language,
    month_of: Callable[[CostLine], Month] = accrual,
) -> Table:
    """Return the budget month by month, a column a category, the running total at the end."""
    sums = sums_by_month((*plan.cost_lines, *plan.prepaid_tail), months, month_of)
    shown = [category for category in CASH_CATEGORIES if any(month[category] for month in sums.values())]
    names = [label(category, language) for category in shown]
    rows, running = [], ZERO
    for month, by_category in sums.items():
        running += cash_of(by_category)
        cells = [language.money(by_category[category]) for category in shown]
        rows.append((language.month(month), *cells, language.money(cash_of(by_category)), language.money(running)))
    total = [language.money(sum((sums[month][category] for month in sums), ZERO)) for category in shown]
    rows.append((language.say("Sum"), *total, language.money(running), ""))
    sum_name = language.say("Total") if plan.shows_labour else language.say("Total without labour")
    columns = (language.say("Month"), *names, sum_name, language.say("Running total"))
    return Table(columns, tuple(rows), numbers=tuple(range(1, len(columns))))


def task_table(plan: Plan, language: Language) -> Table:
    """Return the roadmap's tasks with dates, work and slack, by step and then by start."""
    names = {task.task.id: task_name(task.task, language) for task in plan.tasks}
    tasks = sorted(plan.tasks, key=lambda task: (task.task.step, task.start))
    rows = []
    for task in tasks:
        wait = "" if task.wait_until is None else language.short_day(task.wait_until)
        slack = language.say("critical") if task.is_critical else language.number(task.slack_days)
        rows.append(
            (
                label(task.task.step, language),
                names[task.task.id],
                language.short_day(task.start),
                language.short_day(task.finish),
                language.number(task.length_days),
                wait,
                language.number(task.internal_days, 1),
                language.number(task.external_days, 1),
                slack,
                "; ".join(names[before] for before in task.after),
            )
        )
    columns = (
        language.say("Step"),
        language.say("Task"),
        language.say("Start"),
        language.say("Finish"),
        language.say("Working days"),
        language.say("Waiting until"),
        language.say("Internal days"),
        language.say("External days"),
        language.say("Slack in days"),
        language.say("After"),
    )
    marks = tuple(task_marks(task, plan, language) for task in tasks)
    return Table(columns, tuple(rows), marks, columns.index(language.say("Task")), numbers=(4, 6, 7, 8))


def left_out(plan: Plan, model: PhaseModel, language: Language) -> str:
    """Say which tasks somebody has taken out of the plan; nothing where nobody has."""
    tasks, names = plan.scenario.tasks, task_names(model, language)
    out = [names[key] for key in plan.fallen_away if tasks.given_for(key).in_scope is False]
    return language.say("Taken out of the plan: {tasks}.", tasks=language.listed(out)) if out else ""


def nis2_table(plan: Plan, model: PhaseModel, language: Language) -> Table:
    """Return the ten measures with their state, its date and the tasks that serve them.

    The state stands third: on a phone the rest is beyond the edge.
    """
    measures = {measure.letter: measure for measure in model.measures}
    names = {task.task.id: task_name(task.task, language) for task in plan.tasks}
    rows = []
    for covered in plan.coverage:
        measure = measures[covered.letter]
        since = "" if covered.reached_on is None else language.short_day(covered.reached_on)
        partly = "" if covered.partly_from is None else language.short_day(covered.partly_from)
        tasks = [names[task_id] for task_id in (*covered.main_tasks, *covered.partial_tasks)]
        rows.append(
            (
                f"({covered.letter})",
                language.say(measure.measure),
                label(covered.state, language),
                partly,
                since if covered.state is CoverageState.SUPPORTED else "",
                measure.bsig_30_2,
                measure.cir_2024_2690,
                "; ".join(tasks),
            )
        )
    columns = (
        language.say("Art. 21(2)"),
        language.say("Measure"),
        language.say("State at the end"),
        language.say("Partly from"),
        language.say("Supported from"),
        language.say("Sec. 30(2) BSIG no."),
        language.say("Annex of (EU) 2024/2690"),
        language.say("Tasks that serve it"),
    )
    return Table(columns, tuple(rows))


def mix_table(plan: Plan, book: PriceBook, language: Language) -> Table:
    """Return who holds which licences."""
    groups = {
        Group.ADMIN: language.say("Administrators"),
        Group.OFFICE: language.say("Office staff"),
        Group.FRONTLINE: language.say("Frontline people"),
    }
    rows = []
    for holding in plan.mix.holdings if plan.mix else ():
        bought = language.listed([product_name(price_id, book, language) for price_id in holding.products])
        kept = "" if holding.kept is None else product_name(holding.kept, book, language)
        credited = "" if holding.replaced is None else product_name(holding.replaced, book, language)
        rows.append((groups[holding.group], language.number(holding.count), bought, kept, credited))
    columns = (
        language.say("Who"),
        language.say("People"),
        language.say("Gets"),
        language.say("Keeps"),
        language.say("Gives back"),
    )
    shown = tuple(holding_badges(holding, plan, book, language) for holding in (plan.mix.holdings if plan.mix else ()))
    return Table(columns, tuple(rows), shown, columns.index(language.say("Gets")), numbers=(1,))


def price_now(row: Price, plan: Plan, price_list: PriceList) -> UnitPrice | None:
    """Return what a row of the book is in the plan's first month, None where another row holds then."""
    month = plan.months[0]
    return price_list.price_of(row.id, month) if row == price_list.row_of(row.id, month) else None


def _price_row(
    row: Price, now: UnitPrice | None, plan: Plan, price_list: PriceList, language: Language
) -> tuple[str, ...]:
    return (
        language.say(row.product),
        _amounts(row, now, plan, price_list, language),
        unit_label(row.unit, language),
        f"{language.number(row.amount, 2)}\N{NO-BREAK SPACE}{row.currency}",
        label(row.term, language),
        vendor_name(row.vendor, language),
        language.say("own price")
        if row.is_own or (now is not None and now.is_own)
        else label(row.confidence, language),
        _dated_source(row, language),
        _span(row.valid_from, row.valid_to, language),
    )


def _span(first: date, last: date | None, language: Language) -> str:
    """Return from which day until which one something holds."""
    if last is None:
        return language.say("from {day}", day=language.short_day(first))
    return f"{language.short_day(first)} - {language.short_day(last)}"


def _dated_source(row: Price, language: Language) -> str:
    """Return where a price is from, and of which day."""
    day = language.short_day(row.source_date) if row.source_date else language.say("without a date")
    return f"{row.source}, {day}" if row.source else day


def _amounts(row: Price, now: UnitPrice | None, plan: Plan, price_list: PriceList, language: Language) -> str:
    """Return what a unit costs in the first month, and where a what-if raises it later, what it costs from then on."""
    if now is None:
        as_of = price_list.as_of
        return language.say("not known yet") if as_of is not None and row.valid_from > as_of else ""
    shown, day = language.money(now.amount, 2), plan.scenario.prices.rise_from
    month = None if day is None else first_month_from(day)
    later = None if month is None or month <= now.priced_in else price_list.price_of(now.price_id, month)
    if day is None or later is None or later.rise_factor == 1:
        return shown
    return language.say(
        "{amount}; {later} from {day} on",
        amount=shown,
        later=language.money(later.amount, 2),
        day=language.short_day(day),
    )


def _price_badges(row: Price, now: UnitPrice | None, plan: Plan, language: Language) -> tuple[Badge, ...]:
    """Return what is to be said of a row of the book, as the plan uses it or as it stands."""
    return badges(marks_of_row(row, plan.priced_on) if now is None else marks_of(now, plan.priced_on), language)


def price_table(plan: Plan, book: PriceBook, language: Language) -> Table:
    """Return the whole price book, with what each price is in the plan's start month and billing term.

    What a product costs comes right after its name: a telephone shows the first columns only.
    """
    price_list = price_list_of(plan.scenario, book)
    columns = (
        language.say("Product"),
        language.say("In this plan"),
        language.say("Per"),
        language.say("List price"),
        language.say("Term"),
        language.say("Vendor"),
        language.say("Confidence"),
        language.say("Source"),
        language.say("Valid"),
    )
    shown = [
        (row, price_now(row, plan, price_list)) for row in book.prices if plan.shows_labour or row.id not in DAY_RATES
    ]
    return Table(
        columns,
        tuple(_price_row(row, now, plan, price_list, language) for row, now in shown),
        tuple(_price_badges(row, now, plan, language) for row, now in shown),
        numbers=(1, 3),
    )


def rate_table(book: PriceBook, language: Language) -> Table:
    """Return the exchange rates with their dates and sources."""
    columns = (
        language.say("Currency"),
        language.say("EUR for one unit"),
        language.say("Date"),
        language.say("Confidence"),
        language.say("Source"),
    )
    rows = tuple(
        (
            rate.currency,
            language.trimmed(rate.eur_per_unit, 4),
            language.short_day(rate.date),
            label(rate.confidence, language),
            rate_source(rate, language),
        )
        for rate in book.rates
    )
    return Table(columns, rows, numbers=(1,))


def vat_table(book: PriceBook, language: Language) -> Table:
    """Return the rates of VAT with their spans and sources."""
    columns = (
        language.say("Country"),
        language.say("VAT"),
        language.say("Valid"),
        language.say("Confidence"),
        language.say("Source"),
    )
    rows = tuple(
        (
            language.country(rate.country),
            percent_of(rate, language),
            _span(rate.valid_from, rate.valid_to, language),
            label(rate.confidence, language),
            rate.source or "",
        )
        for rate in book.vat
    )
    return Table(columns, rows, numbers=(1,))
