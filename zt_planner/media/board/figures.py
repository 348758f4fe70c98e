"""The figures of the paper for the board: headline figures, how sure they are, and what the money is for.

Laws: figures are the headlines', and rows add up to them; what has no price is
said so, never 0; percentiles are the simulation's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CASH_CATEGORIES
from zt_planner.domain.headlines import FigureName
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.trust import share_of
from zt_planner.engine.figures import figure_lines
from zt_planner.language import Words
from zt_planner.topics.budget.lines import sum_text
from zt_planner.topics.decisions.stages import ON_PAPER, may_be_staged, protection_sentence, stage_notes, stage_table
from zt_planner.topics.headline.cards import key_figures
from zt_planner.topics.labels import is_unknown, label, share_text
from zt_planner.topics.risk.confidence import (
    band_legend,
    bands_of,
    beyond_sentence,
    both_sentence,
    percentile_table,
    reserve_sentence,
)
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from decimal import Decimal

    from zt_planner.domain.categories import CostCategory
    from zt_planner.domain.headlines import Headlines
    from zt_planner.domain.plan import CostLine
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.topics.view import View


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """One figure with its name and what is said below it."""

    label: Words
    value: Words
    context: Words


@dataclass(frozen=True, slots=True)
class BandRow:
    """A figure's percentiles in words, and where they lie along its band: P10, P50, P80, P90 and the plan."""

    cells: tuple[Words, ...]
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the plan is; without rows nothing can be said."""

    heading: Words
    sentences: tuple[Words, ...]
    columns: tuple[Words, ...]
    rows: tuple[BandRow, ...]
    legend: Words
    reserve: Words


@dataclass(frozen=True, slots=True)
class TableWithWords:
    """A table under a heading, with what is said about it."""

    heading: Words
    words: Words
    table: Table


def first_screen_figures(view: View) -> tuple[BoardFigure, ...]:
    """Return the figures of the first screen."""
    found = view.language.written(key_figures(view, None))
    return tuple(BoardFigure(figure.label, figure.value, figure.context) for figure in found)


def sure_of(view: View) -> Sure | None:
    """Return how sure date and money are, and which reserve that takes; None without draws."""
    plan, simulation, language = view.plan, view.simulation, view.language
    if simulation is None:
        return None
    head, *rows = percentile_table(plan, simulation)
    bands = zip(rows, bands_of(plan, simulation).values(), strict=True)
    return Sure(
        language.say("How sure is that?"),
        tuple(sure_sentences(plan, plan.headlines, simulation, language)),
        head,
        tuple(BandRow(row, band.places) for row, band in bands),
        language.write(band_legend()),
        language.write(reserve_sentence(plan, simulation)),
    )


def sure_sentences(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> Iterator[str]:
    """Yield how likely date and budget are together, and what the draws leave out."""
    yield language.write(both_sentence(plan, figures, simulation))
    if beyond := language.write(beyond_sentence(simulation)):
        yield beyond
    if not plan.is_complete:
        yield language.say("A price is missing, so every amount is a lower bound.")


def money_for(plan: Plan, language: Language) -> TableWithWords | None:
    """Return what the money is for, and what the amounts leave out; None when nothing of it is known."""
    if is_unknown(plan.headlines.horizon_total, is_whole=plan.is_complete):
        return None
    return TableWithWords(
        language.say("What the money is for"),
        language.say(
            "Amounts and percentages are rounded one by one, so they may not add up exactly. Internal work is effort "
            "and not part of any amount."
        ),
        money_table(plan, language),
    )


def stages_in(plan: Plan, language: Language) -> TableWithWords | None:
    """Return what each stage asks for and leaves; None where there is nothing to approve apart from the whole."""
    if not may_be_staged(plan):
        return None
    words = language.say(
        "If you stop on one of these days, open tasks are left out, contracts are paid to the end of their term, and "
        "what is in place costs money every month."
    )
    return TableWithWords(
        language.say("Decide in stages"),
        " ".join(
            filter(
                None, (words, language.write(protection_sentence(plan)), *tuple(map(language.write, stage_notes(plan))))
            )
        ),
        stage_table(plan, ON_PAPER),
    )


def money_table(plan: Plan, language: Language) -> Table:
    """Return the money by category: in the first year, its share, over the horizon."""
    first, whole = figure_lines(FigureName.FIRST_YEAR_BUDGET, plan), figure_lines(FigureName.HORIZON_TOTAL, plan)
    say, year = language.say, sum_of(first)
    columns = (
        say("Category"),
        say("First year"),
        say("Percentage"),
        language.plural("Cost over {n} month", "Cost over {n} months", len(plan.horizon)),
    )
    named = [(language.write(label(category)), {category}) for category in CASH_CATEGORIES if _of(whole, {category})]
    rows = []
    for name, categories in (*named, (say("Total"), set(CASH_CATEGORIES))):
        in_year, in_all = _of(first, categories), _of(whole, categories)
        rows.append(
            (name, language.write(sum_text(in_year)), _share(in_year, year, language), language.write(sum_text(in_all)))
        )
    return Table(columns, tuple(rows), numbers=(1, 2, 3))


def _of(lines: Sequence[CostLine], categories: Collection[CostCategory]) -> Sequence[CostLine]:
    return [line for line in lines if line.category in categories]


def _share(lines: Sequence[CostLine], year: Decimal, language: Language) -> str:
    """Write which part of the first year something is; nothing where it is a credit, or the year has no price."""
    part = sum_of(lines)
    return language.write(share_text(share_of(part, year))) if part >= 0 and year > 0 else ""
