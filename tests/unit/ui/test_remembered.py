"""What pages draw is built once for all who see the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.builders import plan_for
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.language import Language, LanguageCode
from zt_planner.ui.components.charts import remembered

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.plan import Plan


def test_a_thing_is_built_once_per_plan_language_and_view_whatever_follows_from_them(
    price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    default_plan = plan_for(case_of(Scenario(), price_book, phase_model, today=today))

    @remembered
    def built(plan: Plan, language: Language, view: str, _figures: object) -> object:
        return plan, language, view, _figures

    english = Language(LanguageCode.ENGLISH)
    first = built(default_plan, english, "used", object())
    assert built(replace(default_plan), Language(LanguageCode.ENGLISH), "used", object()) is first
    others = (
        built(replace(default_plan, case=replace(default_plan.case, shows_labour=False)), english, "used", None),
        built(default_plan, Language(LanguageCode.GERMAN), "used", None),
        built(default_plan, english, "paid", None),
    )
    assert len({id(each) for each in (first, *others)}) == 4
