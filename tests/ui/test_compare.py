"""The variants on the page What if, as a reader sees them: promises, inputs, the bridge, lines and roadmaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.approval import Says
from tests.builders import scenario
from tests.ui.colleagues import texts
from tests.ui.screen import Screen, said
from tests.unit.topics.compare.test_comparison import ENDLESS, compared
from tests.words import ENGLISH, plain
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.engine.plan import Plan
from zt_planner.language import Language
from zt_planner.topics.compare.answer import compare_answer
from zt_planner.topics.view import AnyView, any_view
from zt_planner.ui.components import comparison as compare
from zt_planner.ui.pages import what_if

Opened: TypeAlias = Callable[..., Screen]

MDR = scenario(choices__monitoring="mdr")
PARTNER = scenario(choices__operation="partner", company__employees=150)
"""Two inputs differ: the figures have a bridge."""
AGAINST, BRIDGE = "against", "bridge"


@pytest.fixture
def opened(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Return what opens the page for a comparison."""

    def with_page(comparison: Comparison, *unfolded: str) -> Screen:
        def draw(_: Plan, language: Language) -> None:
            compare.show_comparison(comparison, views_of(comparison, language), language)

        def answer(_: Plan, language: Language) -> str:
            return language.write(compare_answer(comparison))

        monkeypatch.setattr(what_if, "render", draw)
        monkeypatch.setattr(what_if, "answer", answer)
        screen.run()
        return screen.go("what_if", *unfolded)

    return with_page


def views_of(comparison: Comparison, language: Language) -> dict[str, AnyView]:
    """Return each plan with few draws."""
    return {each.letter: any_view(each.plan, language) for each in comparison.variants}


def headings(screen: Screen) -> list[str]:
    return [said(element.value) for element in screen.app.header]


def waterfalls(screen: Screen) -> list[str]:
    return [plain(chart.proto.alt) for chart in screen.app.get("plotly_chart")]


@pytest.mark.extended
def test_two_plans_stand_side_by_side(opened: Opened, says: Says) -> None:
    comparison = compared(MDR)
    screen = opened(comparison, "fold:figures", "fold:over_time")
    assert screen.answer == ENGLISH.write(compare_answer(comparison))
    assert list(screen.table("What each plan promises")["Plan"]) == ["A: 0.json", "B: 1.json"]
    assert list(screen.table("Key figures side by side").columns) == ["Figure", "A", "B", "B against A"]
    assert [line["letter"] for line in screen.picture("running_totals")["money"][0]["lines"]] == ["A", "B"]
    assert [row["letter"] for row in screen.picture("roadmaps")["rows"][:3]] == ["A", "B", "A"]
    says(headings(screen))
    assert "- Monitoring: MDR instead of SIEM" in texts(screen)
    assert not screen.has(AGAINST)
    assert not screen.errors


def test_every_picture_has_words_and_a_table(opened: Opened, says: Says) -> None:
    screen = opened(compared(PARTNER), "fold:over_time", "fold:bridge")
    alts = [screen.picture(key)["alt"] for key in ("running_totals", "roadmaps")] + waterfalls(screen)
    assert len(alts) == 3
    assert all(alt.endswith("in its table.") for alt in alts)
    assert len(screen.with_table("totals").table("Running totals by month")) == 36
    assert len(screen.with_table("steps").table("Steps side by side")) == 6
    says(list(screen.table("What each group of inputs adds")["Inputs"]))


@pytest.mark.extended
def test_of_several_plans_one_is_chosen_and_the_figure_of_its_bridge(opened: Opened) -> None:
    screen = opened(compared(MDR, PARTNER))
    assert "B: 1.json – what differs from A" in headings(screen)
    screen.move(AGAINST, "C").unfold("fold:bridge")
    assert "C: 2.json – what differs from A" in headings(screen)
    assert "- Monitoring: MDR instead of SIEM" not in "\n".join(texts(screen))
    assert waterfalls(screen)[0].startswith("Budget to get there from A EUR ")
    screen.move(BRIDGE, "run_rate_monthly")
    assert waterfalls(screen)[0].startswith("After that, a month from A EUR ")


def test_both_ways_to_divide_a_difference_are_offered_by_name(opened: Opened) -> None:
    screen = opened(compared(PARTNER), "fold:bridge")
    assert any(caption.startswith("Independent of the order: ") for caption in screen.captions)
    (link,) = (link.proto for link in screen.app.get("page_link") if link.proto.label == "In the order we decided")
    assert link.page == "record"


@pytest.mark.extended
def test_of_very_many_inputs_the_rest_is_folded(opened: Opened, says: Says) -> None:
    tasks = [task.task.id for task in compared(Scenario()).first.plan.tasks][: compare.MOST_LINES]
    screen = opened(compared(scenario(company__employees=130, tasks__edits={key: {"effort_days": 9} for key in tasks})))
    assert next(text.count("\n") + 1 for text in texts(screen) if text.startswith("- ")) == compare.MOST_LINES - 1
    screen.unfold("fold:inputs")
    listed, rest, *_ = (text.split("\n") for text in texts(screen) if text.startswith("- "))
    says(listed[0])
    assert len(listed) + len(rest) == len(tasks) + 1


@pytest.mark.extended
def test_equal_plans_have_nothing_to_explain(opened: Opened) -> None:
    screen = opened(compared(Scenario()))
    assert "No input differs." in texts(screen)
    assert not waterfalls(screen)


@pytest.mark.extended
def test_a_plan_without_a_schedule_is_shown_as_far_as_it_goes(opened: Opened) -> None:
    screen = opened(compared(scenario(**ENDLESS)), "fold:over_time", "fold:bridge")
    assert any("B has no schedule" in caption for caption in screen.captions)
    assert "The difference cannot be explained: B has no schedule." in texts(screen)
    assert [line["letter"] for line in screen.picture("running_totals")["money"][0]["lines"]] == ["A"]
    assert not waterfalls(screen)


@pytest.mark.extended
def test_without_any_schedule_there_is_no_picture(opened: Opened, says: Says) -> None:
    comparison = compared(scenario(**ENDLESS), scenario(**ENDLESS, company__employees=130))
    first, other = comparison.others
    screen = opened(comparison._replace(first=first, others=(other,)))
    says(headings(screen)[0])
    assert not screen.app.get("plotly_chart")


@pytest.mark.extended
def test_a_name_is_text_and_no_markup(opened: Opened) -> None:
    comparison = compared(MDR)
    named = comparison.others[0]._replace(name="*Plan* :smile: <b>x</b> $a$")
    screen = opened(comparison._replace(others=(named,)), "fold:over_time")
    assert f"B: {named.name} – what differs from A" in headings(screen)
    assert screen.picture("running_totals")["money"][0]["lines"][1]["name"] == named.name
