"""The reader of a page: the telephone or computer, the participant, the key, and the account."""

from __future__ import annotations

import streamlit as st

from zt_planner import bootstrap
from zt_planner.domain.session import ParticipantId
from zt_planner.errors import SeatEnded
from zt_planner.ui.sign_in import account_in
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME, OWN, Account, Browser, Holder, Key, browser_in, keys_for, new_key


def account() -> Account | None:
    """Return the account at the time when the page's connection was opened: nobody is signed out while they work."""
    here, cookies = this_tab(), st.context.cookies.to_dict()
    if here.signed_in is None or here.signed_in[0] != cookies:
        here.signed_in = cookies, account_in(cookies)
    return here.signed_in[1]


def browser() -> Browser:
    """Return the reader's browser; one that takes no cookies has a key of its own in every tab."""
    known, here = browser_in(st.context.cookies.to_dict()), this_tab()
    if known is None:
        here.anonymous = here.anonymous or new_key()
        return Browser(here.anonymous)
    return known


def holder() -> Holder:
    """Return whose sessions these are: the account's, or else the browser's."""
    return account() or browser()


def is_on_telephone() -> bool:
    """Tell whether the browser says that it is on a telephone."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def participant() -> ParticipantId | None:
    """Return the participant in the address, None for the browser's own plan; every page's address keeps it."""
    asked = st.query_params.get(ME) or this_tab().participant
    if asked is None:
        return None
    this_tab().participant = asked
    if st.query_params.get(ME) != asked:
        st.query_params[ME] = asked
    return None if asked == OWN else ParticipantId(asked)


def last_session() -> ParticipantId | None:
    """Return by whose seat the reader was in a session last; None for their own plan, and for whoever is new here."""
    if account() is None and browser_in(st.context.cookies.to_dict()) is None:
        return None
    return bootstrap.workspace().accounts.last(holder())


def key() -> Key:
    """Return the participant's key: of the cookie that the server set, or of the account.

    Raises SeatEnded if the address names a participant for whom the browser has no key.
    """
    named, who = participant(), account()
    cookies, known = st.context.cookies.to_dict(), this_tab().state
    if known is not None and known.seat is not None and known.key in keys_for(cookies, who, named):
        return known.key
    known_key = bootstrap.workspace().accounts.key(cookies, who, named)
    if known_key is None and named is not None:
        raise SeatEnded
    return browser().key(None) if known_key is None else known_key
