"""Why this number? Every figure by its name, and the trace that explains it.

Names are the keys of `summary.json`, and for the cells of tables a key with
what it is about: `month:2027-03:licence`, `task:mfa_rollout`, `nis2:b`,
`price:entra-p2`. The same names open the dialogs of the pages, are asked for
on the command line, and stand in what a presenter points at. Laws: a figure
that is not shown to a reader has no name for them; a name has one trace.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from zt_planner.domain.plan import FigureName
from zt_planner.domain.price_book import DayRate
from zt_planner.errors import msgid
from zt_planner.reports import (
    explained_coverage,
    explained_dates,
    explained_work,
    explanation,
)
from zt_planner.reports.beside import beside_of
from zt_planner.reports.explained_cells import Cell, cells_of, explain_cell
from zt_planner.reports.explained_coverage import explain_count, explain_measure, measure_name
from zt_planner.reports.explained_prices import explain_price, priced_ids
from zt_planner.reports.explained_work import explain_task
from zt_planner.reports.trace import Counted
from zt_planner.reports.words import product_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.language import Language
    from zt_planner.reports.trace import Inquiry, Trace

FORMS = {
    "month:2027-03, month:2027-03:licence": msgid("a month of the budget table, in all or of one category"),
    "until:2027-03, until:2027-03:licence": msgid("what has been used up until the end of a month"),
    "category:licence": msgid("a category of the budget table, all months"),
    "paid_month:…, paid_until:…, paid_category:…": msgid("the same as it is paid"),
    "task:mfa_rollout": msgid("a task's effort, length and dates"),
    "nis2:b": msgid("a NIS2 measure"),
    "price:entra-p2": msgid("a unit price in this plan"),
}
"""How what stands in tables is named, by example."""

RELATED = {
    "first_year_budget": ("one_off_first_year", "recurring_first_year", "one_off_total", "horizon_total"),
    "one_off_total": ("one_off_first_year",),
    "horizon_total": ("per_employee_month",),
    "run_rate_monthly": ("finish_date", "per_employee_month"),
    "peak_amount": ("peak_month",),
    "internal_days": (
        "internal_value",
        "internal_days_per_week",
        "internal_days_per_week_average",
        "external_days",
        "external_days_per_week",
    ),
    "finish_date": ("start_date", "duration_months", "deadline"),
    "nis2": ("nis2_partly",),
}
"""What stands beside a figure, or is asked for next."""


WITHOUT_VAT = frozenset({FigureName.INTERNAL_VALUE.value, f"price:{DayRate.INTERNAL}"})
"""Internal work carries no VAT: it is effort."""


def _fixed(asked: Inquiry, figures: Headlines) -> Mapping[str, Callable[[], Trace]]:
    """Return how each headline figure is explained, in the order of the conversation."""
    plan, language = asked.plan, asked.language
    found: dict[str, Callable[[], Trace]] = {}
    for name in explanation.figures_of(plan, tuple(FigureName)):
        found[name.value] = partial(explanation.explain, name, plan, language)
    found[explanation.PEAK_MONTH] = partial(explanation.explain_peak_month, plan, figures, language)
    found[explanation.PER_EMPLOYEE_MONTH] = partial(explanation.explain_share, plan, figures, language)
    found[explained_dates.START] = partial(explained_dates.explain_start, figures, language)
    found[explained_dates.FINISH] = partial(explained_dates.explain_finish, plan, figures, language)
    found[explained_dates.DURATION] = partial(explained_dates.explain_duration, plan, figures, language)
    if (deadline := plan.deadline) is not None:
        found[explained_dates.DEADLINE] = partial(explained_dates.explain_deadline, plan, figures, deadline, language)
    for days in explained_work.DAYS:
        found[days] = partial(explained_work.explain_days, days, plan, figures, language)
    for capacity in explained_work.CAPACITIES:
        found[capacity] = partial(explained_work.explain_capacity, capacity, plan, figures, language)
    found[explained_work.AVERAGE] = partial(explained_work.explain_average, plan, figures, language)
    for count in explained_coverage.STATES:
        found[count] = partial(explain_count, count, asked)
    return found


def names_of(asked: Inquiry) -> tuple[str, ...]:
    """Return the names of the headline figures; none for a plan without a schedule."""
    figures = asked.plan.headlines
    return () if figures is None else tuple(_fixed(asked, figures))


def every_name(asked: Inquiry) -> Iterator[str]:
    """Yield the name of every figure that can be explained, those of tables included."""
    yield from names_of(asked)
    if asked.plan.headlines is not None:
        yield from (f"task:{task.task.id}" for task in asked.plan.tasks)
        yield from (f"nis2:{covered.letter}" for covered in asked.plan.coverage)
        for is_paid in (False, True):
            yield from map(str, cells_of(asked.plan, is_paid=is_paid))
    yield from (f"price:{price_id}" for price_id in priced_ids(asked))


def trace_of(name: str, asked: Inquiry) -> Trace | None:
    """Return the trace of a figure; None for a name that no figure of this plan has, or that is not shown."""
    figures = asked.plan.headlines
    head, colon, rest = name.partition(":")
    if colon and head == "price":
        return explain_price(rest, asked)
    if figures is None:
        return None
    if not colon:
        found = _fixed(asked, figures).get(name)
        return None if found is None else found()
    if head == "task":
        tasks = (task for task in asked.plan.tasks if task.task.id == rest)
        return next((explain_task(task, asked.plan, asked.language) for task in tasks), None)
    if head == "nis2":
        measures = (covered for covered in asked.plan.coverage if covered.letter == rest)
        return next((explain_measure(covered, asked) for covered in measures), None)
    cell = Cell.named(name, asked.plan)
    return None if cell is None else explain_cell(cell, asked.plan, asked.language)


def related_of(name: str, asked: Inquiry) -> tuple[str, ...]:
    """Return the figures that are asked for next."""
    known = names_of(asked)
    return tuple(other for other in RELATED.get(name, ()) if other in known)


def title_of(name: str, asked: Inquiry) -> str:
    """Return what a figure is called; nothing where there is none of that name."""
    figure = _titles(asked.language).get(name)
    if figure is not None:
        return figure
    found = trace_of(name, asked)
    return "" if found is None else found.title


def _titles(language: Language) -> Mapping[str, str]:
    """Return the titles of the headline figures, which are known without computing anything."""
    titles = {
        **{str(name): text for name, text in explanation.TITLES.items()},
        **explained_dates.TITLES,
        **explained_work.TITLES,
        **explained_coverage.TITLES,
        explanation.PER_EMPLOYEE_MONTH: msgid("Per person and month"),
        explanation.PEAK_MONTH: msgid("Highest month"),
    }
    return {name: language.say(text) for name, text in titles.items()}


def task_titles(plan: Plan, language: Language) -> dict[str, str]:
    """Return the names of the tasks' figures with their titles, in the order of the roadmap's table."""
    tasks = sorted(plan.tasks, key=lambda task: (task.task.step, task.start))
    return {f"task:{task.task.id}": language.say(task.task.name) for task in tasks}


def measure_titles(asked: Inquiry) -> dict[str, str]:
    """Return the names of the measures' figures with their titles."""
    return {f"nis2:{covered.letter}": measure_name(covered, asked) for covered in asked.plan.coverage}


def price_titles(asked: Inquiry) -> dict[str, str]:
    """Return the names of the unit prices with their titles."""
    return {f"price:{price_id}": product_name(price_id, asked.book, asked.language) for price_id in priced_ids(asked)}


def forms_of(found: Trace, asked: Inquiry) -> tuple[str, ...]:
    """Return an amount with VAT and in another currency, where that is asked for; nothing for what is no amount."""
    if found.counted is not Counted.MONEY or not isinstance(found.value, Decimal):
        return ()
    beside = beside_of(asked.plan, asked.book)
    return beside.forms(found.value, asked.language, 2, carries_vat=found.name not in WITHOUT_VAT)
