"""The first screen: how sure, six figures that are buttons, what changed, what cannot be met, pages beside it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.approval import Says
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import ConfidenceLevel, Monitoring
from zt_planner.engine.plan import Plan
from zt_planner.engine.promise import promise_of
from zt_planner.engine.under_way.approved import reference_case
from zt_planner.engine.under_way.slip import slip_between
from zt_planner.errors import StoreError
from zt_planner.topics.task_words import days_text, later_text
from zt_planner.ui.state.tab import TAB

FIGURES = [
    "promised_budget",
    "promised_finish",
    "promised_mfa_date",
    "promised_internal_days",
    "run_rate_monthly",
]
NOTHING_YET = "Move a control: what it changes is said here."


def links(screen: Screen) -> list[str]:
    """Return where the page's links lead to."""
    return [link.proto.page for link in screen.app.get("page_link")]


def test_five_figures_stand_in_the_order_of_the_conversation_three_with_a_band(screen: Screen) -> None:
    screen.run()
    assert [card["name"] for card in screen.cards] == FIGURES
    assert [card["name"] for card in screen.cards if card["band"]] == FIGURES[:3]
    for card in screen.cards[:3]:
        low, middle, sure, high, _ = card["band"]["places"]
        assert low <= middle <= sure <= high
        assert card["notes"][-1].startswith("as planned ")


def test_the_points_have_a_card_only_where_they_move(screen: Screen) -> None:
    assert "NIS2 supported" not in screen.run().figures
    screen.move("choices.monitoring", Monitoring.NONE)
    assert screen.figures["NIS2 supported"][1].endswith(" points")
    assert "NIS2 supported" not in screen.move("choices.monitoring", Monitoring.SIEM).figures


def test_below_the_sentence_stands_what_is_planned_and_the_chance_of_keeping_it(screen: Screen) -> None:
    figures = screen.run().plan.headlines
    budget, finish = screen.language.money(figures.introduction_budget), screen.language.day(figures.finish_date)
    assert screen.answer.startswith("Both together are ")
    chance = r" \([0-9]+%\)"
    assert re.search(rf"As planned {said(budget)}{chance} and {said(finish)}{chance}, both [0-9]+%\.$", screen.answer)


def test_a_plan_that_slipped_says_why_and_each_card_what_was_promised_before(screen: Screen) -> None:
    screen.run().go("roadmap").move("status.at", date(2027, 4, 15)).go("plan")
    slip = slip_between(reference_case(screen.plan.case), screen.plan.case)
    assert slip is not None
    assert slip.total > 0
    moved = plain(screen.language.write(later_text(slip.total)))
    assert f"({moved} than planned, because time has passed; " in plain(screen.answer)
    plans, before = bootstrap.workspace().plans, bootstrap.workspace().plans.reference(screen.plan)
    assert isinstance(before, Plan)
    promised, was = (promise_of(plan, plans.simulation(plan)).finish for plan in (screen.plan, before))
    days = plain(screen.language.write(days_text((promised - was).days)))
    assert plain(screen.figures["Done by"][1]) == days


def test_the_sentence_and_the_first_cards_follow_how_sure_they_must_be(screen: Screen) -> None:
    sure = screen.run().figures
    assert "80% sure" in screen.headline
    screen.move("timeline.confidence", ConfidenceLevel.VERY_SURE)
    assert "90% sure" in screen.headline
    assert screen.figures["Budget to get there"] != sure["Budget to get there"]
    screen.move("timeline.confidence", ConfidenceLevel.PLANNED)
    assert "as planned" in screen.headline
    figures = screen.plan.headlines
    assert said(screen.figures["Budget to get there"][0]) == said(screen.language.money(figures.introduction_budget))
    assert said(screen.figures["Done by"][0]) == said(screen.language.short_day(figures.finish_date))


@pytest.mark.extended
def test_what_cannot_be_met_is_said_beside_the_sentence(screen: Screen) -> None:
    screen.run()
    assert not any(text.startswith(":red[") for text in texts(screen))
    screen.unfold("fold:calendar_and_teams").move("timeline.max_internal_days_per_week", 0.5)
    (alarm,) = (each for each in screen.app.markdown if each.value.startswith(":red["))
    assert "The finish date cannot be met" in alarm.value
    assert "in this order of the tasks, with the largest teams allowed, it finishes on" in alarm.proto.help


@pytest.mark.extended
def test_what_a_control_has_changed_is_said_below_the_figures_until_the_plan_is_the_baseline(screen: Screen) -> None:
    screen.run()
    assert any("This is an example" in caption for caption in screen.captions)
    screen.move("timeline.target_months:slider", 6)
    (line,) = (plain(caption) for caption in screen.captions if caption.startswith("As planned: Finish in months"))
    assert line.endswith(" days a week of the consultant")
    assert " days earlier with " in line
    screen.move("company.employees:slider", 200)
    (line,) = (plain(caption) for caption in screen.captions if caption.startswith("As planned: Finish in months"))
    assert line.startswith("As planned: Finish in months 12 → 6: ")
    assert " days earlier · People 120 → 200: " in line
    assert "record" in links(screen)
    screen.unfold("menu:variants").press("baseline")
    assert NOTHING_YET in screen.captions
    assert "record" not in links(screen)


def test_a_new_baseline_is_confirmed_where_nothing_had_changed(screen: Screen, says: Says) -> None:
    screen.run()
    assert not screen.app.toast
    screen.unfold("menu:variants").press("baseline")
    says([toast.value for toast in screen.app.toast])
    assert not screen.run().app.toast


@pytest.mark.extended
def test_what_changed_is_said_without_reading_who_takes_part(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.run()

    def refuse(*_: object) -> None:
        raise StoreError

    monkeypatch.setattr("zt_planner.ui.components.together.history.record_words", refuse)
    screen.move("company.employees:slider", 200)
    assert any(plain(caption).startswith("As planned: People 120 → 200: +EUR ") for caption in screen.captions)


def test_what_somebody_else_changes_is_said_to_everyone(meeting: Meeting) -> None:
    meeting.owner.go("plan").move("company.employees:slider", 200)
    assert any(
        plain(caption).startswith("As planned: People 120 → 200: +EUR ") for caption in meeting.viewer.run().captions
    )


@pytest.mark.extended
def test_what_changes_a_hidden_rate_is_not_said_to_whoever_may_not_see_it(hidden: Screen, meeting: Meeting) -> None:
    assert not any("→" in caption for caption in hidden.captions)
    owner = meeting.owner.go("plan").unfold("menu:variants").press("baseline")
    owner.move("labour.external_day_rate:slider", 900)
    assert any("→" in caption and "900" in caption for caption in owner.captions)
    assert not any("→" in caption for caption in hidden.run().captions)


def test_pages_that_belong_together_lead_to_each_other(screen: Screen) -> None:
    assert links(screen.go("record"))[-3:] == ["share", "record", "sessions"]
    assert links(screen.go("budget")) == ["share", "prices"]


def test_a_card_that_is_pressed_asks_why(screen: Screen) -> None:
    screen.run()
    screen.press("why:promised_finish")
    assert screen.app.session_state[TAB].asked_figure == "promised_finish"
    assert [len(table) > 0 for table in screen.tables] == [True]


def test_whoever_only_watches_has_no_levers(meeting: Meeting) -> None:
    assert meeting.owner.go("plan").has("company.employees:lever")
    assert not meeting.viewer.run().has("company.employees:lever")


def test_a_lever_moves_what_its_slider_moves(screen: Screen) -> None:
    screen.run().move("company.employees:lever", 200)
    assert screen.scenario.company.employees == 200
    assert screen.shows("company.employees:slider") == 200
    assert said(screen.headline).startswith("Zero Trust for 200 people")
