"""Whoever may not change the plan changes nothing: viewers, and everyone in a locked session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.portions import values
from tests.ui.meeting import FOLDS, Meeting, kept, me, texts
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.domain.session import Role, Rules
from zt_planner.ui.addresses import PAGES
from zt_planner.ui.components.as_table import MENU
from zt_planner.ui.pages.how_sure import BUDGET_KEY, DAY_KEY
from zt_planner.ui.state import widgets

either = pytest.mark.parametrize("rules", [Rules(), Rules(is_locked=True)], ids=["viewer", "locked editor"])


def assert_nothing_changes_the_plan(screen: Screen) -> None:
    """Assert that every control of a page that changes the plan is disabled."""
    own = {
        "my_name",
        "language",
        "open",
        "money",
        "dialect",
        "another:with:en",
        "country",
        "docx:template",  # of a file of one's own
        "work:template",
        widgets.DRAWN,
    }
    own |= {DAY_KEY, BUDGET_KEY}  # a question of one's own, which changes no plan
    kinds = ("slider", "selectbox", "toggle", "text_input", "text_area", "file_uploader")
    found: list[Any] = [widget for kind in kinds for widget in screen.app.get(kind)]
    changers = [widget for widget in found if widget.key not in own]
    assert len(changers) > 20
    assert [widget.key for widget in changers if not widget.disabled] == []
    assert screen.app.get("button_group")
    harmless: tuple[str, ...] = ("why:", "another", "follow:begin", "try_out:", "all_decisions")
    harmless += (MENU,)  # a table in the place of a picture: it stands in the address, and nowhere in the plan
    harmless += ("leave:",)  # the way to give up one's own seat: who leaves changes nothing of the plan
    buttons = [button for button in screen.app.button if not (button.key or "").startswith(harmless)]
    saves = ("download",)
    active = [str(button.key) for button in buttons if not button.disabled]
    assert [key for key in active if not any(save in key for save in saves)] == []


@either
@pytest.mark.extended
def test_whoever_may_not_change_the_plan_finds_every_control_disabled_on_every_page(
    meeting: Meeting, rules: Rules
) -> None:
    meeting.set_rules(rules)
    screen = meeting.editor if rules.is_locked else meeting.viewer
    for page in PAGES:
        assert_nothing_changes_the_plan(screen.go(page, *(f"fold:{fold}" for fold in FOLDS), "menu:file"))


@pytest.mark.extended
def test_a_viewer_reads_who_can_change_that(meeting: Meeting) -> None:
    viewer = meeting.viewer.run()
    assert any("You watch this plan; Anna (owner) can let you change it." in text for text in texts(viewer))
    assert not any("You watch" in text for text in texts(meeting.editor.run()))
    meeting.set_rules(Rules(is_locked=True))
    for screen in meeting:
        assert any("The session is locked" in text for text in texts(screen.run()))


def test_a_viewer_of_an_example_is_offered_nothing_that_changes_the_plan(meeting: Meeting) -> None:
    for screen, is_offered in ((meeting.owner, True), (meeting.viewer, False)):
        screen.go("plan")
        assert [screen.has("own"), screen.has("menu:variants")] == [is_offered, is_offered]
        assert any("This is an example" in caption for caption in screen.captions) == is_offered


def take_example(screen: Screen) -> Screen:
    """Ask for an example, and confirm it where the page asks back."""
    screen.press("example:350")
    return screen.press("show_example") if screen.has("show_example") else screen


FORGED: dict[str, tuple[str, Callable[[Screen], Screen]]] = {
    "a slider": ("", lambda screen: screen.move("company.employees:slider", 400)),
    "a number": ("", lambda screen: screen.move("company.employees:field", 400)),
    "a list": ("", lambda screen: screen.move("choices.monitoring", "MDR")),
    "a segment": ("", lambda screen: screen.move("timeline.mode", Mode.CAPACITY)),
    "an example": ("menu:file", take_example),
    "a fold's number": ("fold:rates", lambda screen: screen.move("finance.horizon_months", 60)),
    "the estimate": ("fold:more_about_company", lambda screen: screen.press("follow")),
}
"""What a browser could send although the widget is disabled, and what must be open for it."""


def enabled(screen: Screen) -> Screen:
    """Have a browser that does not care whether a widget is disabled."""
    for kind in ("slider", "text_input", "selectbox", "button_group", "button"):
        for widget in screen.app.get(kind):
            widget.proto.disabled = False
    return screen


@pytest.mark.extended
@either
def test_a_forged_message_changes_nothing(meeting: Meeting, rules: Rules) -> None:
    owner, editor, viewer = meeting
    owner.go("plan").move("company.employees:slider", 150)
    meeting.set_rules(rules)
    before = kept(owner)
    screen = (editor if rules.is_locked else viewer).run()
    headline = screen.headline
    for name, (fold, forge) in FORGED.items():
        forge(enabled(screen.unfold(fold) if fold else screen))
        assert screen.headline == headline, name
        assert screen.shows("company.employees:slider") == 150, name
        after = kept(owner)
        assert (after.number, after.content) == (before.number, before.content), name


@pytest.mark.extended
@pytest.mark.parametrize(("fold", "forge"), values(FORGED, "a slider"))
@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "made a viewer"])
def test_a_page_that_was_drawn_before_the_rules_changed_is_refused_and_says_so(
    meeting: Meeting, fold: str, forge: Callable[[Screen], Screen], *, is_locked: bool
) -> None:
    owner, editor, _ = meeting
    owner.go("plan").move("company.employees:slider", 150)
    editor.run()
    headline = editor.unfold(fold).headline if fold else editor.headline
    if is_locked:
        meeting.set_rules(Rules(is_locked=True))
    else:
        bootstrap.workspace().people.set_role(owner.state, me(editor), Role.VIEWER)
    before = kept(owner)
    forge(editor)
    assert editor.headline == headline
    assert any("not change it now" in error for error in editor.errors)
    after = kept(owner)
    assert (after.number, after.content) == (before.number, before.content)
    assert editor.shows("company.employees:slider") == 150
