"""A browser that is late: which of the values that it sends are what a person did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.colleagues import changes
from tests.ui.meeting import FOLDS, Meeting
from tests.ui.screen import Screen
from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.ui.state import widgets
from zt_planner.ui.state.tab import TAB, BrowserTab

SLIDER, FIELD = "company.employees:slider", "company.employees:field"


def drawn(screen: Screen) -> str:
    """Return what the browser says that it has drawn."""
    return str(screen.shows(widgets.DRAWN))


def late(screen: Screen, run: str) -> Screen:
    """Have the browser send its next message before it has drawn anything after a run."""
    screen.widget(widgets.DRAWN).set_value(run)
    return screen


@pytest.mark.extended
@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("timeline.target_months:slider", 12, 7),
        ("choices.monitoring", Monitoring.SIEM, Monitoring.NONE),
    ],
)
def test_a_late_browser_does_not_take_back_what_others_have_changed_and_one_that_has_seen_it_does(
    screen: Screen, key: str, old: object, new: object
) -> None:
    before = drawn(screen.run().move(SLIDER, 200))
    changes(screen.state, **{key.removesuffix(":slider").replace(".", "__"): new})
    assert screen.run().shows(key) == new
    for _ in range(2):
        late(screen, before).move(key, old)
        assert screen.shows(key) == new
        assert screen.state.number == 2
    screen.move(key, old)
    assert screen.shows(key) == old
    assert screen.state.number == 3


@pytest.mark.extended
def test_an_old_value_that_comes_with_a_button_is_no_edit(screen: Screen) -> None:
    before = drawn(screen.run().unfold("menu:variants").move(SLIDER, 200))
    changes(screen.state, choices__monitoring=Monitoring.NONE)
    screen.run().widget("choices.monitoring").set_value(Monitoring.SIEM)
    late(screen, before).press("baseline")
    assert screen.scenario.choices.monitoring == Monitoring.NONE
    assert screen.shows("choices.monitoring") == Monitoring.NONE


@pytest.mark.extended
def test_the_field_beside_a_slider_that_was_just_moved_takes_nothing_back(screen: Screen) -> None:
    before = drawn(screen.run().unfold("menu:variants"))
    screen.move(SLIDER, 200)
    screen.set(FIELD, 120)
    late(screen, before).press("baseline")
    assert screen.scenario.company.employees == 200
    assert [screen.shows(key) for key in (SLIDER, FIELD)] == [200, "200"]


@pytest.mark.extended
def test_the_edit_of_somebody_who_has_not_seen_the_others_counts_and_is_shown(screen: Screen) -> None:
    before = drawn(screen.run().move(SLIDER, 200))
    changes(screen.state, company__employees=150)
    late(screen.run(), before).move(SLIDER, 210)
    assert screen.scenario.company.employees == 210
    # The browser draws 150 only now, after it has sent 210: it must hear of 210 again.
    assert screen.widget(SLIDER).proto.set_value
    assert not screen.run().widget(SLIDER).proto.set_value


@pytest.mark.extended
def test_what_the_browser_has_not_drawn_is_told_again(screen: Screen) -> None:
    before = drawn(screen.run())
    screen.move(SLIDER, 200)
    for _ in range(2):
        assert screen.widget(FIELD).proto.set_value
        screen.set(FIELD, 120)
        late(screen, before).run()
    screen.run().run()
    assert not screen.widget(FIELD).proto.set_value


def test_what_the_browser_has_sent_back_is_not_told_again_over_what_is_being_typed(screen: Screen) -> None:
    before = drawn(screen.run())
    screen.move(SLIDER, 200)
    assert screen.widget(FIELD).proto.set_value
    late(screen, before).run()  # the field has drawn 200, and the page is not yet whole
    assert not screen.widget(FIELD).proto.set_value


@pytest.mark.extended
def test_an_edit_that_comes_with_an_old_value_counts(screen: Screen) -> None:
    before = drawn(screen.run().move(SLIDER, 200))
    changes(screen.state, company__employees=150)
    screen.run()
    for key in (SLIDER, FIELD):
        screen.set(key, 200)
    late(screen, before).move("timeline.target_months:slider", 7)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (150, 7)


@pytest.mark.extended
@pytest.mark.parametrize("said", ["", "1" * 17, "-1", "1e3", "²", "<b>"])
def test_a_browser_that_says_nonsense_of_what_it_has_drawn_has_drawn_nothing_new(screen: Screen, said: str) -> None:
    screen.run().move(SLIDER, 200)
    changes(screen.state, company__employees=150)
    late(screen, said).run()
    late(screen, said).move(SLIDER, 160)
    assert screen.scenario.company.employees == 160


@pytest.mark.extended
def test_a_browser_that_spoke_with_a_server_before_this_one_changes_nothing_until_it_has_drawn_anew(
    screen: Screen,
) -> None:
    before = drawn(screen.run().move(SLIDER, 200))
    changes(screen.state, company__employees=150)
    again = Screen()
    again.app.session_state[TAB] = BrowserTab(anonymous=screen.state.key)
    again.run()
    late(again, before).move(SLIDER, 201)
    assert [again.shows(key) for key in (SLIDER, FIELD)] == [150, "150"]
    again.move(SLIDER, 201)
    assert again.scenario.company.employees == 201


# A browser in which a widget's code arrives late begins with the widget's default.


def begun_with(found: Any) -> tuple[Any, Any]:  # noqa: ANN401 - the messages of widgets share no type
    """Return what a widget is told and what it has as its default, in the same form."""
    if type(found).__name__ == "Selectbox":
        return found.raw_value, found.options[found.default]
    if type(found).__name__ == "ButtonGroup":
        return list(found.raw_values), [found.options[place].content for place in found.default]
    return found.value, found.default


def told(screen: Screen) -> Iterator[Any]:
    """Yield the widgets that a run tells a value."""
    for key in screen.app.session_state[TAB].echoes:
        if screen.has(key) and screen.widget(key).proto.set_value:
            yield screen.widget(key)


@pytest.mark.extended
def test_every_widget_has_the_value_that_stands_as_its_default(meeting: Meeting) -> None:
    seen: set[str] = set()
    changes(meeting.owner.state, company__employees=150, notes="what was said", company__name="Blau GmbH")
    owned = [{"licence": "m365-business-standard", "seats": 90, "until": "2027-06-30"}]
    changes(meeting.owner.state, company__owned_licences=owned, company__running=["siem"])
    changes(meeting.owner.state, choices__monitoring=Monitoring.NONE, company__works_council=False)
    changes(meeting.owner.state, finance__monthly_cap="9000.00", prices__as_of="2026-11-20", timeline__region="AT")
    for person in meeting:
        key = person.run().state.key
        for page in ("plan", "prices", "share"):
            other = Screen(**person.app.query_params)
            other.cookies = person.cookies
            other.app.session_state[TAB] = BrowserTab(anonymous=key)
            for fold in FOLDS:
                other.app.session_state[f"fold:{fold}"] = True
            for widget in told(other.go(page)):
                value, default = begun_with(widget.proto)
                assert value == default, widget.key
                seen.add(type(widget).__name__)
    assert {"Slider", "Selectbox", "TextInput", "TextArea", "Toggle", "ButtonGroup"} <= seen
