"""What should be checked, as one line."""

from __future__ import annotations

from tests import builders
from tests.words import ENGLISH, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.topics.findings.blocks import findings_line
from zt_planner.topics.findings.findings import describe


def test_the_line_says_how_many_and_the_first_titles(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = builders.plan(Scenario(), price_book, phase_model)
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
