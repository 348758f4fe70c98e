"""The key figures, each declared once, in the order in which all lists have them.

A new figure is a record more in `FIGURES`: every medium that shows figures is made from it. A figure that the engine
computes with is declared in `engine.figures` and named here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from zt_planner.domain import units
from zt_planner.domain.headlines import AmountState, FigureName
from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import CoverageState, Team
from zt_planner.engine.figures import STANDSTILL, SUMS, By, Fact, Highest, Quotient
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import Promise, PromisedFigure
from zt_planner.errors import msgid
from zt_planner.language import Plural, ShortDay, Trimmed, sentences
from zt_planner.topics.budget.amount_traces import explain, explain_peak_month
from zt_planner.topics.figure import NOWHERE, Card, FigureList, KeyFigure, rule_of, title_of
from zt_planner.topics.headline import words
from zt_planner.topics.labels import horizon_words
from zt_planner.topics.licences.traces import LICENCE_MIX, NEXT_BEST_MIX, explain_licences, explain_next_best
from zt_planner.topics.nis2.points import OWN_READING, counted_points, partly_words, points_words
from zt_planner.topics.nis2.traces import RULE as POINTS_RULE
from zt_planner.topics.nis2.traces import explain_count
from zt_planner.topics.operation.traces import explain_operation
from zt_planner.topics.risk.traces import explain_promised
from zt_planner.topics.roadmap.date_traces import (
    FINISH,
    MFA,
    explain_deadline,
    explain_duration,
    explain_finish,
    explain_mfa,
)
from zt_planner.topics.roadmap.work_traces import DAYS_RULE, explain_average, explain_capacity, explain_days
from zt_planner.topics.sentence import promised_budget
from zt_planner.topics.trace import Trace
from zt_planner.topics.view import View

PEAK_RULE = msgid(
    "The month within the horizon in which most money is used; the first of them if several are equal (rules M11 to "
    "M18)."
)
PROMISE_RULE = msgid(
    "The smallest value that is enough in the share of the draws that you chose; a budget is never less than planned. "
    "With “As planned”, or if there is no such value, it is the plan's own figure (rule M34)."
)


def _explain_promise(figure: KeyFigure, view: View) -> Trace:
    """Return why what is promised is so: a percentile, or the plan's own figure."""
    of = figure.formula.of if isinstance(figure.formula, PromisedFigure) else figure.name
    found = explain_promised(figure, of, view)
    if found is not None:
        return found
    own, plan = explain(by_name()[of], view), view.plan
    return replace(own, name=figure.name, title=title_of(figure, plan), rule=sentences(rule_of(figure, plan), own.rule))


FIGURES: tuple[KeyFigure, ...] = (
    KeyFigure(
        name="promised_budget",
        title=msgid("Promised budget"),
        rule=PROMISE_RULE,
        formula=PromisedFigure(
            FigureName.INTRODUCTION_BUDGET,
            lambda promise: promise.budget,
            lambda promise: promise.rounded_budget,
            holds_labour=True,
        ),
        explain=_explain_promise,
        related=("introduction_budget", "promised_finish"),
        card=Card(
            words.budget_context,
            msgid(
                "What it takes to get there, net of VAT, whichever month it falls into, at the confidence you chose."
            ),
            title=msgid("Budget to get there"),
            value=promised_budget,
            place=1,
        ),
    ),
    KeyFigure(
        name="promised_finish",
        title=msgid("Promised finish"),
        rule=PROMISE_RULE,
        unit=units.DAY,
        formula=PromisedFigure.exact(FINISH, lambda promise: promise.finish),
        explain=_explain_promise,
        related=("finish_date", "promised_mfa_date", "promised_budget"),
        card=Card(
            words.finish_context,
            msgid("The day by which everything is done, at the confidence you chose."),
            title=msgid("Done by"),
            value=lambda view: ShortDay(view.promise.finish),
            place=2,
        ),
    ),
    KeyFigure(
        name="promised_mfa_date",
        title=msgid("Promised: everyone has MFA"),
        rule=PROMISE_RULE,
        unit=units.DAY,
        formula=PromisedFigure.exact(MFA, lambda promise: promise.mfa),
        explain=_explain_promise,
        related=(MFA, "promised_finish"),
        card=Card(
            words.mfa_context,
            msgid("The day from which nobody gets in with a password alone, remote access included."),
            title=msgid("Everyone has MFA by"),
            value=words.mfa_day,
            place=3,
        ),
    ),
    KeyFigure(
        name="promised_internal_days",
        title=msgid("Promised internal work"),
        rule=PROMISE_RULE,
        unit=units.PERSON_DAYS,
        formula=PromisedFigure.exact("internal_days", lambda promise: promise.internal_days),
        explain=_explain_promise,
        related=("internal_days", "promised_budget"),
        card=Card(words.own_days_context, words.work_help, title=msgid("Your own team"), place=4),
        sheet_title=msgid("Promised internal work, person-days"),
    ),
    KeyFigure(
        name="introduction_budget",
        title=msgid("Budget to get there"),
        rule=msgid(
            "All one-off costs of the plan, whichever month they fall into, contingency included, and the recurring "
            "costs of the twelve months from the start month (rules M11 to M18). Where the work ends within these "
            "months, it equals the first-year budget."
        ),
        rule_without_labour=msgid(
            "All one-off costs of the plan, whichever month they fall into, and the recurring costs of the twelve "
            "months from the start month (rules M11 to M15 and M18)."
        ),
        formula=SUMS[FigureName.INTRODUCTION_BUDGET],
        related=("one_off_total", "recurring_first_year", "first_year_budget"),
    ),
    KeyFigure(
        name="first_year_budget",
        title=msgid("First-year budget"),
        rule=msgid(
            "All money that leaves the company in the twelve months from the start month. Licences count in "
            "the month in which they are used. Internal work is not included: it is effort, not cash (rule "
            "M18)."
        ),
        formula=SUMS[FigureName.FIRST_YEAR_BUDGET],
        related=(
            "one_off_first_year",
            "recurring_first_year",
            "introduction_budget",
            "one_off_total",
            "horizon_total",
        ),
    ),
    KeyFigure(
        name="one_off_first_year",
        title=msgid("First year: one-off"),
        rule=msgid(
            "One-off costs in the twelve months from the start month. Together with the recurring costs they "
            "are the first-year budget (rules M14 to M18)."
        ),
        formula=SUMS[FigureName.ONE_OFF_FIRST_YEAR],
        list_title=msgid("of which one-off"),
    ),
    KeyFigure(
        name="recurring_first_year",
        title=msgid("First year: recurring"),
        rule=msgid(
            "Recurring costs in the twelve months from the start month. Together with the one-off costs they "
            "are the first-year budget (rules M11 to M15 and M18)."
        ),
        formula=SUMS[FigureName.RECURRING_FIRST_YEAR],
        list_title=msgid("of which recurring"),
    ),
    KeyFigure(
        name="one_off_total",
        title=msgid("One-off cost of the whole plan"),
        rule=msgid("All one-off costs until the work is finished, contingency included (rules M14 to M17)."),
        rule_without_labour=msgid("All one-off costs until the work is finished (rules M14 and M15)."),
        formula=SUMS[FigureName.ONE_OFF_TOTAL],
        related=("one_off_first_year", "introduction_budget"),
        is_total=True,
    ),
    KeyFigure(
        name="run_rate_monthly",
        title=msgid("After that, a month"),
        rule=msgid(
            "The recurring costs of the first month after the work is finished (rules M11 to M14 and M23). Yearly "
            "training is not included."
        ),
        formula=SUMS[FigureName.RUN_RATE_MONTHLY],
        related=("operation_days_monthly", "finish_date", "per_employee_month", "licence_mix"),
        card=Card(
            words.run_rate_context,
            msgid("Licences, monitoring, subscriptions and a partner's operation: what goes on every month."),
            title=msgid("After that, a month"),
            place=5,
        ),
    ),
    KeyFigure(
        name="operation_days_monthly",
        title=msgid("Operation by your team"),
        rule=msgid(
            "The days that your own team needs every month once the introduction is done, in the first month after "
            "the finish (rule M23). This is effort, not cash, and not part of the internal work of the introduction."
        ),
        unit=units.DAYS_A_MONTH,
        explain=explain_operation,
        related=("run_rate_monthly", "internal_days"),
        sheet_title=msgid("Operation by your team, person-days a month"),
    ),
    KeyFigure(
        name="horizon_total",
        title=msgid("Cost of all months"),
        rule=msgid("All money that leaves the company within the horizon (rule M18)."),
        formula=SUMS[FigureName.HORIZON_TOTAL],
        related=("per_employee_month",),
        is_total=True,
        list_title=lambda view: horizon_words(view.plan),
    ),
    KeyFigure(
        name="per_employee_month",
        title=msgid("Per person and month"),
        rule=msgid(
            "The cost over the horizon, divided by the people and by the months of the horizon, rounded to the cent."
        ),
        formula=Quotient(
            FigureName.HORIZON_TOTAL,
            (
                By(msgid("People"), lambda plan: plan.scenario.company.employees),
                By(msgid("months of the horizon"), lambda plan: len(plan.horizon)),
            ),
        ),
    ),
    KeyFigure(
        name="standstill_days",
        title=msgid("Equals a standstill of"),
        rule=msgid(
            "The cost over the horizon, divided by what a day at a standstill costs you, rounded up to one "
            "decimal (rule M28)."
        ),
        unit=units.STANDSTILL_DAYS,
        formula=STANDSTILL,
    ),
    KeyFigure(
        name="peak_amount",
        title=msgid("Highest month"),
        rule=PEAK_RULE,
        formula=Highest(),
        related=("peak_month",),
        list_value=words.peak_words,
    ),
    KeyFigure(
        name="peak_month",
        title=msgid("Highest month"),
        rule=PEAK_RULE,
        unit=units.MONTH,
        formula=Highest(),
        explain=explain_peak_month,
        places=FigureList.SUMMARY,
    ),
    KeyFigure(
        name="start_date",
        title=msgid("Start"),
        rule=msgid(
            "The day that was entered; without one, the first working day of the first month that "
            "begins eight weeks or more from today, as a consultant has to be chosen first."
        ),
        unit=units.DAY,
    ),
    KeyFigure(
        name=MFA,
        title=msgid("Everyone has MFA"),
        rule=msgid(
            "The later finish of the MFA roll-out to everyone and of MFA for remote access (rule M9). These tasks "
            "lead there: each starts as early as the one before it, its wait, dates that were set, the teams and the "
            "calendar allow."
        ),
        unit=units.DAY,
        explain=explain_mfa,
        related=("start_date", "finish_date"),
    ),
    KeyFigure(
        name=FINISH,
        title=msgid("Finish"),
        rule=msgid(
            "The last working day of the task that ends last. These tasks lead there: each starts as early as the one "
            "before it, its wait, dates that were set, the teams and the calendar allow (rules M7 to M10)."
        ),
        unit=units.DAY,
        explain=explain_finish,
        related=("start_date", "duration_months", "deadline"),
    ),
    KeyFigure(
        name="deadline",
        title=msgid("To be finished before"),
        rule=msgid(
            "The start plus this many months: the same day of the month, or its last (rule M10). The work "
            "must be finished before this day."
        ),
        unit=units.DAY,
        formula=Fact(lambda plan: plan.deadline),
        explain=explain_deadline,
        places=FigureList.LIST,
    ),
    KeyFigure(
        name="duration_months",
        title=msgid("Duration"),
        rule=msgid("The calendar days from start to finish, both counted, in months of 30.4375 days."),
        unit=units.MONTHS,
        explain=explain_duration,
        places=FigureList.LIST | FigureList.SUMMARY,
    ),
    KeyFigure(
        name="internal_days",
        title=msgid("Internal work"),
        rule=DAYS_RULE,
        unit=units.PERSON_DAYS,
        explain=explain_days,
        related=(
            "internal_value",
            "internal_days_per_week",
            "internal_days_per_week_average",
            "external_days",
            "external_days_per_week",
        ),
        sheet_title=msgid("Internal work, person-days"),
    ),
    KeyFigure(
        name="internal_value",
        title=msgid("Value of the internal work"),
        rule=msgid(
            "The person-days of your own people, coordination included, at their cost a day (rule M16). This is effort "
            "that your team must find, not money that leaves the company."
        ),
        formula=SUMS[FigureName.INTERNAL_VALUE],
        is_total=True,
    ),
    KeyFigure(
        name="external_days",
        title=msgid("External work"),
        rule=DAYS_RULE,
        unit=units.PERSON_DAYS,
        explain=explain_days,
        sheet_title=msgid("External work, person-days"),
    ),
    KeyFigure(
        name="internal_days_per_week",
        title=msgid("Internal team, days a week"),
        unit=units.DAYS_A_WEEK,
        explain=partial(explain_capacity, team=Team.INTERNAL),
        list_title=msgid("Internal team"),
        list_value=lambda view: words.team_words(view.figures),
        sheet_title=msgid("Internal team, days a week at most"),
    ),
    KeyFigure(
        name="external_days_per_week",
        title=msgid("External team, days a week"),
        unit=units.DAYS_A_WEEK,
        explain=partial(explain_capacity, team=Team.EXTERNAL),
        list_title=msgid("External team"),
        list_value=lambda view: Plural(
            "up to {n} day a week", "up to {n} days a week", Trimmed(view.figures.external_days_per_week)
        ),
        sheet_title=msgid("External team, days a week at most"),
    ),
    KeyFigure(
        name="internal_days_per_week_average",
        title=msgid("Internal team, days a week on average"),
        rule=msgid(
            "The own team's days for tasks, coordination not counted, divided by the weeks of five working "
            "days from start to finish. The team's days a week are its maximum; this is its average."
        ),
        unit=units.DAYS_A_WEEK,
        explain=explain_average,
        places=FigureList.SUMMARY,
    ),
    KeyFigure(
        name="nis2",
        title=msgid("NIS2 points supported"),
        rule=POINTS_RULE,
        unit=units.POINTS,
        formula=Fact(lambda plan: counted_points(plan, CoverageState.SUPPORTED)),
        explain=partial(explain_count, state=CoverageState.SUPPORTED),
        related=("nis2_partly",),
        card=Card(
            lambda view: partly_words(view.plan),
            OWN_READING,
            title=msgid("NIS2 supported"),
            value=lambda view: points_words(view.plan),
            is_better_higher=True,
            place=6,
        ),
        places=NOWHERE,  # in the summary each point stands by itself
    ),
    KeyFigure(
        name="nis2_partly",
        title=msgid("NIS2 points partly supported"),
        rule=POINTS_RULE,
        unit=units.POINTS,
        formula=Fact(lambda plan: counted_points(plan, CoverageState.PARTLY)),
        explain=partial(explain_count, state=CoverageState.PARTLY),
        places=NOWHERE,
    ),
    KeyFigure(
        name=LICENCE_MIX,
        title=msgid("Licence mix, a month"),
        formula=Fact(lambda plan: None if plan.mix is None else plan.mix.monthly_cost),
        explain=explain_licences,
        related=(NEXT_BEST_MIX,),
        places=NOWHERE,
    ),
    KeyFigure(
        name=NEXT_BEST_MIX,
        title=msgid("Next best mix, extra cost a month"),
        rule=msgid(
            "The seats in which the cheapest other mix differs from this one. In it a group goes without "
            "something that it gets here, or the company without one of its products (rule M12)."
        ),
        formula=Fact(lambda plan: None if plan.mix is None else ZERO, AmountState.UNKNOWN),
        explain=explain_next_best,
        related=(LICENCE_MIX,),
        places=NOWHERE,
    ),
)


def by_name() -> dict[str, KeyFigure]:
    """Return every figure by its name."""
    return {figure.name: figure for figure in FIGURES}


def figures_of(plan: Plan, promise: Promise | None) -> tuple[KeyFigure, ...]:
    """Return the figures that a plan has and its reader may see; what is promised with its promise alone."""
    return tuple(figure for figure in FIGURES if figure.amount(plan, promise) is not None)


def figures_in(place: FigureList, view: View) -> tuple[KeyFigure, ...]:
    """Return the figures of a plan that stand in a list."""
    return tuple(figure for figure in figures_of(view.plan, view.promise) if place in figure.places)


def summary_figures() -> tuple[KeyFigure, ...]:
    """Return the figures of `summary.json`, also those of which a plan has no value."""
    return tuple(figure for figure in FIGURES if FigureList.SUMMARY in figure.places)


def totals_of(plan: Plan) -> list[KeyFigure]:
    """Return the figures that the page of the budget begins with."""
    return [figure for figure in figures_of(plan, None) if figure.is_total]
