"""The other people on every page: who may change the plan, who waits, who presents what, and one's own name.

Laws: everybody goes along with a presenter until they stop, by one press; a follower's page changes with the
presenter's only, and they may look at other pages meanwhile; what is presented ends with its presenter; a screen that
presents, or follows, shows nothing that is for one person's eyes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.domain.session import Participant, ParticipantId, PresentedPage, Role
from zt_planner.language import Language
from zt_planner.settings import settings
from zt_planner.topics.record.session import people_names, role_name, watching
from zt_planner.topics.view import AnyView
from zt_planner.ui.components.elements import show_caption
from zt_planner.ui.components.forms import Refuse
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.seams import unbound_query
from zt_planner.ui.state import session, shown_variant, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State

PRESENT = "present"
MOST_WAITING_SHOWN = 5


def _everyone_ever() -> tuple[Participant, ...]:
    """Return everyone who takes or took part; nobody while the store does not answer."""
    return session.query_once_or(session.workspace().people.everyone_ever, ())


def everyone() -> tuple[Participant, ...]:
    """Return everyone who has a seat in the session; nobody while the store does not answer."""
    return tuple(person for person in _everyone_ever() if person.has_seat)


def names(language: Language) -> dict[ParticipantId, str]:
    """Return the names of everyone who takes or took part, the same in every list."""
    return people_names(_everyone_ever(), language)


# Who may change the plan


def show_rights(language: Language) -> None:
    """Say why the plan cannot be changed here, if that is so."""
    shown = session.state()
    if shown.may_change:
        return
    if shown.rules.is_locked:
        text, icon = language.say("The session is locked: nobody can change the plan now."), ":material/lock:"
    else:
        text, icon = language.write(watching(everyone())), ":material/visibility:"
    st.markdown(f"{icon} {plain(text)}")


def show_waiting(language: Language) -> None:
    """Ask an owner whether to let in those who wait."""
    seat = session.state().seat
    if seat is None or not seat.waiting:
        return
    say, people, name_by_id = language.say, session.workspace().people, names(language)
    for person in [person for person in _everyone_ever() if person.waits][:MOST_WAITING_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            text = say(
                "{name} asks to join as: {role}",
                name=name_by_id[person.id],
                role=language.write(role_name(person.role)),
            )
            if settings().signs_in:
                status = say("not signed in") if person.account is None else say("signed in")
                text = f"{text} · {status}"
            st.markdown(f":material/door_front: {plain(text)}", width="content")
            with st.container(horizontal=True, width="content", gap="xsmall"):
                _show_decision_button(people.let_in, say("Let in"), ":material/check:", person)
                _show_decision_button(people.turn_away, say("Turn away"), ":material/close:", person)
    if seat.waiting > MOST_WAITING_SHOWN:
        show_caption(say("and {n} more", n=language.number(seat.waiting - MOST_WAITING_SHOWN)))


def _show_decision_button(act: Callable[..., None], label: str, icon: str, person: Participant) -> None:
    st.button(
        plain(label),
        key=f"{act.__name__}:{person.id}",
        icon=icon,
        on_click=widgets.pressed(session.change_session, partial(act, participant=person.id)),
    )


def set_name(name: str, refuse: Refuse) -> bool:
    """Set one's own name, or none; return whether it is accepted."""

    def renamed(state: State) -> State:
        session.workspace().people.rename(state, name)
        return session.workspace().open(state.key, state)

    return session.attempt(renamed, refuse)


# Presenting and following


def _presented_page() -> PresentedPage | None:
    """Return the page that somebody else presents."""
    seat = session.state().seat
    return None if seat is None or seat.presenter in {None, seat.participant.id} else seat.view


def _presenter_name(language: Language) -> str | None:
    """Return the name of the presenter; None if nobody presents, or they are no owner any more."""
    seat = session.state().seat
    presenters = [
        person.id
        for person in everyone()
        if seat is not None and person.id == seat.presenter and person.role is Role.OWNER
    ]
    return names(language).get(presenters[0]) if presenters else None


def presents() -> bool:
    """Tell whether the reader presents."""
    seat = session.state().seat
    return seat is not None and seat.presents


def is_seen_by_all() -> bool:
    """Tell whether this screen presents or follows: a projector may show it to everybody."""
    return presents() or (_presented_page() is not None and this_tab().is_following)


def show_present_switch(page: str, language: Language) -> None:
    """Show the owner's switch that presents the page to the others."""
    me = session.state().me
    if me is None or me.role is not Role.OWNER:
        return
    st.toggle(
        language.say("Present"),
        widgets.show_value(PRESENT, presents()),
        key=PRESENT,
        help=language.say(
            "The others see the page and the figure that you look at. Sidebar and tools are hidden meanwhile."
        ),
        on_change=widgets.edited(PRESENT, partial(_set_presenting, page)),
    )


def _set_presenting(page: str, is_on: bool) -> None:  # noqa: FBT001 - what the switch says
    """Start presenting a page, or stop."""
    presented = PresentedPage(page, letter=session.state().shown) if is_on else None
    this_tab().presented = presented
    session.change_session(lambda state: session.workspace().people.present(state, presented))


def update_presented_page(page: str) -> None:
    """Store the page, figure and variant that the presenter looks at, if they have changed in this tab."""
    here = this_tab()
    presented = PresentedPage(page, here.asked_figure, session.state().shown)
    if presents() and presented != here.presented:
        here.presented = presented
        session.change_session(lambda state: session.workspace().people.present(state, presented, goes_on=True))


def follow_page(pages: Mapping[str, StreamlitPage], page: str) -> None:
    """Open the page that the presenter has changed to, if this tab follows."""
    presented, here = _presented_page(), this_tab()
    if presented is None:
        here.has_presentation_ended |= here.followed is not None and not presents()
        here.is_following, here.followed = True, None
        return
    here.has_presentation_ended = False
    if here.is_following and presented.page != here.followed and presented.page in pages:
        here.followed = presented.page
        if presented.page != page:
            st.switch_page(pages[presented.page], query_params=unbound_query())


def follow_variant() -> None:
    """Show the variant that the presenter has changed to, if this tab follows; called before anything is drawn."""
    presented, here = _presented_page(), this_tab()
    if here.is_following and presented is not None and presented.letter != here.followed_letter:
        here.followed_letter = presented.letter
        shown_variant.show(presented.letter)


def show_presenter(pages: Mapping[str, StreamlitPage], page: str, view: AnyView) -> None:
    """Show what somebody presents, and the way to stop following or to follow again; or that it has ended."""
    with st.container():  # always there, so that the page below does not move
        _show_presenter(pages, page, view)
        if this_tab().has_presentation_ended:
            ended = view.language.say("The presentation has ended.")
            st.markdown(f":material/co_present: {plain(ended)}")


def _show_presenter(pages: Mapping[str, StreamlitPage], page: str, view: AnyView) -> None:
    presented, language = _presented_page(), view.language
    say = language.say
    name = None if presented is None or presented.page not in pages else _presenter_name(language)
    if presented is None or name is None:
        return
    from zt_planner.topics.explanations.registry import figure_title  # noqa: PLC0415 - twenty modules, where one presents

    figure = "" if presented.figure is None else language.write(figure_title(presented.figure, view))
    parts = [part for part in (pages[presented.page].title, figure) if part]
    with st.container(horizontal=True, vertical_alignment="center"):
        text = say("{name} shows: {what}", name=name, what=", ".join(parts))
        st.markdown(f":material/co_present: {plain(text)}", width="content")
        if presented.page != page:
            # Never `st.switch_page` without need: it forgets which parts of the sidebar are open.
            st.page_link(pages[presented.page], label=say("Go there"), icon=":material/arrow_forward:")
        if this_tab().is_following:
            stop = partial(tab.follow, is_on=False)
            st.button(say("Stop following"), key="follow:stop", on_click=widgets.pressed(stop))
        else:
            st.button(
                say("Follow"),
                key="follow:begin",
                icon=":material/group:",
                on_click=widgets.pressed(partial(tab.follow, is_on=True)),
            )


def pointed_at(name: str, language: Language) -> str:
    """Return who presents and points at a figure; empty if nobody does."""
    presented = _presented_page()
    pointing = _presenter_name(language) if presented is not None and presented.figure == name else None
    return "" if pointing is None else language.say("{name} points here", name=pointing)


def show_pointer(name: str, language: Language) -> None:
    """Mark a figure that a presenter points at."""
    text = pointed_at(name, language)
    if text:
        st.caption(f":material/back_hand: {plain(text)}")
