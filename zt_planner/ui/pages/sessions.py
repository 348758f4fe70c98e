"""My sessions: the list of who has signed in, to search, open, archive, hand over and delete.

Laws: who has not signed in sees no list; what may be done with a session is what one's role there allows.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.words.session import isolated, people_names, role_name
from zt_planner.settings import settings
from zt_planner.ui.components.components import pick, show_dialog
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.other_sessions import MOST_OPENED
from zt_planner.ui.pages.share import share_session
from zt_planner.ui.state import session, tab, widgets
from zt_planner.workspace.keys import HOME_COOKIE, ME, key_from, seat_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.plan import Plan
    from zt_planner.domain.session import Participant
    from zt_planner.language import Language
    from zt_planner.workspace import State
    from zt_planner.workspace.keys import Account
    from zt_planner.workspace.sharing.accounts import OwnSession

MOST_SHOWN, MOST_NAMES = 50, 3


def own_sessions(state: State) -> tuple[OwnSession, ...]:
    """Return the sessions of who has signed in; raise StoreError."""
    return () if state.account is None else session.workspace().accounts.sessions(state.account)


def answer(_plan: Plan, language: Language) -> str:
    """Say how many sessions there are."""
    if session.state().account is None:
        return language.say("You have not signed in.")
    return language.plural("You have {n} session.", "You have {n} sessions.", len(known_sessions()))


def known_sessions() -> tuple[OwnSession, ...]:
    """Return one's sessions; none while the store does not answer."""
    return session.known_once(own_sessions, ())


def draw(_plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    say, who = language.say, session.state().account
    st.header(say("My sessions"))
    if who is None:
        st.caption(plain(say("Sign in to see your sessions, on every device.")))
        return
    found = shown_sessions(known_sessions(), language)
    for own in found[:MOST_SHOWN]:
        with st.container(border=True):
            row(own, who, language)
    if len(found) > MOST_SHOWN:
        rest = language.number(len(found) - MOST_SHOWN)
        st.caption(plain(say("and {n} more: search for them.", n=rest)))
    for own in found[:MOST_SHOWN]:
        dialogs(own, who, language)
    if not found:
        st.caption(
            plain(say("There is no such session.") if known_sessions() else say("Your first change begins one."))
        )
    kept_here(who, language)
    me = session.state().me
    if me is not None and me.role.may_change:
        st.header(say("Begin another session"))
        share_session.another(language)


def shown_sessions(found: Sequence[OwnSession], language: Language) -> list[OwnSession]:
    """Draw the search and the switch for what is archived, and return what they leave."""
    say = language.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.text_input(
            say("Search"), key="sessions:search", placeholder=say("Company or person"), icon=":material/search:"
        )
        if any(own.is_archived for own in found):
            is_archive = st.toggle(say("Archived sessions"), key="sessions:archive")
        else:
            is_archive = False
    words = asked.casefold().split()
    return [
        own for own in found if own.is_archived == is_archive and all(word in searched(own, language) for word in words)
    ]


def searched(own: OwnSession, language: Language) -> str:
    """Return the text in which a session is searched."""
    return " ".join((title_of(own, language), *(person.name for person in own.people))).casefold()


def title_of(own: OwnSession, language: Language) -> str:
    """Return what a session is called: by its company."""
    return own.company.strip() or language.say("Planning session")


def row(own: OwnSession, who: Account, language: Language) -> None:
    """Draw a session and what can be done with it."""
    say, is_here = language.say, own.me == session.state().me
    st.markdown(f"**{plain(title_of(own, language))}**")
    st.caption(plain(" · ".join(about(own, language, is_here=is_here))))
    with st.container(horizontal=True, gap="xsmall"):
        if not is_here:
            address = f"{settings().base_path}/" + ("" if own.is_home else f"?{ME}={own.me.id}")
            st.link_button(say("Open"), address, icon=":material/open_in_new:")
        st.button(
            say("Back to the list") if own.is_archived else say("Archive"),
            key=f"archive:{own.me.id}",
            icon=":material/unarchive:" if own.is_archived else ":material/archive:",
            help=say("For you only. The session stays as it is."),
            on_click=widgets.pressed(archive, who, own),
        )
        if not own.is_owned:
            return
        st.button(
            say("Hand over"),
            key=f"hand_over:{own.me.id}",
            icon=":material/person_pin_circle:",
            disabled=not own.heirs,
            help=say("To somebody who has signed in and joined the session."),
            on_click=widgets.pressed(tab.open_dialog, f"hand_over:{own.me.id}"),
        )
        st.button(
            say("Delete"),
            key=f"delete:{own.me.id}",
            icon=":material/delete_forever:",
            on_click=widgets.pressed(tab.open_dialog, f"delete:{own.me.id}"),
        )


def about(own: OwnSession, language: Language, *, is_here: bool) -> list[str]:
    """Say what one is in a session, with whom, and until when it is kept."""
    say = language.say
    parts = [say("open on this page")] if is_here else []
    parts.append(role_name(own.me.role, language))
    names = people_names(own.everyone, language)
    others = [names[person.id] for person in own.people if person.id != own.me.id]
    if others:
        more = [say("{n} more", n=language.number(len(others) - MOST_NAMES))] if len(others) > MOST_NAMES else []
        parts.append(say("with {names}", names=language.listed([*others[:MOST_NAMES], *more])))
    parts.append(say("last used on {day}", day=language.day(own.used_at.date())))
    parts.append(say("deleted after {day} unless it is used", day=language.day(own.kept_until.date())))
    return parts


def dialogs(own: OwnSession, who: Account, language: Language) -> None:
    """Draw the dialog that was asked for."""
    say, title = language.say, title_of(own, language)
    hand = partial(confirm_handing_over, own, who, language)
    show_dialog(f"hand_over:{own.me.id}", say("Hand over: {session}", session=title), hand)
    confirm = partial(share_session.confirm_end, partial(delete, who, own), language)
    show_dialog(f"delete:{own.me.id}", say("Delete: {session}", session=title), confirm)


def confirm_handing_over(own: OwnSession, who: Account, language: Language) -> None:
    """Say what handing over means, and ask to whom."""
    say, names = language.say, people_names(own.everyone, language)
    st.markdown(
        plain(say("Somebody else becomes the owner. You stay as an editor. The link for owners stops working."))
    )
    heirs: dict[str, str] = {
        person.id: f"{names[person.id]} · {role_name(person.role, language)}" for person in own.heirs
    }
    to = pick(say("To"), heirs, f"heir:{own.me.id}", language)
    heir = next((person for person in own.heirs if person.id == to), None)
    st.button(
        say("Hand over"),
        key="hand_over",
        icon=":material/check:",
        disabled=heir is None,
        on_click=widgets.confirmed(hand_over, who, own, heir),
    )


def archive(who: Account, own: OwnSession) -> None:
    """Put a session away, or back into the list."""
    accounts = session.workspace().accounts
    session.settle(lambda _: accounts.archive(who, own.me.id, is_archived=not own.is_archived))


def hand_over(who: Account, own: OwnSession, heir: Participant) -> None:
    """Make somebody else the owner of a session."""
    session.arrange(lambda _: session.workspace().accounts.hand_over(who, own.me.id, heir.id))


def delete(who: Account, own: OwnSession) -> None:
    """Delete a session; that of this page as the page Share does."""
    if own.me == session.state().me:
        session.attempt(share_session.deleted)
    else:
        session.settle(lambda _: session.workspace().accounts.delete(who, own.me.id))


# What this browser keeps


def kept_here(who: Account, language: Language) -> None:
    """Offer to take into the list what was begun or joined in this browser before signing in."""
    say = language.say
    found: tuple[State, ...] = session.known(other_plans, ())
    if not found:
        return
    st.header(say("In this browser"))
    st.caption(
        plain(
            say(
                "Begun or joined here without signing in. In your list they open on every device, and here no longer "
                "without signing in. Links that you have made there keep working, but cannot be shown again."
            )
        )
    )
    for other in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            company = isolated(other.scenario.company.name.strip()) or say("Planning session")
            role = "" if other.me is None else role_name(other.me.role, language)
            st.markdown(plain(f"{company} · {role}"), width="stretch")
            st.button(
                say("Add to my sessions"),
                key=f"keep:{'' if other.me is None else other.me.id}",
                icon=":material/playlist_add:",
                on_click=widgets.pressed(keep, who, other),
            )


def other_plans(state: State) -> tuple[State, ...]:
    """Return the sessions that this browser has keys of, and no account; raise StoreError."""
    cookies = st.context.cookies.to_dict()
    keys = [key_from(cookies.get(HOME_COOKIE)), *list(seat_keys(cookies).values())[-MOST_OPENED:]]
    others = session.workspace().others(state, [key for key in keys if key is not None])
    return tuple(other for other in others if other.me is not None and other.me.account is None)


def keep(who: Account, other: State) -> None:
    """Take a session of this browser into the list."""
    seat = other.seat
    if seat is not None:
        session.settle(lambda _: session.workspace().accounts.keep(who, seat, other.key))
