"""The money as a chart, alone and under the roadmap on one time axis: the product's one picture.

Charts show the report's figures and decide none. Built from `graph_objects`, a
trace a category. Law: equal plans give equal figures.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from plotly import graph_objects

from zt_planner.domain.plan import CASH_CATEGORIES, CostCategory, CostLine, Plan
from zt_planner.engine.costing.budget import accrual, cash_of, sums_by_month
from zt_planner.reports.charts.axes import (
    DAY_MS,
    MONTHS_BELOW,
    day_lines,
    money_axes,
    month_ticks,
    shown_months,
    time_axis,
)
from zt_planner.reports.charts.palette import LIGHT, LINE_COLOUR, Palette
from zt_planner.reports.charts.roadmap import MARGINS, ROW_HEIGHT, chart_rows, roadmap_traces, row_axis
from zt_planner.reports.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from zt_planner.domain.data.phase_model import Step
    from zt_planner.domain.month import Month
    from zt_planner.language import Language

MONEY_HEIGHT = 310
BUDGET_HEIGHT = 420
MOST_BAR_LABELS = 16


def money_traces(
    sums: Mapping[Month, Mapping[CostCategory, Decimal]],
    language: Language,
    palette: Palette,
    axes: Mapping[str, str],
) -> list[Any]:
    """Return the stacked months and the running total."""
    months = list(sums)
    traces: list[Any] = []
    for category in CASH_CATEGORIES:
        amounts = [sums[month][category] for month in months]
        if any(amounts):
            traces.append(
                graph_objects.Bar(
                    x=[month.first_day + timedelta(days=2) for month in months],
                    y=[float(amount) for amount in amounts],
                    width=[(month.last_day.day - 5) * DAY_MS for month in months],
                    offset=0,
                    marker={"color": palette.categories[category]},
                    hovertext=[
                        f"{label(category, language)}, {language.month(month)}: {language.money(amount, 2)}"
                        for month, amount in zip(months, amounts, strict=True)
                    ],
                    hoverinfo="text",
                    name=label(category, language),
                    **axes,
                )
            )
    if len(sums) <= MOST_BAR_LABELS:
        traces.append(month_totals(sums, language, axes))
    traces.append(running_total(sums, language, axes))
    return traces


def running_total(
    sums: Mapping[Month, Mapping[CostCategory, Decimal]], language: Language, axes: Mapping[str, str]
) -> graph_objects.Scatter:
    """Return the running total, in a band of its own above the bars."""
    totals, running = [], Decimal(0)
    for by_category in sums.values():
        running += cash_of(by_category)
        totals.append(running)
    return graph_objects.Scatter(
        x=[month.first_day + timedelta(days=14) for month in sums],
        y=[float(total) for total in totals],
        mode="lines+markers+text",
        text=[""] * (len(totals) - 1) + [language.money(totals[-1])] if totals else [],
        textposition="top left",
        cliponaxis=False,
        line={"color": LINE_COLOUR, "width": 2, "dash": "dot"},
        marker={"size": 5},
        hovertext=[
            language.say(
                "Running total, {month}: {amount}", month=language.month(month), amount=language.money(total, 2)
            )
            for month, total in zip(sums, totals, strict=True)
        ],
        hoverinfo="text",
        name=language.say("Running total"),
        xaxis=axes["xaxis"],
        yaxis="y3",
    )


def month_totals(
    sums: Mapping[Month, Mapping[CostCategory, Decimal]], language: Language, axes: Mapping[str, str]
) -> graph_objects.Bar:
    """Return each month's total above its bar; plotly hides those for which there is no room."""
    return graph_objects.Bar(
        x=[month.first_day + timedelta(days=2) for month in sums],
        y=[0] * len(sums),
        base=[float(sum(max(amount, Decimal(0)) for amount in cash(month))) for month in sums.values()],
        width=[(month.last_day.day - 5) * DAY_MS for month in sums],
        offset=0,
        text=[language.thousands(cash_of(month)) if cash_of(month) else "" for month in sums.values()],
        textposition="outside",
        textangle=0,
        constraintext="both",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
        **axes,
    )


def cash(sums: Mapping[CostCategory, Decimal]) -> list[Decimal]:
    """Return a month's cash by category."""
    return [sums[category] for category in CASH_CATEGORIES]


def roadmap_and_money(
    plan: Plan, language: Language, opened: Collection[Step] = (), palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return the one picture: the roadmap above, the money below it, on one time axis."""
    rows, months = chart_rows(plan, opened, language), shown_months(plan)
    sums = sums_by_month((*plan.cost_lines, *plan.prepaid_tail), months, accrual)
    roadmap_height = ROW_HEIGHT * max(len(rows), 1)
    height = roadmap_height + MONEY_HEIGHT + MARGINS
    share = MONEY_HEIGHT / (MONEY_HEIGHT + roadmap_height)
    shapes, notes = day_lines(plan, months, language)
    return graph_objects.Figure(
        data=[
            *roadmap_traces(rows, plan, language, palette),
            *money_traces(sums, language, palette, {"xaxis": "x", "yaxis": "y2"}),
        ],
        layout={
            "height": height,
            "barmode": "relative",
            "uniformtext": {"mode": "hide", "minsize": 9},
            "margin": {"l": 8, "r": 8, "t": 44, "b": 8},
            "legend": {"orientation": "h", "y": -MONTHS_BELOW / height, "yanchor": "top", "x": 0},
            "xaxis": {**time_axis(months, *month_ticks(months, language)), "anchor": "y2"},
            "yaxis": {**row_axis([row.label for row in rows]), "domain": [share + 0.02, 1]},
            **money_axes(sums, language, share - 0.05),
            "shapes": shapes,
            "annotations": notes,
        },
    )


def budget_chart(
    plan: Plan,
    months: Sequence[Month],
    language: Language,
    month_of: Callable[[CostLine], Month] = accrual,
    palette: Palette = LIGHT,
) -> graph_objects.Figure:
    """Return the money alone, over as many months as asked for."""
    sums = sums_by_month((*plan.cost_lines, *plan.prepaid_tail), months, month_of)
    figure = graph_objects.Figure(
        data=money_traces(sums, language, palette, {"xaxis": "x", "yaxis": "y2"}),
        layout={
            "height": BUDGET_HEIGHT,
            "barmode": "relative",
            "uniformtext": {"mode": "hide", "minsize": 9},
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
            "legend": {"orientation": "h", "y": -MONTHS_BELOW / BUDGET_HEIGHT, "yanchor": "top", "x": 0},
            "xaxis": {**time_axis(months, *month_ticks(months, language)), "anchor": "y2"},
            **money_axes(sums, language),
        },
    )
    cap = plan.scenario.finance.monthly_cap
    if cap is not None:
        note = language.say("monthly cap {amount}", amount=language.money(cap))
        figure.add_hline(
            y=float(cap), yref="y2", line={"color": palette.red, "width": 1.5, "dash": "dash"}, annotation_text=note
        )
    return figure
