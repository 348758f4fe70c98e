"""What one browser tab looks at: its page, the dialog that is open, whom it follows.

One of the modules that touch `st.session_state`. Law: there is
never more than one dialog, and none outlives its page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE, ASKED, FOLLOWED, COPY = "_page", "_asked", "_followed", "_copy"
FOUND, SHUT = "_found", "_shut"
Found = TypeVar("Found")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""What a computer calls itself; nobody else reaches it by these names."""


def turn_to(page: str) -> None:
    """Note the page that is drawn; a dialog does not outlive its page."""
    if st.session_state.get(PAGE) != page:
        st.session_state[PAGE] = page
        close()


def ask(dialog: str, figure: str | None = None) -> None:
    """Open a dialog, the explanation of a figure perhaps; it stays open when others change the plan."""
    st.session_state[ASKED] = dialog, figure


def close() -> None:
    """Close the dialog that is open."""
    st.session_state.pop(ASKED, None)


def asked() -> str | None:
    """Return the dialog that is open: there is never more than one."""
    dialog, _ = st.session_state.get(ASKED, (None, None))
    return str(dialog) if dialog else None


def explained() -> str | None:
    """Return the figure that is explained."""
    _, figure = st.session_state.get(ASKED, (None, None))
    return str(figure) if figure else None


def shut(menu: str) -> None:
    """Ask for a menu to be closed when it is drawn next."""
    st.session_state[SHUT] = {*st.session_state.get(SHUT, ()), menu}


def shut_where_asked(menu: str) -> None:
    """Close a menu before it is drawn, where that was asked for."""
    asked_for: set[str] = st.session_state.get(SHUT, set())
    if menu in asked_for:
        st.session_state[SHUT] = asked_for - {menu}
        st.session_state[menu] = False


def follow(page: str | None) -> None:
    """Note the page to which a presenter was followed; None ends it."""
    st.session_state[FOLLOWED] = page


def followed() -> str | None:
    """Return the page to which a presenter was followed last, None where nobody is followed."""
    page: str | None = st.session_state.get(FOLLOWED)
    return page


def keep_copy(link: str) -> None:
    """Keep the link that opens the session that was begun from this one."""
    st.session_state[COPY] = link


def copy() -> str | None:
    """Return the link to the session that was begun from this one."""
    link: str | None = st.session_state.get(COPY)
    return link


def found_once(name: str, find: Callable[[], Found]) -> Found:
    """Find something when the tab is first drawn, and remember it for as long as the tab is open."""
    known: dict[str, Found] = st.session_state.setdefault(FOUND, {})
    if name not in known:
        known[name] = find()
    return known[name]


def host() -> str:
    """Return scheme, host and port under which the reader reaches the dashboard."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def is_here_only() -> bool:
    """Tell whether the reader has opened the dashboard on the computer that it runs on, under an address of its own."""
    return (urlsplit(st.context.url or "").hostname or "") in LOOPBACK


def forget() -> None:
    """Forget what was looked at."""
    for kept in (ASKED, FOLLOWED, COPY, FOUND):
        st.session_state.pop(kept, None)
