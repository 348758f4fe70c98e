"""Why this number? Every figure by its name, and the trace that explains it.

Names are the keys of `summary.json`, and for the cells of tables a key with
what it is about: `month:2027-03:licence`, `task:mfa_rollout`, `nis2:3.2`,
`price:entra-p2`, `vat:DE`. The same names open the dialogs of the pages, are asked for
on the command line, and stand in what a presenter points at. Laws: a figure
that is not shown to a reader has no name for them; a name has one trace.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from zt_planner.domain import units
from zt_planner.domain.data.price_book import DayRate
from zt_planner.errors import msgid
from zt_planner.language import Words
from zt_planner.topics.badges import figure_badges
from zt_planner.topics.budget.amount_traces import explain, explain_cell
from zt_planner.topics.decisions import figures as explained_stages
from zt_planner.topics.explanations import change
from zt_planner.topics.figure_names import (
    LICENCES,
    LOAD,
    MONEY_SHARE,
    OPERATION,
    POINT,
    PRICE,
    RATE,
    RISE,
    SLACK,
    STAGE,
    SURE_FAMILY,
    TASK,
    VAT,
    BudgetCell,
)
from zt_planner.topics.gross_and_currency import amount_forms_of
from zt_planner.topics.headline.figures import by_name, figures_of
from zt_planner.topics.labels import is_unknown
from zt_planner.topics.licences import traces as explained_mix
from zt_planner.topics.nis2 import traces as explained_coverage
from zt_planner.topics.operation import traces as explained_operation
from zt_planner.topics.prices import traces as explained_prices
from zt_planner.topics.risk import traces as explained_simulation
from zt_planner.topics.risk.reliance import reliance
from zt_planner.topics.roadmap import load_chart as explained_load
from zt_planner.topics.roadmap import task_traces as explained_tasks
from zt_planner.topics.view import StoppedView, View

Seen = TypeVar("Seen")

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.topics.badges import Badge
    from zt_planner.topics.trace import Trace
    from zt_planner.topics.view import AnyView

FORMS = {
    "month:2027-03, month:2027-03:licence": msgid("a month of the budget table, in all or of one category"),
    "until:2027-03, until:2027-03:licence": msgid("what has been used by the end of a month"),
    "category:licence": msgid("a category of the budget table, all months"),
    "paid_month:…, paid_until:…, paid_category:…": msgid("the same, as paid"),
    "task:mfa_rollout": msgid("a task's effort, length and dates"),
    "slack:mfa_rollout": msgid("how far a task can move"),
    "load:internal:2027-05-03, load:external:2027-05-03": msgid("how busy a team is in the week of a Monday"),
    "operation:mdr, operation:siem:partner": msgid("the days a month after the finish with another choice"),
    "stage:1:to_approve, stage:1:spent, stage:1:committed, stage:1:to_pay, stage:1:a_month, stage:1:to_come": msgid(
        "what a stage asks for, and what is spent, committed and to come at its end"
    ),
    "nis2:3.2": msgid("a point of NIS2"),
    "price:entra-p2": msgid("a unit price in this plan"),
    "licences:entra:301": msgid("a year of licences for a provider and a number of people"),
    "rate:USD": msgid("an exchange rate"),
    "vat:DE": msgid("a country's VAT"),
    "share:assumed, share:assumed_days, share:stale, share:own, share:what_if": msgid(
        "how much of the money depends on such prices, or on days without a quote"
    ),
    "sure:introduction_budget:80, sure:horizon_total:90, sure:mfa_date:80, sure:finish_date:80, "
    "sure:first_year_budget:80": msgid("the value that is enough in 10, 50, 80 or 90% of ten thousand draws"),
    "sure:both": msgid("the chance of meeting both the plan's date and budget"),
    "rise:first_year_budget": msgid("what a rise of the list prices costs, where there is one"),
}
"""How what stands in tables is named, by example."""

WITHOUT_VAT = f"price:{DayRate.INTERNAL}"
"""Internal work carries no VAT: it is effort."""


class Family(NamedTuple, Generic[Seen]):
    """Figures that are named by a word and what they are about: how one is explained, and what each is called.

    Titles cost next to nothing: a list shows them all.
    """

    explain: Callable[[str, Seen], Trace | None]
    titles: Callable[[Seen], Mapping[str, Words]]


FAMILIES_OF_PRICES: Mapping[str, Family[AnyView]] = {
    PRICE: Family(explained_prices.explain_price, explained_prices.price_titles),
    RATE: Family(explained_prices.explain_rate, explained_prices.rate_titles),
    VAT: Family(explained_prices.explain_vat, explained_prices.vat_titles),
}
"""What can be explained of a plan that stopped, too."""
FAMILIES: Mapping[str, Family[View]] = {
    TASK: Family(explained_tasks.explain_task, explained_tasks.task_titles),
    SLACK: Family(explained_tasks.explain_slack, explained_tasks.slack_titles),
    OPERATION: Family(explained_operation.explain_choice, explained_operation.choice_titles),
    LOAD: Family(explained_load.explain_load, explained_load.load_titles),
    STAGE: Family(explained_stages.explain_stage, explained_stages.stage_titles),
    POINT: Family(explained_coverage.explain_point, explained_coverage.point_titles),
    LICENCES: Family(explained_mix.explain_size, explained_mix.own_size_titles),
    RISE: Family(change.explain_rise, change.rise_titles),
    MONEY_SHARE: Family(explained_prices.explain_resting, explained_prices.share_titles),
    SURE_FAMILY: Family(explained_simulation.explain_sure, explained_simulation.sure_titles),
}


def headline_names(view: AnyView) -> tuple[str, ...]:
    """Return the names of the headline figures; none for a plan without a schedule."""
    return tuple(figure.name for figure in figures_of(view.plan, view.promise)) if isinstance(view, View) else ()


def family_of(head: str, view: AnyView) -> Family[Any] | None:
    """Return a family that a view has; of a plan that stopped one of prices only."""
    return FAMILIES_OF_PRICES.get(head) or (FAMILIES.get(head) if isinstance(view, View) else None)


def answer_of(name: str, view: AnyView) -> Trace | None:
    """Return the trace of a figure that somebody asks about, led by whether it can be relied on."""
    found = trace_of(name, view)
    if found is None or isinstance(view, StoppedView):
        return found
    return replace(found, lead=reliance(found, by_name().get(name), view))


def trace_of(name: str, view: AnyView) -> Trace | None:
    """Return the trace of a figure; None for a name that no figure of this plan has, or that is not shown."""
    head, colon, rest = name.partition(":")
    family = family_of(head, view) if colon else None
    if family is not None:
        return family.explain(rest, view)
    if isinstance(view, StoppedView):
        return None
    if not colon:
        shown = (figure for figure in figures_of(view.plan, view.promise) if figure.name == name)
        return next((explain(figure, view) for figure in shown), None)
    cell = BudgetCell.named(name, view.plan)
    return None if cell is None else explain_cell(cell, view.plan)


def badges_of(trace: Trace, view: AnyView) -> tuple[Badge, ...]:
    """Return how much of a figure rests on doubtful, own or what-if prices and on assumed days."""
    figure = by_name().get(trace.name)
    if figure is None or isinstance(view, StoppedView):
        return ()
    return figure_badges(figure.lines(view.plan), view.plan)


def related_of(trace: Trace, view: AnyView) -> tuple[str, ...]:
    """Return the figures that are asked for next; of an amount in other forms, the rates that lead to them."""
    known, shown = headline_names(view), view.plan.scenario.display
    declared = by_name().get(trace.name)
    related = [other for other in (declared.related if declared else ()) if other in known]
    if forms_of(trace, view):
        amount_forms = amount_forms_of(view.plan)
        if amount_forms.vat is not None and _carries_vat(trace.name):
            related.append(f"{VAT}:{amount_forms.vat.country}")
        if amount_forms.rate is not None:
            related.append(f"{RATE}:{shown.currency}")
    return tuple(related)


def figure_title(name: str, view: AnyView) -> Words:
    """Return what a figure is called; nothing where there is none of that name."""
    figure = by_name().get(name)
    if figure is not None:
        return view.language.say(figure.title)
    head, _, rest = name.partition(":")
    family = family_of(head, view)
    known = None if family is None else family.titles(view).get(rest)
    if known is None:
        found = trace_of(name, view)
        known = "" if found is None else found.title
    return view.language.write(known)


def _carries_vat(name: str) -> bool:
    figure = by_name().get(name)
    return name != WITHOUT_VAT if figure is None else not figure.is_labour


def forms_of(trace: Trace, view: AnyView) -> tuple[str, ...]:
    """Return an amount with VAT and in another currency, where that is asked for; nothing for what is no amount."""
    is_share = trace.name.startswith(f"{MONEY_SHARE}:")
    if trace.unit is not units.MONEY or not isinstance(trace.value, Decimal) or is_share:
        return ()
    if is_unknown(trace.value, is_whole=all(row.amount is not None for row in trace.rows)):
        return ()
    amount_forms = amount_forms_of(view.plan)
    return tuple(map(view.language.write, amount_forms.forms(trace.value, 2, carries_vat=_carries_vat(trace.name))))
