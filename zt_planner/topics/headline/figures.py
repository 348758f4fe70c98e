"""The key figures, each declared once. Every medium that shows figures is made from this list.

A new figure is a record more in `FIGURES` (and a field of `Headlines` where the
engine computes it). The list has the order of explanations; `topics.headline.lists`
says in which order other media have it.
"""

from __future__ import annotations

from functools import partial

from zt_planner.domain.headlines import AmountState, FigureName
from zt_planner.domain.money import ZERO
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.figures import STANDSTILL, SUMS, By, Fact, Highest, Quotient
from zt_planner.errors import msgid
from zt_planner.topics.budget.amount_traces import explain_peak_month
from zt_planner.topics.figure import NOWHERE, Card, Figure, FigureList, FigureUnit
from zt_planner.topics.headline import words
from zt_planner.topics.headline.work import WORK
from zt_planner.topics.licences import traces as explained_mix
from zt_planner.topics.nis2 import traces as explained_coverage
from zt_planner.topics.roadmap import date_traces as explained_dates

PEAK_RULE = msgid(
    "The month within the horizon in which most money is used; the first of them if several are equal (rules M11 to "
    "M18)."
)
FIGURES: tuple[Figure, ...] = (
    Figure(
        name=FigureName.FIRST_YEAR_BUDGET.value,
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
        is_total=True,
    ),
    Figure(
        name=FigureName.INTRODUCTION_BUDGET.value,
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
        card=Card(
            words.budget_context,
            msgid("What it takes to get there, net of VAT, whichever month it falls into."),
            place=1,
        ),
        is_total=True,
    ),
    Figure(
        name=FigureName.ONE_OFF_TOTAL.value,
        title=msgid("One-off cost of the whole plan"),
        rule=msgid("All one-off costs until the work is finished, contingency included (rules M14 to M17)."),
        rule_without_labour=msgid("All one-off costs until the work is finished (rules M14 and M15)."),
        formula=SUMS[FigureName.ONE_OFF_TOTAL],
        related=("one_off_first_year", "introduction_budget"),
        is_total=True,
    ),
    Figure(
        name=FigureName.ONE_OFF_FIRST_YEAR.value,
        title=msgid("First year: one-off"),
        rule=msgid(
            "One-off costs in the twelve months from the start month. Together with the recurring costs they "
            "are the first-year budget (rules M14 to M18)."
        ),
        formula=SUMS[FigureName.ONE_OFF_FIRST_YEAR],
        list_title=msgid("of which one-off"),
    ),
    Figure(
        name=FigureName.RECURRING_FIRST_YEAR.value,
        title=msgid("First year: recurring"),
        rule=msgid(
            "Recurring costs in the twelve months from the start month. Together with the one-off costs they "
            "are the first-year budget (rules M11 to M15 and M18)."
        ),
        formula=SUMS[FigureName.RECURRING_FIRST_YEAR],
        list_title=msgid("of which recurring"),
    ),
    Figure(
        name=FigureName.RUN_RATE_MONTHLY.value,
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
    Figure(
        name=FigureName.HORIZON_TOTAL.value,
        title=msgid("Cost over the horizon"),
        rule=msgid("All money that leaves the company within the horizon (rule M18)."),
        formula=SUMS[FigureName.HORIZON_TOTAL],
        related=("per_employee_month",),
        is_total=True,
        list_title=words.horizon_title,
    ),
    Figure(
        name=FigureName.PEAK_AMOUNT.value,
        title=msgid("Highest month"),
        rule=PEAK_RULE,
        formula=Highest(),
        related=("peak_month",),
        list_value=words.peak_text,
    ),
    Figure(
        name=FigureName.INTERNAL_VALUE.value,
        title=msgid("Value of the internal work"),
        rule=msgid(
            "The person-days of your own people, coordination included, at their cost a day (rule M16). This is effort "
            "that your team must find, not money that leaves the company."
        ),
        formula=SUMS[FigureName.INTERNAL_VALUE],
        is_total=True,
    ),
    Figure(
        name="peak_month",
        title=msgid("Highest month"),
        rule=PEAK_RULE,
        unit=FigureUnit.MONTH,
        formula=Highest(),
        explain=explain_peak_month,
        places=FigureList.SUMMARY,
    ),
    Figure(
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
    Figure(
        name="standstill_days",
        title=msgid("Equals a standstill of"),
        rule=msgid(
            "The cost over the horizon, divided by what a day at a standstill costs you, rounded up to one "
            "decimal (rule M28)."
        ),
        unit=FigureUnit.STANDSTILL,
        formula=STANDSTILL,
    ),
    Figure(
        name="start_date",
        title=msgid("Start"),
        rule=msgid("The day that was entered; without one, the first working day of the month after next."),
        unit=FigureUnit.DATE,
    ),
    Figure(
        name=explained_dates.FINISH,
        title=msgid("Finish"),
        rule=msgid(
            "The last working day of the task that ends last. These tasks lead there: each starts as early as the one "
            "before it, its wait, dates that were set, the teams and the calendar allow (rules M7 to M10)."
        ),
        unit=FigureUnit.DATE,
        explain=explained_dates.explain_finish,
        related=("start_date", "duration_months", "deadline"),
        card=Card(
            words.finish_context,
            msgid("The last working day of the task that ends last."),
            title=msgid("Done"),
            value=words.finish_value,
            place=2,
        ),
    ),
    Figure(
        name=explained_dates.MFA,
        title=msgid("Everyone has MFA"),
        rule=msgid(
            "The later finish of the MFA roll-out to everyone and of MFA for remote access (rule M9). These tasks "
            "lead there: each starts as early as the one before it, its wait, dates that were set, the teams and the "
            "calendar allow."
        ),
        unit=FigureUnit.DATE,
        explain=explained_dates.explain_mfa,
        related=("start_date", "finish_date"),
        card=Card(
            words.mfa_context,
            msgid("The day from which nobody gets in with a password alone, remote access included."),
            value=words.mfa_value,
            place=3,
        ),
    ),
    Figure(
        name="duration_months",
        title=msgid("Duration"),
        rule=msgid("The calendar days from start to finish, both counted, in months of 30.4375 days."),
        unit=FigureUnit.MONTHS,
        explain=explained_dates.explain_duration,
        places=FigureList.LIST | FigureList.SUMMARY,
    ),
    Figure(
        name="deadline",
        title=msgid("To be finished before"),
        rule=msgid(
            "The start plus this many months: the same day of the month, or its last (rule M10). The work "
            "must be finished before this day."
        ),
        unit=FigureUnit.DATE,
        formula=Fact(lambda plan: plan.deadline),
        explain=explained_dates.explain_deadline,
        places=FigureList.LIST,
    ),
    *WORK,
    Figure(
        name="nis2",
        title=msgid("NIS2 measures supported"),
        rule=explained_coverage.RULE,
        unit=FigureUnit.MEASURES,
        formula=Fact(lambda plan: words.counted_measures(plan, CoverageState.SUPPORTED)),
        explain=partial(explained_coverage.explain_count, state=CoverageState.SUPPORTED),
        related=("nis2_partly",),
        card=Card(
            words.measures_context,
            msgid("Measures of Art. 21(2) that the finished work supports. This is not proof of compliance."),
            title=msgid("NIS2 measures"),
            value=words.measures_value,
            is_better_higher=True,
            kept_as="measures",
            place=6,
        ),
        places=NOWHERE,  # in the summary each measure stands by itself
    ),
    Figure(
        name="nis2_partly",
        title=msgid("NIS2 measures partly supported"),
        rule=explained_coverage.RULE,
        unit=FigureUnit.MEASURES,
        formula=Fact(lambda plan: words.counted_measures(plan, CoverageState.PARTLY)),
        explain=partial(explained_coverage.explain_count, state=CoverageState.PARTLY),
        places=NOWHERE,
    ),
    Figure(
        name=explained_mix.LICENCE_MIX,
        title=msgid("Licence mix, a month"),
        formula=Fact(lambda plan: None if plan.mix is None else plan.mix.monthly_cost),
        explain=explained_mix.explain_licences,
        related=(explained_mix.NEXT_BEST_MIX,),
        places=NOWHERE,
    ),
    Figure(
        name=explained_mix.NEXT_BEST_MIX,
        title=msgid("Next best mix, extra cost a month"),
        rule=msgid(
            "The seats in which the cheapest other mix differs from this one. In it a group goes without "
            "something that it gets here, or the company without one of its products (rule M12)."
        ),
        formula=Fact(lambda plan: None if plan.mix is None else ZERO, AmountState.UNKNOWN),
        explain=explained_mix.explain_next_best,
        related=(explained_mix.LICENCE_MIX,),
        places=NOWHERE,
    ),
)
