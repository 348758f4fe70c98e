"""A browser that is late: its code comes late, or what the server tells it; nothing is changed that nobody did."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.party import Party, expect_badge
from tests.browser.site import Visit
from zt_planner.domain.scenario.scenario import Monitoring
from zt_planner.domain.session import Role
from zt_planner.workspace.keys import Token

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
WIDGETS = re.compile(r"/(Slider|Selectbox|TextArea|TextInput|ButtonGroup|Checkbox)\.[^/]*\.js$")


def chosen(party: Party) -> str:
    """Return what monitoring is saved."""
    return party.state.scenario.choices.monitoring


class Wire:
    """What the server tells a page, held back as long as a test wants it."""

    def __init__(self, visit: Visit) -> None:
        """Stand between a page that is not loaded yet and its server."""
        self.is_slow = False
        self._waiting: list[str | bytes] = []
        self._page: WebSocketRoute | None = None
        visit.page.route_web_socket(re.compile(r"_stcore/stream"), self._connected)

    def _connected(self, page: WebSocketRoute) -> None:
        self._page = page
        server = page.connect_to_server()
        server.on_message(self._told)

    def _told(self, message: str | bytes) -> None:
        self._waiting.append(message)
        if not self.is_slow:
            self.hurry()

    def hurry(self) -> None:
        """Let everything through."""
        self.is_slow = False
        assert self._page is not None
        for message in self._waiting:
            self._page.send(message)
        self._waiting.clear()


def test_widgets_whose_code_comes_late_change_nothing(party: Party, visit: Open) -> None:
    party.change({"notes": "what was said", "choices.monitoring": Monitoring.SIEM_AND_MDR})
    link, before = Token(party.link(Role.VIEWER).rsplit("/", 1)[1]), party.state
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen = visit(is_new=True, storage_state=party.owner.context.storage_state())
    seen.page.route(WIDGETS, hold)
    seen.page.goto(f"{seen.server.address}/share?fold%3Anotes=true")
    expect_badge(seen, "Live")
    for months, name in ((7, "Vera"), (8, "Viktor")):
        party.workspace.people.join(link, name)
        party.owner.set("Finish in months, as a number", months)  # the server hears of who has joined with its own news
        expect(seen.page.get_by_text(name, exact=True).first).to_be_visible()
    for route in held:
        route.continue_()
    seen.page.unroute(WIDGETS)
    expect(seen.slider("People")).to_have_value("150")
    expect(seen.page.get_by_role("textbox", name="Notes on this session")).to_have_value("what was said")
    seen.page.get_by_role("button", name="Renew").click()
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    after = party.state
    assert held
    assert after.number == before.number + 2
    assert after.notes == before.notes
    assert after.scenario.choices == before.scenario.choices


def test_a_browser_that_has_not_heard_of_a_change_does_not_take_it_back_and_one_that_has_may(
    party: Party, visit: Open
) -> None:
    guest = visit(is_new=True)
    wire = Wire(guest)
    party.joins(guest, Role.EDITOR)
    page = guest.page
    wire.is_slow = True
    party.owner.pick("Monitoring", "None")
    expect(page.locator(".touched")).to_have_text("Monitoring")  # so the news is here, and its run is not
    page.get_by_role("button", name="Files", exact=True).click()
    party.owner.set("Finish in months, as a number", 7)
    party.owner.settled()
    assert chosen(party) == Monitoring.NONE
    wire.hurry()
    expect(guest.segment("Monitoring", "None")).to_be_checked()
    assert chosen(party) == Monitoring.NONE
    guest.pick("Monitoring", "SIEM")
    expect(party.owner.segment("Monitoring", "SIEM")).to_be_checked()
    assert chosen(party) == Monitoring.SIEM
