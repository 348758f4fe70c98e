"""Who has signed in, beside the pages: the way in, the way to one's sessions, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.settings import settings
from zt_planner.topics.direction import isolated
from zt_planner.ui.addresses import SESSIONS
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import reader, widgets
from zt_planner.ui.state.tab import this_tab

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.workspace.keys import Account

MENU = "menu:account"


def account_menu(language: Language) -> None:
    """Draw the button that signs in, or the menu of who has; nothing where the settings name no provider."""
    if settings().signs_in:
        with st.container(key="account", width="content"):
            who = reader.account()
            if who is None:
                sign_in(language)
            else:
                menu(who, language)


def sign_in(language: Language) -> None:
    """Draw the button that leads to the provider."""
    st.button(
        language.say("Sign in"),
        key="sign_in",
        icon=":material/login:",
        help=language.say("Your own sessions, on every device."),
        on_click=widgets.pressed(st.login),
    )


def menu(who: Account, language: Language) -> None:
    """Draw the menu of who has signed in."""
    say = language.say
    place = st.popover(say("Account"), on_change="rerun", key=MENU, icon=":material/account_circle:")
    if place.open:
        with place:
            if who.name:
                st.caption(plain(say("Signed in as {name}", name=isolated(who.name))))
            st.page_link(this_tab().pages[SESSIONS], query_params=st.query_params.to_dict())
            st.button(
                say("Sign out"),
                key="sign_out",
                icon=":material/logout:",
                help=say("Sessions that you joined in this browser without signing in stay open here."),
                on_click=widgets.pressed(st.logout),
            )
