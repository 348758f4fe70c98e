"""Variants in a real browser: what is typed in one is meant for it, whatever else is shown by then."""

from __future__ import annotations

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party
from tests.browser.site import Visit
from zt_planner.domain.session import Role
from zt_planner.workspace import State

pytestmark = pytest.mark.extended

PEOPLE = "People, as a number"
NAME = "With MDR"


def switch(seen: Visit, letter: str) -> None:
    """Show a plan by its letter in the switch."""
    seen.page.get_by_role("radio", name=re.compile(f"^{letter} ")).check(force=True)


def with_variant(party: Party, guest: Visit) -> str:
    """Have the owner try a variant and the guest look at it; return the variant's mark."""
    party.joins(guest, Role.EDITOR)
    party.workspace.edit(party.state, partial(State.with_copy, source="", mark="mark", name=NAME))
    party.owner.set("Finish in months, as a number", 8)  # the server hears of it
    switch(guest, "B")
    expect(guest.headline).to_contain_text("Variant B")
    expect(guest.page.get_by_role("radio", name=f"B {NAME}", exact=True)).to_be_checked()
    guest.settled()
    return "mark"


def test_a_number_that_is_typed_in_a_variant_which_is_deleted_changes_nothing_else(party: Party, guest: Visit) -> None:
    mark = with_variant(party, guest)
    guest.number(PEOPLE).fill("165")
    party.workspace.edit(party.state, partial(State.without_variant, mark=mark))
    party.owner.set("Finish in months, as a number", 7)
    expect(guest.page.get_by_text("Variant B was deleted")).to_be_visible()
    guest.settled()
    guest.receives(PEOPLE, 150)
    guest.number(PEOPLE).press("Enter")
    guest.settled().says("Zero Trust for 150 people")
    assert party.state.base.company.employees == 150


def test_a_number_that_is_typed_while_a_variant_becomes_the_plan_changes_the_plan_that_was_seen(
    party: Party, guest: Visit
) -> None:
    mark = with_variant(party, guest)
    switch(guest, "A")
    expect(guest.headline).not_to_contain_text("Variant")
    guest.settled()
    guest.number(PEOPLE).fill("165")
    party.workspace.edit(party.state, partial(State.with_variant_as_plan, mark=mark, former="Plan before"))
    party.owner.set("Finish in months, as a number", 7)
    expect(guest.page.get_by_text("You still see the previous plan, which is now variant B.")).to_be_visible()
    expect(guest.settled().number(PEOPLE)).to_have_value("165")  # the page was drawn anew, and what was typed is there
    guest.number(PEOPLE).press("Enter")
    guest.settled().says("Variant B \N{EN DASH} Zero Trust for 165 people")
    assert (party.state.base.company.employees, party.state.scenario_of("B").company.employees) == (150, 165)


def test_a_number_that_is_typed_before_the_switch_is_pressed_is_the_variants(party: Party, guest: Visit) -> None:
    with_variant(party, guest)
    guest.number(PEOPLE).fill("166")
    switch(guest, "A")
    guest.settled()
    switch(guest, "A")  # a browser that is busy may have missed a press right after the last letter
    guest.settled().says("Zero Trust for 150 people")
    guest.receives(PEOPLE, 150)
    assert party.state.base.company.employees == 150
    assert party.state.scenario_of("B").company.employees in {150, 166}
