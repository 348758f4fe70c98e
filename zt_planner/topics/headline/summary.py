"""The plan's figures for other programs: what `summary.json` holds.

Amounts and days are texts with two decimals, so that nothing rounds them on
the way; months are `2027-03`, dates ISO dates. Laws: a figure equals its
headline; a plan without a schedule has null figures, never 0, and an amount of
which nothing has a price is null too; codes and states
are never translated, messages and remedies are; where labour is not shown, its
value is null, not 0. `display` is there where something is shown beside EUR net, `status` where there is a status date.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from zt_planner import __version__
from zt_planner.domain import units
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import SCHEMA_VERSION
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.engine.promise import promise_of
from zt_planner.engine.simulation.result import ENOUGH, PERCENTILES, SIMULATED_FIGURES
from zt_planner.topics.figure import exact_text
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.gross_and_currency import amount_forms_of
from zt_planner.topics.headline.figures import summary_figures
from zt_planner.topics.labels import is_unknown
from zt_planner.topics.nis2.points import letter_counts
from zt_planner.topics.risk.confidence import shown_reserve

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.finding import Finding
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.engine.promise import Promise
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Words
    from zt_planner.topics.figure import KeyFigure
    from zt_planner.topics.gross_and_currency import AmountForms

Json: TypeAlias = "str | bool | int | float | list[Json] | dict[str, Json] | Words | None"
"""What JSON holds, and statements that are not written yet."""


def summary_of(
    plan: AnyPlan,
    simulation: SimulationResult | None = None,
    reference: Plan | None = None,
) -> dict[str, Json]:
    """Return the headline figures, coverage, findings and versions of a plan, and what its simulation says.

    `reference` is what a plan under way is measured against.
    """
    promise = None if isinstance(plan, StoppedPlan) or simulation is None else promise_of(plan, simulation)
    return {
        "company_name": plan.scenario.company.name,
        "today": plan.today.isoformat(),
        **known_figures(plan, promise),
        "start_date": plan.case.start.isoformat(),
        "deadline": _iso(plan.deadline if isinstance(plan, Plan) else None),
        "nis2": _nis2(plan),
        "uncertainty": uncertainty_of(plan, simulation) if isinstance(plan, Plan) and simulation is not None else None,
        "findings": [_finding(finding, plan.case.book) for finding in plan.findings],
        "complete": isinstance(plan, Plan) and plan.is_complete,
        "versions": versions_of(plan),
        **_status(plan, reference),
        **_display(plan, promise),
    }


def _nis2(plan: AnyPlan) -> dict[str, Json]:
    """Return state and day of each point by its number, and by letter how many points are supported and partly."""
    points: dict[str, Json] = {
        covered.point: {"state": str(covered.state), "date": _iso(covered.reached_on)} for covered in plan.coverage
    }
    letters: dict[str, Json] = {
        row.measure.letter: {"points": row.points, "supported": row.supported, "partly": row.partly}
        for row in letter_counts(plan)
    }
    return points | letters


def known_figures(plan: AnyPlan, promise: Promise | None = None) -> dict[str, Json]:
    """Return the headline figures as texts; null for what is not known, as what is promised without draws."""
    if isinstance(plan, StoppedPlan):
        return {figure.name: None for figure in summary_figures()}
    return {figure.name: exact_text(figure.known(plan, promise), figure.unit) for figure in summary_figures()}


def _status(plan: AnyPlan, reference: Plan | None) -> dict[str, Json]:
    """Return where a plan under way stands beside what it is measured against; nothing without a status date."""
    status = plan.scenario.status
    if status.at is None:
        return {}
    figures = {} if reference is None else known_figures(reference)
    use = plan.contingency if isinstance(plan, Plan) else None
    approved, slip = status.approved, None
    if isinstance(plan, Plan) and reference is not None:
        slip = (plan.headlines.finish_date - reference.headlines.finish_date).days
    return {
        "status": {
            "at": status.at.isoformat(),
            "approved": None if approved is None else {"by": approved.by, "on": approved.on.isoformat()},
            "reference_finish_date": figures.get("finish_date"),
            "reference_introduction_budget": figures.get("introduction_budget"),
            "slip_days": slip,
            "tasks": {str(state): sum(task.state is state for task in plan.tasks) for state in TaskState},
            "closed_months": [*status.closed],
            "contingency_left": None if use is None else f"{use.left:.2f}",
        }
    }


def _display(plan: AnyPlan, promise: Promise | None) -> dict[str, Json]:
    """Return the figures with VAT and in another currency, with the rates used; nothing where neither is asked for."""
    amount_forms = amount_forms_of(plan)
    if not amount_forms.is_asked_for:
        return {}
    vat, rate = amount_forms.vat, amount_forms.rate
    money = (
        each for each in summary_figures() if each.unit is units.MONEY and (plan.shows_labour or not each.is_labour)
    )
    shown = sorted(money, key=lambda figure: figure.is_labour)
    return {
        "display": {
            "vat_country": amount_forms.country,
            "vat_rate": None if vat is None else str(vat.rate),
            "vat_confidence": None if vat is None else str(vat.origin),
            "currency": str(plan.scenario.display.currency),
            "eur_per_unit": None if rate is None else str(rate.eur_per_unit),
            "rate_date": None if rate is None else rate.date.isoformat(),
            "rate_confidence": None if rate is None else str(rate.origin),
            "figures": {figure.name: _forms(amount_forms, plan, figure, promise) for figure in shown},
        }
    }


def _forms(amount_forms: AmountForms, plan: AnyPlan, figure: KeyFigure, promise: Promise | None) -> Json:
    """Return one figure in its other forms, null for those that are not shown."""
    amount = figure.money(plan, promise) if isinstance(plan, Plan) else None
    if amount is None:
        return None
    found = amount_forms.amounts(amount, carries_vat=not figure.is_labour)
    forms = {"gross_eur": found.gross, "net_converted": found.converted, "gross_converted": found.converted_gross}
    return {form: None if amount is None else str(amount) for form, amount in forms.items()}


def uncertainty_of(plan: Plan, simulation: SimulationResult) -> dict[str, Json]:
    """Return the percentiles of a simulation, how it was drawn, and the chance of meeting the plan's budget and date.

    `reserve_to_add` is what the 80 % budget takes beyond the plan's; null where a price is missing or labour is not
    shown. `beyond_limit` counts the draws that are not done when the calendar ends: they have no date.
    """
    figures, reserve = plan.headlines, shown_reserve(plan, simulation)
    is_known = not is_unknown(figures.introduction_budget, is_whole=plan.is_complete)
    return {
        "draws": simulation.draws,
        "seed": simulation.source.seed,
        "correlation": simulation.source.correlation,
        **percentiles_of(plan, simulation),
        "joint_probability": simulation.chance(budget=figures.introduction_budget, by=figures.finish_date)
        if is_known
        else None,
        "reserve_to_add": None if reserve is None else str(reserve.to_add),
        "beyond_limit": simulation.beyond_limit,
    }


def percentiles_of(plan: Plan, simulation: SimulationResult) -> dict[str, Json]:
    """Return P10, P50, P80 and P90 of the figures that are drawn, by their names in `summary.json`.

    A date is null where that many draws do not reach it before the calendar ends, an amount where nothing of it has a
    price.
    """

    def text(value: Decimal | date | None) -> str | None:
        is_past = isinstance(value, date) and value > simulation.limit
        is_open = isinstance(value, Decimal) and is_unknown(value, is_whole=plan.is_complete)
        return None if value is None or is_past or is_open else str(value)

    return {
        name: {f"p{round(100 * share)}": text(at(simulation, share)) for share in PERCENTILES}
        for name, at in SIMULATED_FIGURES.items()
    }


def asked_of(simulation: SimulationResult, budget: Decimal | None, by: date | None) -> dict[str, Json]:
    """Return the chance that a budget and a day hold, and the budget that would hold with 70 % by the day."""
    if budget is None and by is None:
        return {}
    needed = None if by is None else simulation.budget_for(ENOUGH, by)
    return {
        "asked": {
            "budget": None if budget is None else f"{budget:.2f}",
            "by": _iso(by),
            "probability": simulation.chance(budget=budget, by=by),
            "budget_for_70_percent": None if needed is None else str(needed),
        }
    }


def versions_of(plan: AnyPlan) -> dict[str, Json]:
    """Return what a figure can be reproduced with."""
    used = plan.scenario.display.catalogue
    return {
        **({} if used is None else {"catalogue": used.name, "catalogue_day": used.day.isoformat()}),
        "model": plan.case.base_model.version,
        "price_book": plan.case.book.version,
        "scenario": plan.scenario.version,
        "schema": SCHEMA_VERSION,
        "program": __version__,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _finding(finding: Finding, price_book: PriceBook) -> Json:
    described = describe(finding, price_book)
    return {
        "code": str(described.code),
        "severity": str(described.severity),
        "message": described.message,
        "remedy": described.remedy,
    }
