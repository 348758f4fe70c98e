"""A plan is approved on the first screen, its forecasts are saved, and every page measures against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from streamlit.testing.v1.element_tree import Block

from tests.approval import Says
from tests.ui.colleagues import PEOPLE, UNDO, become, changes, texts, try_variant
from tests.ui.downloads import caught
from tests.ui.screen import Screen
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.engine.plan import Plan
from zt_planner.files.draws import draws_bytes
from zt_planner.settings import variable
from zt_planner.ui.state.widgets import DRAWN

ANNA = "Anna \N{CHEQUERED FLAG}"


def approved(screen: Screen, name: str = ANNA) -> Screen:
    """Share the plan, and approve it as somebody."""
    screen.go("share")
    if screen.has("begin"):
        screen.press("begin")
    return approve(screen.press("make:viewer").go("plan"), name)


def approve(screen: Screen, name: str = ANNA) -> Screen:
    """Approve the plan on its page as somebody."""
    screen.press("approve_plan").set("approve:0:by", name)
    return screen.press("FormSubmitter:approve")


def under_way(screen: Screen, weeks: int = 3, **values: object) -> Screen:
    """Set the status date some weeks after the start, as the same person on another page."""
    start = screen.scenario.timeline.start
    assert start is not None
    at = (start + timedelta(weeks=weeks)).isoformat()
    changes(screen.state, status__at=at, **values)
    return screen.run()


@pytest.mark.extended
def test_who_approves_a_plan_sees_what_has_moved_since(screen: Screen, says: Says) -> None:
    approved(screen.run().move(PEOPLE, 130))
    assert screen.headline.startswith("Zero Trust for 130 people")
    screen.move(PEOPLE, 180).go("what_if", "fold:approved", "fold:since")
    says(list(screen.table("What each group of inputs adds")["Inputs"]))
    screen.go("plan").press("approve_again").press("withdraw")
    assert screen.state.base.status.approved is None
    screen.press(UNDO)
    assert any(f"Approved by {ANNA}, " in text for text in screen.captions)


def test_what_is_approved_are_the_figures_of_the_sentence_and_stay_as_they_were(screen: Screen) -> None:
    screen.run().move(PEOPLE, 130)
    sentence = approved(screen).headline
    assert not screen.has("approve_plan")
    (line,) = {plain(text) for text in screen.captions if f"Approved by {ANNA}, " in text}
    budget, finish = re.search(r"EUR [\d,]+", plain(sentence)), re.search(r"done by (\d+ \w+ \d+)", plain(sentence))
    assert budget is not None
    assert finish is not None
    assert f": {budget[0]}, {finish[0]}." in line
    screen.move(PEOPLE, 300).press("as_approved")
    assert screen.headline == f"As approved \N{EN DASH} {sentence}"
    assert screen.app.query_params["variant"] in ("approved", ["approved"])
    fields = [field for field in screen.app.text_input if field.key != DRAWN]
    assert [field.disabled for field in fields] == [True] * len(fields) != []
    screen.press("back")
    assert screen.headline.startswith("Zero Trust for 300 people")


def test_from_the_approval_on_cards_sentence_and_line_say_what_differs_from_what_was_approved(screen: Screen) -> None:
    screen.run().move(PEOPLE, 130)
    assert screen.figures["Budget to get there"][1].startswith("+EUR")
    approve(screen)
    assert [change for _, change in screen.figures.values()] == [""] * len(screen.figures)
    assert "approved" not in screen.answer
    assert not any("→" in caption for caption in screen.captions)
    approved_budget = amount(screen.figures["Budget to get there"][0])
    screen.move(PEOPLE, 140)
    value, change = screen.figures["Budget to get there"]
    assert amount(value) - approved_budget == amount(change) > 0
    assert re.search(r"\(EUR [\d,]+ more; ", plain(screen.answer))
    (line,) = (plain(caption) for caption in screen.captions if "→" in caption)
    assert line.startswith("As planned: People 130 → 140: ")
    screen.press("why:promised_budget")
    assert any(plain(text).startswith("In the approved plan it was EUR ") for text in texts(screen))


def test_nothing_but_another_approval_changes_what_an_approved_plan_is_compared_with(screen: Screen) -> None:
    assert screen.run().move(PEOPLE, 130).unfold("menu:variants").has("baseline")
    assert not approve(screen).unfold("menu:variants").has("baseline")
    screen.move(PEOPLE, 140)
    assert screen.figures["Budget to get there"][1]
    screen.press("approve_again").set("approve:1:by", ANNA)
    screen.press("FormSubmitter:approve")
    assert [change for _, change in screen.figures.values()] == [""] * len(screen.figures)


def amount(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_beside_the_approved_plan_it_is_called_neither_a_variant_nor_only_watched(screen: Screen) -> None:
    approved(screen.run().move(PEOPLE, 130)).press("as_approved").unfold("menu:file")
    assert not [text for text in screen.captions if "variant" in text]
    assert not screen.has("try_out:panel")
    assert said_beside(screen) == "Nothing was imported: the approved plan stays as it is."
    become(screen, Role.VIEWER)
    assert not screen.run().has("try_out:panel")
    assert said_beside(screen) == "Nothing was imported: you only watch this plan."
    assert screen.press("back").has("try_out:panel")


def test_approving_takes_the_place_of_sharing_on_the_page_where_it_is_asked_for(screen: Screen) -> None:
    screen.run().move(PEOPLE, 130).go("share").press("make:viewer")
    assert is_sharing_primary(screen)
    assert not is_sharing_primary(screen.go("plan"))
    assert is_sharing_primary(approve(screen))


def test_a_plan_that_is_not_shared_is_approved_too_and_an_example_that_nobody_has_changed_is_not(
    screen: Screen,
) -> None:
    assert not screen.run().has("approve_plan")
    screen.move(PEOPLE, 130)
    assert is_sharing_primary(screen), "nobody else knows of the plan: sharing comes first"
    approve(screen)
    assert screen.state.base.status.approved is not None
    assert any(f"Approved by {ANNA}, " in text for text in screen.captions)


def is_sharing_primary(screen: Screen) -> bool:
    """Tell whether the link to the page Share is drawn as the page's primary button."""
    return any("to_share" in getattr(block.proto, "id", "") for block in blocks(screen.app.main))


def blocks(block: Block) -> Iterator[Block]:
    """Yield a block and all within it."""
    yield block
    for child in block.children.values():
        if isinstance(child, Block):
            yield from blocks(child)


def said_beside(screen: Screen) -> str:
    """Return what is said of a file that is dropped beside the fields."""
    (badge,) = screen.component("live")
    return str(dict(badge["words"])["beside"])


def test_files_of_the_approved_plan_say_that_it_is_that_one(
    screen: Screen, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_variant(approved(screen.run().move(PEOPLE, 130)))
    monkeypatch.setenv(variable("today"), (today + timedelta(days=90)).isoformat())
    screen.go("plan").press("as_approved")
    with caught() as files:
        screen.go("share", "fold:formats").go("record").go("how_sure", "fold:ranges").go("plan", "menu:file")
    day, web, minutes = (
        screen.language.day(today),
        files["Interactive page (HTML)"]().decode(),
        files["English"]().decode(),
    )
    assert f"Zero Trust plan, as approved on {day}" in web
    assert f"As approved on {day}." in minutes
    assert files["All tables"]()
    workspace = bootstrap.workspace()
    plan = workspace.plan(screen.state)
    assert isinstance(plan, Plan)
    assert files["All draws as CSV"]() == draws_bytes(workspace.plans.simulation(plan), ".csv")


@pytest.mark.extended
def test_a_name_that_is_none_is_refused_beside_its_field(screen: Screen) -> None:
    approved(screen.run(), "x" * 61)
    assert any("cannot be a name" in error for error in screen.errors)
    assert screen.state.base.status.approved is None


@pytest.mark.extended
def test_under_way_the_sentence_and_the_cards_measure_against_what_was_approved(screen: Screen) -> None:
    under_way(approved(screen.run().move(PEOPLE, 130)), company__employees=140)
    screen.go("plan")
    value, change = map(plain, screen.figures["Budget to get there"])
    assert value in plain(screen.headline)
    assert change.startswith("+EUR ")
    assert " later than planned when approved: " in screen.answer
    assert " from time passed, " in screen.answer


@pytest.mark.extended
def test_forecasts_are_saved_and_say_whether_the_finish_runs_away(screen: Screen) -> None:
    screen.run().move(PEOPLE, 130).go("what_if", "fold:approved")
    assert not screen.has("save_forecast")
    under_way(screen)
    assert any(text.startswith("No forecast is saved yet.") for text in texts(screen))
    screen.press("save_forecast")
    under_way(screen, 6).press("save_forecast")
    assert any(text.startswith("In 3 weeks, the finish has ") for text in texts(screen))
    charts = screen.app.get("plotly_chart")
    assert len(charts) == 2
    assert all(chart.proto.alt.endswith("in its table.") for chart in charts)
    assert len(screen.unfold("fold:forecasts").table("Saved forecasts")) == 2


@pytest.mark.extended
def test_who_watches_without_rates_sees_days_and_no_amount_of_the_forecasts(screen: Screen) -> None:
    under_way(approved(screen.run().move(PEOPLE, 130))).go("what_if", "fold:approved").press("save_forecast")
    become(screen, Role.VIEWER, Rules(hides_rates=True))
    (line,) = (text for text in screen.go("plan").captions if f"Approved by {ANNA}, " in text)
    assert "EUR" not in line
    screen.go("what_if", "fold:approved", "fold:forecasts")
    assert "EUR" not in screen.answer
    assert not screen.has("save_forecast")
    assert not screen.has("withdraw")
    assert len(screen.app.get("plotly_chart")) == 1
    assert list(screen.table("Saved forecasts").columns) == [
        *("Status date", "Done by", "Since the one before", "80% sure by"),
    ]
