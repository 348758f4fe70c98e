"""What should be checked, as one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import plan_for
from tests.words import told
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.findings.line import findings_line

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

ENGLISH = Language(LanguageCode.ENGLISH)


def test_the_line_says_how_many_and_the_first_titles(
    price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    plan = plan_for(case_of(Scenario(), price_book, phase_model, today=today))
    titles = [told(describe(finding, price_book)).title for finding in plan.findings]
    line = ENGLISH.write(told(findings_line(plan.findings, price_book)))
    named = " · ".join(titles[:2])
    assert line == f"{len(titles)} things to check: {named} · and {len(titles) - 2} more"
    three = ENGLISH.write(told(findings_line(plan.findings[:3], price_book)))
    assert three == f"3 things to check: {named} · and 1 more"
    again = ENGLISH.write(told(findings_line(plan.findings[:1] * 2 + plan.findings[1:5], price_book)))
    assert again == f"6 things to check: {named} · and 3 more"
    first = ENGLISH.write(told(findings_line(plan.findings[:1], price_book)))
    assert first == f"1 thing to check: {titles[0]}"
