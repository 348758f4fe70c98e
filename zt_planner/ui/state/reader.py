"""Who looks at a page: on a telephone or not, as whom in the session, with which key, and whether signed in."""

from __future__ import annotations

import streamlit as st

from zt_planner import bootstrap
from zt_planner.domain.session import ParticipantId
from zt_planner.errors import SeatEnded
from zt_planner.ui.sign_in import account_in
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import JOINED, ME, Account, Browser, Holder, Key, browser_in, keys_for, new_key


def account() -> Account | None:
    """Return who has signed in, as the page's connection was opened: nobody is signed out in the midst of work."""
    here, cookies = this_tab(), st.context.cookies.to_dict()
    if here.signed_in is None or here.signed_in[0] != cookies:
        here.signed_in = cookies, account_in(cookies)
    return here.signed_in[1]


def browser() -> Browser:
    """Return the reader's browser; one that takes no cookies has another key in each tab."""
    known, here = browser_in(st.context.cookies.to_dict()), this_tab()
    if known is None:
        here.anonymous = here.anonymous or new_key()
        return Browser(here.anonymous)
    return known


def holder() -> Holder:
    """Return whose sessions these are: those of who has signed in, otherwise those of the browser."""
    return account() or browser()


def is_on_telephone() -> bool:
    """Tell whether the browser says that it is a telephone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def participant() -> ParticipantId | None:
    """Return the participant in the address, None for the browser's own plan; every page's address keeps it."""
    asked = st.query_params.get(ME) or this_tab().participant
    named = None if asked is None else ParticipantId(asked)
    if named is not None:
        this_tab().participant = named
        if st.query_params.get(ME) != named:
            st.query_params[ME] = named
    return named


def has_just_joined() -> bool:
    """Tell whether the reader has taken the seat with this page: its address says so, until it is reloaded."""
    if st.query_params.pop(JOINED, None) is not None:
        this_tab().has_just_joined = True
    return this_tab().has_just_joined


def key() -> Key:
    """Return the participant's key: from the cookie that the server set, or that of who has signed in.

    Raises SeatEnded if the address names a participant and the browser has no cookie.
    """
    named, who = participant(), account()
    cookies, known = st.context.cookies.to_dict(), this_tab().state
    if known is not None and known.seat is not None and known.key in keys_for(cookies, who, named):
        return known.key
    known_key = bootstrap.workspace().accounts.key(cookies, who, named)
    if known_key is None and named is not None:
        raise SeatEnded
    return browser().key(None) if known_key is None else known_key
