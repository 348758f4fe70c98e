"""My sessions: those of this browser or of who has signed in, to search, open, archive, leave, hand over and delete.

Of who has signed in and has several, they are My clients (`components.clients`).

Law: what may be done with a session is what one's role there allows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from zt_planner import bootstrap
from zt_planner.bootstrap import Example
from zt_planner.domain.session import Participant, Role
from zt_planner.engine.plan import AnyPlan
from zt_planner.language import Language
from zt_planner.settings import settings
from zt_planner.topics.direction import isolated
from zt_planner.topics.record.session import people_names, role_name
from zt_planner.ui.components.account.catalogues import show_catalogues
from zt_planner.ui.components.account.clients import address_of, clients_answer, show_clients, shown_clients
from zt_planner.ui.components.account.own_sessions import own_sessions
from zt_planner.ui.components.elements import (
    button_row,
    fold,
    offer_deletion,
    pick,
    show_caption,
    show_dialog,
    show_text,
)
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import reader, session, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.keys import ME, Account, Holder
from zt_planner.workspace.sharing.accounts import OwnSession, has_another_owner

MOST_SHOWN, MOST_NAMES = 50, 3


def answer(_plan: AnyPlan, language: Language) -> str:
    """Say how many sessions there are; of several clients what comes next."""
    shown = shown_clients()
    if shown is not None:
        return clients_answer(shown, language)
    return language.plural("You have {n} session.", "You have {n} sessions.", len(_known_sessions()))


def _known_sessions() -> tuple[OwnSession, ...]:
    return session.query_once_or(own_sessions, ())


def render(_plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    who, clients = session.state().held_by, shown_clients()
    if isinstance(who, Account) and clients is not None:
        st.header(language.say("My clients"))
        show_clients(clients, who, language)
        title = language.say("All sessions: open, archive, hand over, leave, delete")
        fold(title, "sessions", partial(_show_sessions, who, language), ":material/list:")
    else:
        st.header(language.say("My sessions"))
        _show_where(who, language)
        _show_sessions(who, language)
    if isinstance(who, Account):
        _show_kept_here(who, language)
        show_catalogues(who, language)
    me = session.state().me
    if me is not None and me.role.may_change:
        st.header(language.say("Begin another session"))
        _show_another(language)


def _show_sessions(who: Holder, language: Language) -> None:
    """Show each session with what can be done to it."""
    say = language.say
    sessions = _shown_sessions(_known_sessions(), language)
    every = plain(say("Show all {n}, the oldest last", n=language.number(len(sessions))))
    if len(sessions) > MOST_SHOWN and not st.toggle(every, key="sessions:all"):
        sessions = sessions[:MOST_SHOWN]
    for own in sessions:
        with st.container(border=True):
            _show_own_session(own, who, language)
    for own in sessions:
        _show_dialogs(own, who, language)
    if not sessions:
        show_caption(say("There is no such session.") if _known_sessions() else say("Your first change begins one."))


def _show_where(who: Holder, language: Language) -> None:
    if isinstance(who, Account):
        return
    show_caption(language.say("Begun or joined in this browser. They open here as long as it keeps its cookies."))
    if settings().signs_in:
        show_caption(language.say("Sign in to see your sessions on every device."))


def _shown_sessions(sessions: Sequence[OwnSession], language: Language) -> list[OwnSession]:
    """Show the search and the switch for archived sessions; return the sessions that match."""
    say = language.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.text_input(
            say("Search"), key="sessions:search", placeholder=say("Company or person"), icon=":material/search:"
        )
        if any(own.is_archived for own in sessions):
            is_archive = st.toggle(say("Archived sessions"), key="sessions:archive")
        else:
            is_archive = False
    words = asked.casefold().split()
    return [
        own
        for own in sessions
        if own.is_archived == is_archive and all(word in _search_text(own, language) for word in words)
    ]


def _search_text(own: OwnSession, language: Language) -> str:
    return " ".join((_title_of(own, language), *(person.name for person in own.people))).casefold()


def _title_of(own: OwnSession, language: Language) -> str:
    company = own.company.strip()
    if own.is_copy:
        return language.say("Your copy of {name}", name=company) if company else language.say("Your copy of a session")
    return company or language.say("Planning session")


def _show_own_session(own: OwnSession, who: Holder, language: Language) -> None:
    say, is_here = language.say, _is_here(own.me)
    st.markdown(f"**{plain(_title_of(own, language))}**")
    show_caption(" · ".join(_session_notes(own, language, is_here=is_here)))
    with st.container(horizontal=True, gap="xsmall"):
        if not is_here:
            st.link_button(say("Open it"), address_of(own), icon=":material/open_in_new:")
        st.button(
            say("Back to the list") if own.is_archived else say("Archive"),
            key=f"archive:{own.me.id}",
            icon=":material/unarchive:" if own.is_archived else ":material/archive:",
            help=say("For you only. The session stays as it is."),
            on_click=widgets.pressed(_archive_session, who, own),
        )
        if own.may_leave:
            _show_leave_button(own.me, language)
        if not own.is_owned:
            return
        if settings().signs_in:
            st.button(
                say("Hand over"),
                key=f"hand_over:{own.me.id}",
                icon=":material/person_pin_circle:",
                disabled=not own.successors,
                help=say("To somebody who has signed in and joined the session."),
                on_click=widgets.pressed(tab.open_dialog, f"hand_over:{own.me.id}"),
            )
        st.button(
            say("Delete"),
            key=f"delete:{own.me.id}",
            icon=":material/delete_forever:",
            on_click=widgets.pressed(tab.open_dialog, f"delete:{own.me.id}"),
        )


def _session_notes(own: OwnSession, language: Language, *, is_here: bool) -> list[str]:
    """Return one's role in a session, the others, and until when it is kept."""
    say = language.say
    parts = [say("open on this page")] if is_here else []
    parts.append(language.write(role_name(own.me.role)))
    names = people_names(own.everyone, language)
    others = [names[person.id] for person in own.people if person.id != own.me.id]
    if others:
        more = [say("{n} more", n=language.number(len(others) - MOST_NAMES))] if len(others) > MOST_NAMES else []
        parts.append(say("with {names}", names=language.listed([*others[:MOST_NAMES], *more])))
    parts.append(say("last used on {day}", day=language.day(own.used_at.date())))
    parts.append(say("deleted after {day} unless it is used", day=language.day(own.kept_until.date())))
    return parts


def _show_dialogs(own: OwnSession, who: Holder, language: Language) -> None:
    say, title = language.say, _title_of(own, language)
    hand = partial(_show_handing_over, own, who, language)
    show_dialog(f"hand_over:{own.me.id}", say("Hand over: {session}", session=title), hand)
    confirm = partial(_show_deletion, partial(_delete_any, who, own), language)
    show_dialog(f"delete:{own.me.id}", say("Delete: {session}", session=title), confirm)
    leaving = partial(_show_leaving, own.me, who, language)
    show_dialog(f"leave:{own.me.id}", say("Leave: {session}", session=title), leaving)


def _show_leave_button(me: Participant, language: Language) -> None:
    st.button(
        language.say("Leave"),
        key=f"leave:{me.id}",
        icon=":material/logout:",
        on_click=widgets.pressed(tab.open_dialog, f"leave:{me.id}"),
    )


def _show_leaving(me: Participant, who: Holder, language: Language) -> None:
    say = language.say
    show_text(say("You give up your seat. What you did stays in the record. To come back, you need a link."))
    st.button(say("Leave"), key="leave", icon=":material/check:", on_click=widgets.confirmed(_leave_session, who, me))


def _show_handing_over(own: OwnSession, who: Holder, language: Language) -> None:
    say, names = language.say, people_names(own.everyone, language)
    show_text(say("Somebody else becomes the owner. You stay as an editor. The link for owners stops working."))
    successors: dict[str, str] = {
        person.id: f"{names[person.id]} · {language.write(role_name(person.role))}" for person in own.successors
    }
    to = pick(say("To"), successors, f"heir:{own.me.id}", language)
    heir = next((person for person in own.successors if person.id == to), None)
    st.button(
        say("Hand over"),
        key="hand_over",
        icon=":material/check:",
        disabled=heir is None,
        on_click=widgets.confirmed(hand_over, who, own, heir),
    )


def _is_here(me: Participant) -> bool:
    """Tell whether it is as this participant that the reader takes part in the session of this page."""
    here = session.state().me
    return here is not None and here.id == me.id


def _leave_session(who: Holder, me: Participant) -> None:
    """Give up a seat; whoever leaves the session of this page comes back to their own plan."""
    is_here = _is_here(me)
    if session.act(lambda _: session.workspace().accounts.leave(who, me.id)) and is_here:
        this_tab().leave()


def _archive_session(who: Holder, own: OwnSession) -> None:
    accounts = session.workspace().accounts
    session.act(lambda _: accounts.archive(who, own.me.id, is_archived=not own.is_archived))


def hand_over(who: Holder, own: OwnSession, heir: Participant) -> None:
    """Make somebody else the owner of a session."""
    session.change_session(lambda _: session.workspace().accounts.hand_over(who, own.me.id, heir.id))


def _delete_any(who: Holder, own: OwnSession) -> None:
    """Delete a session; the one of this page as the page Share does."""
    if _is_here(own.me):
        session.attempt(_delete_session)
    else:
        session.act(lambda _: session.workspace().accounts.delete(who, own.me.id))


# What this browser keeps


def _show_kept_here(who: Account, language: Language) -> None:
    """Offer to add to the account the sessions that this browser began or joined without signing in."""
    say = language.say
    sessions = session.query_or(_begun_here, ())
    if not sessions:
        return
    st.header(say("In this browser"))
    show_caption(
        say(
            "Begun or joined here without signing in. In your list they open on every device, and here no longer "
            "without signing in. Links that you have made there keep working, but cannot be shown again."
        )
    )
    for own in sessions[:MOST_SHOWN]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            text = f"{isolated(_title_of(own, language))} · {language.write(role_name(own.me.role))}"
            st.markdown(plain(text), width="stretch")
            st.button(
                say("Add to my sessions"),
                key=f"keep:{own.me.id}",
                icon=":material/playlist_add:",
                on_click=widgets.pressed(_keep_session, who, own),
            )
    if len(sessions) > MOST_SHOWN:
        show_caption(say("and {n} more", n=language.number(len(sessions) - MOST_SHOWN)))


def _begun_here(_state: State) -> tuple[OwnSession, ...]:
    return session.workspace().accounts.sessions(reader.browser())


def _keep_session(who: Account, own: OwnSession) -> None:
    session.act(lambda _: session.workspace().accounts.keep(who, reader.browser(), own))


DELETE = "delete the session"
NO_EXAMPLE = ""


def show_session_actions(me: Participant, everyone: Sequence[Participant], language: Language) -> None:
    """Draw what can be done with the session, by role; nobody leaves it without an owner."""
    if me.role.may_change:
        _show_another(language)
    _show_session_file(language)
    if has_another_owner(everyone, me.id) and reader.participant():
        _show_leave_button(me, language)
        leaving = partial(_show_leaving, me, session.state().held_by, language)
        show_dialog(f"leave:{me.id}", language.say("Leave this session"), leaving)
    if me.role is Role.OWNER:
        _show_end(language)


def _show_another(language: Language) -> None:
    say, examples = language.say, {example.file: example for example in bootstrap.examples()}
    names = {NO_EXAMPLE: say("a copy of this plan")} | {file: say(found.name) for file, found in examples.items()}
    with button_row():
        chosen = pick(say("Another session with"), names, "another:with", language, width=320)
        st.button(
            say("Begin another session"),
            key="another",
            icon=":material/content_copy:",
            help=say("You become its owner. This session stays as it is."),
            on_click=widgets.pressed(_begin_another, examples.get(chosen)),
        )
    link = this_tab().copy
    if link is not None:
        st.link_button(say("Open the other session"), link, icon=":material/open_in_new:")


def _begin_another(example: Example | None) -> None:
    """Begin another session, and keep the link that opens it."""

    def begun(state: State) -> str:
        shown = state if example is None else session.example_beside(state, example)
        _, owner = session.workspace().people.duplicate(shown)
        return f"{settings().base_path}/?{ME}={owner}"

    link = session.change_session(begun)
    if link is not None:
        this_tab().copy = link


def _show_session_file(language: Language) -> None:
    say = language.say
    show_download(
        say("Save the session as a file"),
        session.workspace().file_of,
        "session.json",
        "application/json",
        language,
        icon=":material/save:",
        help=say("The plan, the record and the names of the participants, as far as you may see them. No links."),
    )


def _show_end(language: Language) -> None:
    say = language.say
    st.button(
        say("Delete the session"),
        key="delete",
        icon=":material/delete_forever:",
        on_click=widgets.pressed(tab.open_dialog, DELETE),
    )
    confirm = partial(_show_deletion, partial(session.attempt, _delete_session), language)
    show_dialog(DELETE, say("Delete the session"), confirm)


def _delete_session(state: State) -> State:
    """Delete the session; whoever does so needs no notice that it is gone."""
    workspace = session.workspace()
    workspace.people.delete(state)
    return replace(workspace.example(state.key), origin=state.origin, address=state.address)


def _show_deletion(delete: Callable[[], object], language: Language) -> None:
    say, word = language.say, language.say("DELETE")
    show_text(say("Plan, record, notes and links are gone for good, for everyone in the session. Save a file first."))
    typed = st.text_input(plain(say("Type {word} to confirm", word=word)), key="delete:word")
    offer_deletion("delete:now", delete, language, is_meant=typed.strip() == word)
