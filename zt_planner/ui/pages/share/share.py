"""Share: links, roles and rules; exports and imports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.session import Role
from zt_planner.media.qr import qr_svg
from zt_planner.topics.record.session import role_name
from zt_planner.ui.components.components import show_dialog
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.pages import incoming
from zt_planner.ui.pages.share import (
    files as share_files,
)
from zt_planner.ui.pages.share import (
    notes as share_notes,
)
from zt_planner.ui.pages.share import (
    people as share_people,
)
from zt_planner.ui.pages.share import (
    share_session as share_whole,
)
from zt_planner.ui.state import session, tab, widgets

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.workspace.sharing.people import ShownLink

SERVE_OTHERS = ".venv/bin/python -m zt_planner serve --address 0.0.0.0"
"""The README's command; a block of code keeps it in one line."""
QR_WIDTH = 200
JOIN = "join"
"""The route that a link leads to."""


def answer(_plan: Plan, language: Language) -> str:
    """Say who takes part."""
    me = session.state().me
    return language.say("This plan is in this browser only.") if me is None else share_people.answer(me, language)


def draw(_plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    me = session.state().me
    share_people.roles(me, language)
    together(language)
    st.header(language.say("Export the plan"))
    share_files.draw(language)
    if me is None or me.role.may_change:
        st.header(language.say("Import a file"))
        incoming.draw(language)


def together(language: Language) -> None:
    """Draw who plans together and how others join, or the offer to begin."""
    me = session.state().me
    if me is None:
        st.header(language.say("Plan together"))
        offer_to_begin(language)
        return
    share_people.myself(me, language)
    if me.role is Role.OWNER:
        st.header(language.say("Links"))
        links(language)
    st.header(language.say("People"))
    share_people.draw(me, language)
    if me.role is Role.OWNER:
        st.header(language.say("Rules"))
        share_people.rules(language)
    share_notes.draw(language)
    st.header(language.say("This session"))
    share_whole.draw(me, language)


def offer_to_begin(language: Language) -> None:
    """Say what a session is, and offer to begin."""
    say = language.say
    st.caption(plain(say("With a session you get links for others to join; everyone sees every change at once.")))
    warn_here_only(language)
    st.button(
        say("Begin the session"),
        key="begin",
        icon=":material/play_arrow:",
        help=say("Saves the current plan."),
        on_click=widgets.pressed(session.begin),
    )


# Links


def links(language: Language) -> None:
    """Draw a link for each role."""
    say = language.say
    found: dict[Role, ShownLink] = session.known(session.workspace().people.links, {})
    st.caption(
        plain(say("Anyone with a link can join, without an account. Give each link only to the people it is for."))
    )
    warn_here_only(language)
    with st.grid(len(Role), min_column_width=share_people.ROLE_WIDTH):
        for role in Role:
            with st.container(border=True, height="stretch"):
                st.subheader(plain(role_name(role, language)))
                shown = found.get(role)
                if shown is None:
                    make_button(role, say("Make the link"), "make")
                else:
                    link(shown, language)
    for role in found:
        title = say("Renew the link for: {role}", role=role_name(role, language))
        show_dialog(f"renew:{role}", title, partial(confirm_renewal, role, language))


def warn_here_only(language: Language) -> None:
    """Say that links work on this computer only, and what to do, where that is so."""
    if not tab.is_here_only():
        return
    text = language.say(
        "Links work on this computer only, because it is called {host} here. For others to join, start the dashboard "
        "with this command, and open this page under the computer's own address.",
        host=tab.host(),
    )
    st.warning(plain(text), icon=":material/wifi_off:")
    st.code(SERVE_OTHERS, language=None)


def link(shown: ShownLink, language: Language) -> None:
    """Draw a link that is there: its code to photograph where others can open it, its address, and how it ends."""
    say = language.say
    if shown.token is None:
        hidden = say("Another owner made this link, and only they can show it. A new link ends theirs.")
        if session.state().account is not None:
            hidden = say(
                "This link works, but cannot be shown: another owner made it, or you did before the session was in "
                "your list. A new link ends it."
            )
        st.caption(plain(hidden))
    else:
        address = f"{tab.host()}/{JOIN}/{shown.token}"
        alt = say("QR code of the link for: {role}", role=role_name(shown.role, language))
        if not tab.is_here_only():
            st.image(qr_svg(address), width=QR_WIDTH, alt=alt)
        st.code(address, language=None, wrap_lines=True)
    st.button(
        say("Renew"),
        key=f"renew:{shown.role}",
        icon=":material/autorenew:",
        on_click=widgets.pressed(tab.open_dialog, f"renew:{shown.role}"),
    )


def make_button(role: Role, text: str, key: str) -> None:
    """Draw the button that makes or renews a role's link."""
    st.button(plain(text), key=f"{key}:{role}", icon=":material/add_link:", on_click=widgets.pressed(make, role))


def make(role: Role) -> None:
    """Make a role's link."""
    session.arrange(lambda state: session.workspace().people.renew_link(state, role))


def confirm_renewal(role: Role, language: Language) -> None:
    """Say what a new link ends, and ask."""
    say = language.say
    st.markdown(
        plain(
            say("The old link stops working at once, and so do the seats taken with it: those people must join again.")
        )
    )
    st.button(say("Renew the link"), key="renew", icon=":material/autorenew:", on_click=widgets.confirmed(make, role))
