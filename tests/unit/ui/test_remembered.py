"""What pages draw is built once for all who see the same."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tests import builders
from tests.words import ENGLISH, GERMAN
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.language import Language, Text
from zt_planner.topics.block import Drawing
from zt_planner.topics.palette import DARK, LIGHT, Palette
from zt_planner.ui.components.charts import remembered, remembered_figure


def test_a_thing_is_built_once_per_plan_language_and_view_whatever_follows_from_them(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    default_plan = builders.plan(Scenario(), price_book, phase_model)

    @remembered
    def built(plan: Plan, language: Language, view: str, _figures: object) -> object:
        return plan, language, view, _figures

    first = built(default_plan, ENGLISH, "used", object())
    assert built(replace(default_plan), ENGLISH, "used", object()) is first
    others = (
        built(replace(default_plan, case=replace(default_plan.case, shows_labour=False)), ENGLISH, "used", None),
        built(default_plan, GERMAN, "used", None),
        built(default_plan, ENGLISH, "paid", None),
    )
    assert len({id(each) for each in (first, *others)}) == 4


def test_a_chart_is_drawn_once_for_equal_plans_and_written_for_its_reader(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    plan = builders.plan(Scenario(), price_book, phase_model)
    english, german = ENGLISH, GERMAN
    palettes = []

    def chart(_plan: Plan, palette: Palette) -> Drawing:
        palettes.append(palette)
        return {"data": [], "layout": {"title": {"text": Text("Finish")}}}

    first, again = (remembered_figure(partial(chart, same), english, LIGHT) for same in (plan, replace(plan)))
    assert again is first
    others = (
        remembered_figure(partial(chart, plan), german, LIGHT),
        remembered_figure(partial(chart, plan), english, DARK),
    )
    assert palettes == [LIGHT, LIGHT, DARK]
    assert [figure.layout.separators for figure in (first, *others)] == [".,", ",.", ".,"]
    assert [figure.layout.title.text for figure in (first, *others)] == ["Finish", "Ende", "Finish"]
