"""Two browsers in one session: what one changes stands on the other's screen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest
from playwright.sync_api import WebSocket, expect

from tests.browser.axe import assert_clean
from tests.browser.party import Party
from tests.browser.site import Visit
from zt_planner.domain.session import Role

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
KEEP_SOCKET = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); this.sent = []; window.sockets.push(this); }
  send(content) { this.sent.push(content); super.send(content); }
};
"""


def frames_of(visit: Visit) -> list[object]:
    """Return a list that grows with everything the page sends to the script: one entry for each run."""
    sent: list[object] = []

    def note(content: object) -> None:
        sent.append(content)

    def keep(socket: WebSocket) -> None:
        socket.on("framesent", note)

    visit.page.once("websocket", keep)
    return sent


def test_a_change_has_the_own_page_drawn_once(party: Party, visit: Open) -> None:
    seen = visit()
    sent = frames_of(seen)
    party.joins(seen, Role.EDITOR)
    before = len(sent)
    for people in range(201, 206):
        seen.set("People, as a number", people)
        party.owner.says(f"Zero Trust for {people} people")
        seen.says(f"Zero Trust for {people} people")
        seen.settled()
    assert len(sent) == before + 5


def test_a_forged_message_of_a_viewer_changes_nothing(party: Party, visit: Open) -> None:
    guest = visit(is_new=True)
    guest.page.add_init_script(KEEP_SOCKET)
    party.joins(guest, Role.EDITOR)
    sent = "() => window.sockets.at(-1).sent.length"
    before = guest.page.evaluate(sent)
    guest.set("People, as a number", 333)
    party.owner.says("Zero Trust for 333 people")
    guest.says("Zero Trust for 333 people")
    assert guest.page.evaluate(sent) == before + 1
    me = next(person for person in party.workspace.store.seats.people(party.session) if person.role is Role.EDITOR)
    guest.set("People, as a number", 151)  # by the guest, as what others have just changed would look like an echo
    party.owner.says("Zero Trust for 151 people")
    guest.settled().says("Zero Trust for 151 people")
    party.workspace.people.set_role(party.state, me.id, Role.VIEWER)
    number = party.state.number
    guest.page.evaluate(f"() => {{ const s = window.sockets.at(-1); s.send(s.sent[{before}]); }}")
    expect(guest.page.get_by_text("You can watch this plan, but not change it now")).to_be_visible()
    guest.settled().says("Zero Trust for 151 people")
    expect(guest.slider("People")).to_have_value("151")
    assert party.state.number == number
    party.owner.set("Finish in months, as a number", 7)
    expect(guest.number("Finish in months, as a number")).to_have_value("7")
    party.owner.says("Zero Trust for 151 people")


@pytest.mark.parametrize(
    ("page", "name"), [("", "Contingency, in percent"), ("what_if", "At most in the first year, EUR")]
)
def test_what_somebody_types_stays_while_others_make_controls_and_notices_come_and_go(
    party: Party, guest: Visit, page: str, name: str
) -> None:
    party.joins(guest, Role.EDITOR)
    if page:
        guest.follow(page)
    else:
        guest.page.get_by_test_id("stSidebar").get_by_text("More", exact=True).click()
    field = guest.number(name)
    field.fill("33")  # typed, and not confirmed yet
    changes: tuple[dict[str, object], ...] = (
        {"choices.monitoring": "siem_and_mdr", "prices.overrides": {"cloud-siem": Decimal(700)}},
        {"timeline.mode": "capacity", "finance.monthly_cap": Decimal(10)},
        {"timeline.mode": "deadline", "finance.monthly_cap": None},
    )
    for people, values in enumerate(changes, 200):
        party.change(values)
        party.owner.set("People, as a number", people)
        guest.says(f"Zero Trust for {people} people")
        guest.settled()
        expect(field).to_have_value("33")


def test_a_slider_that_is_held_does_not_jump_until_it_is_let_go(party: Party, guest: Visit) -> None:
    party.joins(guest, Role.EDITOR)
    thumb = party.owner.page.get_by_test_id("stSidebar").get_by_test_id("stSliderThumbValue").first
    box = thumb.locator("..").bounding_box()
    assert box is not None
    mouse, slider = party.owner.page.mouse, party.owner.slider("People")
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2, steps=5)
    held = slider.input_value()
    assert int(held) > 150
    guest.set("People, as a number", 444)
    guest.says("Zero Trust for 444 people")
    expect(party.owner.page.locator(".touched")).to_have_count(2)  # so the news is here
    expect(slider).to_have_value(held)
    party.owner.says("Zero Trust for 150 people")
    mouse.up()
    for seen in (party.owner, guest):
        seen.says(f"Zero Trust for {held} people")
    assert party.state.scenario.company.employees == int(held)


def test_what_a_viewer_sees_is_accessible(party: Party, guest: Visit) -> None:
    party.joins(guest, Role.VIEWER)
    expect(guest.slider("People")).to_be_disabled()
    assert_clean(guest)
    assert_clean(guest.follow("record"))


def test_what_an_owner_shares_is_accessible(party: Party) -> None:
    seen = party.owner.follow("share")
    for made in range(1, 4):
        seen.settled().page.get_by_role("button", name="Make the link").first.click()
        expect(seen.page.get_by_role("button", name="Renew")).to_have_count(made)
    assert_clean(seen)


def test_two_tabs_do_not_lose_each_others_changes(visit: Open) -> None:
    seen = visit().open()
    other = seen.tab()
    seen.open(page=other)
    seen.set("People, as a number", 200)
    seen.says("Zero Trust for 200 people")
    seen.set("Finish in months, as a number", 7, page=other)
    expect(other.get_by_role("heading", level=1)).to_contain_text("Zero Trust for 200 people")
    expect(seen.number("Finish in months, as a number", other)).to_have_value("7")
    seen.page.get_by_test_id("stSidebar").get_by_text("More", exact=True).click()
    seen.set("Contingency, in percent", 30)
    expect(seen.number("Finish in months, as a number")).to_have_value("7")
    expect(seen.slider("Contingency, %")).to_have_value("30")
    seen.says("Zero Trust for 200 people")
