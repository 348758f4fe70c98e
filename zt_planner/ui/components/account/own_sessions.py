"""The sessions of who looks at a page, read once a run, and what the page of them is called."""

from __future__ import annotations

from zt_planner.language import Language
from zt_planner.ui.state import session
from zt_planner.workspace import State
from zt_planner.workspace.clients import OwnClients
from zt_planner.workspace.sharing.accounts import OwnSession

SEVERAL = 2
"""From so many clients on, they are a portfolio."""


def own_sessions(state: State) -> tuple[OwnSession, ...]:
    """Return the sessions of the account or the browser; raise StoreError."""
    return session.workspace().accounts.sessions(state.held_by)


def own_clients(_: State) -> tuple[OwnSession, ...]:
    """Return those of them that are clients; raise StoreError."""
    return OwnClients.among(session.query_once(own_sessions))


def sessions_label(language: Language) -> str | None:
    """Return what the page is called for who has signed in and has several clients; None for anybody else."""
    is_several = session.state().account is not None and len(session.query_or(own_clients, ())) >= SEVERAL
    return language.say("My clients") if is_several else None
