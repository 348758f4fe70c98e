"""The dashboard below a path of a host that others use too: pages, links, the stream, and cookies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party, expect_badge
from tests.browser.site import Server, Visit
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role
from zt_planner.settings import variable
from zt_planner.ui.addresses import FILES

pytestmark = pytest.mark.extended


@pytest.fixture
def below(serve: Callable[[], Server]) -> Iterator[Server]:
    """Return a server that serves everything below /planner."""
    found = serve()
    found.settings[variable("base_path")] = "/planner/"
    found.address += "/planner"
    found.start()
    yield found
    found.stop()


def test_two_people_plan_below_a_path(
    visit: Callable[..., Visit], below: Server, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    party = Party(visit(below), price_book, phase_model, today)
    owner, guest = party.owner, visit(below)
    party.joins(guest, Role.EDITOR)
    expect(guest.page).to_have_url(re.compile(rf"^{below.address}/\?.*me="))
    guest.set("People, as a number", 160)
    owner.says("Zero Trust for 160 people")
    expect_badge(owner, "Live")
    owner.follow("roadmap")
    expect(owner.page).to_have_url(re.compile(f"^{below.address}/roadmap"))
    owner.page.reload()
    owner.settled().says("Zero Trust for 160 people")
    owner.page.get_by_role("button", name="Files", exact=True).click()
    with owner.page.expect_download() as started:
        owner.page.get_by_role("button", name="Tasks", exact=True).click()
    assert started.value.url.startswith(f"{below.address}{FILES}")
    assert started.value.path().read_bytes()
    owner.page.goto(f"{below.address}?language=de")
    owner.settled().says("160")
    assert {cookie["path"] for seen in (owner, guest) for cookie in seen.context.cookies()} == {"/planner"}
    assert all(url.startswith((below.address, "blob:", "data:")) for url in owner.requests + guest.requests)
    assert not owner.troubles + guest.troubles
    party.close()
