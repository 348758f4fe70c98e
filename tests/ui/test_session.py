"""One tab's state: two tabs, a seat that ends, a server that starts again."""

from __future__ import annotations

import pytest

from tests.ui.colleagues import changes
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.ui.state.tab import TAB, BrowserTab
from zt_planner.workspace import State
from zt_planner.workspace.keys import HOME_COOKIE, Browser, new_key

PEOPLE = ("company.employees:slider", "company.employees:field")
ENDED = "Your seat in the planning session has ended"


def begun() -> State:
    """Return the state of somebody else who has begun a session."""
    workspace = bootstrap.workspace()
    return workspace.change(workspace.open(new_key()), {"company.sites": 3})


def tab_of(state: State) -> Screen:
    """Return another tab with the same key."""
    screen = Screen()
    screen.app.session_state[TAB] = BrowserTab(anonymous=state.key)
    return screen


@pytest.mark.extended
def test_a_refreshed_page_shows_the_same_plan(screen: Screen) -> None:
    screen.run().move(PEOPLE[0], 200)
    again = tab_of(screen.state).run()
    assert again.scenario == screen.scenario
    assert again.state.me == screen.state.me
    assert again.state.origin != screen.state.origin


@pytest.mark.extended
def test_a_page_that_survived_the_server_writes_nothing_old(screen: Screen) -> None:
    screen.run().move(PEOPLE[0], 200)
    changes(screen.state, company__employees=150, timeline__target_months=7)
    # The server starts again: the state of the page is gone, its widgets' values come along with the first message.
    again = tab_of(screen.state)
    again.app.session_state[PEOPLE[0]] = 210
    again.app.session_state[PEOPLE[1]] = "200"
    again.app.session_state["timeline.target_months:slider"] = 9
    again.run()
    assert (again.scenario.company.employees, again.scenario.timeline.target_months) == (150, 7)
    assert [again.shows(key) for key in PEOPLE] == [150, "150"]
    assert again.state.number == 2
    again.move(PEOPLE[0], 160)
    assert again.scenario.company.employees == 160


@pytest.mark.extended
def test_two_edits_of_which_others_have_made_one_impossible(screen: Screen) -> None:
    screen.unfold("fold:more_about_company").move("company.frontline", 100)
    screen.widget(PEOPLE[0]).set_value(90)
    screen.move("timeline.target_months:slider", 7)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (120, 7)
    assert len(screen.errors) == 1
    screen.run()
    assert not screen.errors


def test_a_participant_without_a_key_has_no_seat() -> None:
    screen = Screen(me="somebody")
    screen.app.run()
    assert not screen.app.exception
    assert [title.value for title in screen.app.title] == [ENDED]


class Cookies:
    """The cookies that a browser sends."""

    def __init__(self, browser: Browser, state: State) -> None:
        """Have the key of a browser in which somebody has a seat."""
        assert state.me is not None
        self.name: str = state.me.id
        self.sent: dict[str, str] = {HOME_COOKIE: browser.root}

    def tab(self) -> Screen:
        """Return a tab of this browser at the participant's address."""
        screen = Screen(me=self.name)
        screen.cookies = self.sent
        return screen


@pytest.fixture
def owner() -> State:
    """Return somebody else's session."""
    return begun()


@pytest.fixture
def cookies(owner: State) -> Cookies:
    """Return the cookies of a browser that has joined that session as an editor."""
    people, browser = bootstrap.workspace().people, Browser(new_key())
    joined = people.join(people.renew_link(owner, Role.EDITOR), holder=browser)
    assert joined is not None
    return Cookies(browser, bootstrap.workspace().open(joined[0]))


@pytest.mark.extended
def test_a_seat_and_ones_own_plan_stand_in_two_tabs(cookies: Cookies) -> None:
    guest, home = cookies.tab().run(), Screen().run()
    guest.move(PEOPLE[0], 200)
    home.move(PEOPLE[0], 80)
    assert (guest.run().scenario.company.employees, home.run().scenario.company.employees) == (200, 80)
    assert guest.scenario.company.sites == 3
    assert guest.state.session != home.state.session
    assert "me" not in home.app.query_params


@pytest.mark.extended
def test_the_address_keeps_who_one_is_on_every_page(cookies: Cookies) -> None:
    guest = cookies.tab().run()
    for page in ("roadmap", "budget", "plan"):
        guest.app.query_params.clear()
        guest.go(page)
        assert guest.app.query_params["me"] in (cookies.name, [cookies.name])
        assert guest.scenario.company.sites == 3


def test_a_viewer_who_forges_a_message_changes_nothing(owner: State, cookies: Cookies) -> None:
    guest, people = cookies.tab().run(), bootstrap.workspace().people
    assert guest.state.me is not None
    people.set_role(owner, guest.state.me.id, Role.VIEWER)
    before = guest.scenario
    guest.move(PEOPLE[0], 200)
    assert guest.scenario == before
    assert any(error.startswith("You can watch this plan") for error in guest.errors)
    assert bootstrap.workspace().open(owner.key).number == owner.number


def test_a_seat_that_ends_while_the_page_is_open_says_so_and_stays_ended(owner: State, cookies: Cookies) -> None:
    guest = cookies.tab().run()
    assert guest.state.me is not None
    bootstrap.workspace().people.remove(owner, guest.state.me.id)
    guest.widget(PEOPLE[0]).set_value(200)
    for _ in range(2):
        guest.app.run()
        assert not guest.app.exception
        assert [title.value for title in guest.app.title] == [ENDED]
    assert not guest.app.metric
    assert bootstrap.workspace().open(owner.key).scenario == owner.scenario
