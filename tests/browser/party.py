"""People in one planning session: who joins by which link, and what the store holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Locator, expect

from tests.browser.site import Server, Visit
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role, SessionId
from zt_planner.settings import variable
from zt_planner.store.database import database_url
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import HOME_COOKIE, Key


class Party:
    """A session whose owner has changed the plan once."""

    def __init__(self, owner: Visit, price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
        """Begin the session in the owner's browser, and look at the same store from here."""
        self.owner, self.server = owner, owner.server
        owner.open().set("People, as a number", 150)
        owner.says("Zero Trust for 150 people")
        url = self.server.settings.get(variable("database_url"))
        self.store = SessionStore.at_url(database_url(url)) if url else SessionStore.in_file(self.server.store)
        self.workspace = Workspace(self.store, price_book, phase_model, lambda: today)
        cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in owner.context.cookies()}
        self.key = Key(cookies[HOME_COOKIE])

    @property
    def state(self) -> State:
        """What is saved, as the owner sees it."""
        return self.workspace.open(self.key)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @property
    def session(self) -> SessionId:
        found = self.state.session
        assert found is not None
        return found

    def change(self, values: Mapping[str, object]) -> State:
        """Change the plan as another process does, without telling the server."""
        return self.workspace.change(self.state, values)

    def link(self, role: Role, server: Server | None = None) -> str:
        """Return the address of a role's new link."""
        return f"{(server or self.server).address}/join/{self.workspace.people.renew_link(self.state, role)}"

    def joins(self, guest: Visit, role: Role, server: Server | None = None) -> Visit:
        """Let somebody join, and wait until the page is live."""
        guest.page.goto(self.link(role, server))
        guest.page.get_by_role("button", name="Join the planning session").click()
        guest.settled()
        expect_badge(guest, "Live")
        return guest


def expect_badge(visit: Visit, state: str) -> None:
    """Expect one badge with these words: while a page is drawn anew, the old one may still stand beside it."""
    expect(badge(visit)).to_have_text([state])


def badge(visit: Visit) -> Locator:
    """Return what says whether a page is live."""
    return visit.page.locator('[data-place="badge"]')
