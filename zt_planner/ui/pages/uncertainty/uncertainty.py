"""Uncertainty: how sure date and budget are, what would make them surer, and the ranges behind that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.plan import FigureName
from zt_planner.engine.simulation.result import SURE
from zt_planner.topics.answers import risk_answer
from zt_planner.topics.figure import without_labour
from zt_planner.topics.figure_names import SURE_FAMILY, sure_name
from zt_planner.topics.gross_and_currency import amount_forms_of
from zt_planner.topics.labels import bounded_money
from zt_planner.topics.risk.confidence import beyond_sentence, chance_text, day_text
from zt_planner.topics.risk.traces import BOTH
from zt_planner.topics.risk.uncertainty import (
    chance_of,
    knows_budget,
    percentiles_table,
    plan_target,
    spread_texts,
)
from zt_planner.topics.roadmap.date_traces import FINISH
from zt_planner.ui.components.cards import FigureCard, show_cards
from zt_planner.ui.components.components import fold, fold_findings, show_findings, show_lines
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages.uncertainty import (
    draws_files as uncertainty_files,
)
from zt_planner.ui.pages.uncertainty import (
    drivers as uncertainty_drivers,
)
from zt_planner.ui.pages.uncertainty import (
    joint as uncertainty_joint,
)
from zt_planner.ui.pages.uncertainty import (
    ranges as uncertainty_ranges,
)
from zt_planner.ui.pages.uncertainty import (
    standstill as uncertainty_standstill,
)
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language

FINDINGS = (Code.RANGE_SKEWED, Code.RANGE_WIDE)


def answer(plan: Plan, language: Language) -> str:
    """Say how sure the plan is."""
    return risk_answer(plan, session.simulation(), language)


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline; of a plan that has stopped only what is wrong with it."""
    simulation = session.simulation()
    if plan.headlines is None or simulation is None:
        show_findings(plan, language)
        return
    figures, say = plan.headlines, language.say
    sure_cards(plan, figures, simulation, language)
    show_lines(tuple(filter(None, (beyond_sentence(simulation, language),))))
    spreads(plan, figures, simulation, language)
    uncertainty_standstill.draw(plan, language)
    st.header(say("How sure is that?"))
    fold_findings(plan, language, "range_findings", FINDINGS)
    title = say("Budget and finish at each confidence")
    fold(title, "percentiles", lambda: show_table(percentiles_table(plan, figures, simulation, language), title))
    if knows_budget(plan, figures):
        uncertainty_joint.draw(plan, figures, simulation, language)
    uncertainty_drivers.draw(plan, figures, simulation, language)
    fold(say("All draws as files"), "draws_files", partial(uncertainty_files.draw, language))
    uncertainty_ranges.draw(plan, language)


def spreads(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Say side by side how budget and finish are spread, each alone."""
    st.header(language.say("How budget and finish may turn out"))
    titles = (without_labour(language.say("Budget to get there"), plan, language), language.say("Finish"))
    texts = spread_texts(plan, figures, simulation, language)
    for column, title, text in zip(st.columns(2, gap="medium"), titles, texts, strict=True):
        with column:
            st.subheader(plain(title), anchor=False)
            st.markdown(plain(text))


def sure_cards(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw the budget and the finish that hold with 80 %, and the chance of the plan's own, as cards.

    Without labour the finish alone: what is left of the budget hardly varies; so too where nothing of it has a price.
    """
    say, budget = language.say, simulation.introduction_at(SURE)
    share = chance_text(SURE, language)
    cards = (
        FigureCard(
            sure_name(FigureName.INTRODUCTION_BUDGET.value, SURE),
            say("Budget to get there, {share} sure", share=share),
            bounded_money(budget, language, is_whole=plan.is_complete),
            notes=amount_forms_of(plan).forms(budget, language),
        ),
        FigureCard(
            sure_name(FINISH, SURE),
            say("Done, {share} sure", share=share),
            day_text(simulation.finish_at(SURE), simulation.limit, language),
        ),
        FigureCard(
            f"{SURE_FAMILY}:{BOTH}",
            say("Plan's date and budget both met"),
            chance_text(chance_of(plan_target(figures), simulation), language),
        ),
    )
    is_told = plan.shows_labour and knows_budget(plan, figures)
    show_cards("sure", cards if is_told else cards[1:2], language)
