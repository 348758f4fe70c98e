"""Share: links, people, roles, rules and notes; exports and imports.

Law: an owner's own role and seat are not theirs to take away, so that a session
keeps its owner.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from zt_planner.domain.scenario.fields import NOTES
from zt_planner.domain.session import NOTES_LENGTH, Participant, ParticipantId, Role
from zt_planner.domain.units import COUNT
from zt_planner.engine.plan import AnyPlan
from zt_planner.entries import Entry
from zt_planner.language import Language, Listed
from zt_planner.settings import Settings, settings, variable
from zt_planner.topics.direction import isolated
from zt_planner.topics.inputs.fields import field_label
from zt_planner.topics.record.answer import share_answer
from zt_planner.topics.record.seen import last_touched
from zt_planner.topics.record.session import role_name, what_a_role_does
from zt_planner.ui.addresses import JOIN
from zt_planner.ui.components.elements import fold, show_caption, show_dialog, show_text
from zt_planner.ui.components.files import incoming
from zt_planner.ui.components.files.plan_files import show_formats
from zt_planner.ui.components.forms import Refuse
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.together import history, presence
from zt_planner.ui.pages.sessions import show_session_actions
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.widgets.fields import Field
from zt_planner.workspace.sharing.people import ShownLink

SERVE_OTHERS = ".venv/bin/python -m zt_planner serve --address 0.0.0.0"
"""The README's command; a block of code keeps it in one line."""
REPEATED = ("port", "today")
"""The settings that the command repeats as its options."""
QR_WIDTH = 200


def answer(_plan: AnyPlan, language: Language) -> str:
    """Say who takes part."""
    me = session.state().me
    return language.say("This plan is in this browser only.") if me is None else _people_answer(me, language)


def render(_plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    me = session.state().me
    _show_session(language)
    fold(language.say("Export the plan"), "formats", partial(show_formats, language))
    if me is None or me.role.may_change:
        st.header(language.say("Import a file"))
        incoming.show_import(language)


def _show_session(language: Language) -> None:
    """Show who plans together and how others join, or the offer to begin."""
    seat = session.state().seat
    me = None if seat is None else seat.participant
    if seat is None or me is None:
        st.header(language.say("Plan together"))
        _show_beginning(language)
        return
    _show_my_name(me, language)
    if me.role is Role.OWNER:
        st.header(language.say("Links"))
        _show_links(language)
    st.header(language.say("People"))
    _show_people(me, language)
    if me.role is Role.OWNER:
        st.header(language.say("Rules"))
        _show_rules(language)
    if seat.sees_notes:
        fold(language.say("Notes"), "notes", partial(_show_notes, language))
    st.header(language.say("This session"))
    show_session_actions(me, presence.everyone(), language)


def _show_beginning(language: Language) -> None:
    say = language.say
    show_caption(say("With a session you get links for others to join; everyone sees every change at once."))
    _show_here_only_warning(language)
    st.button(
        say("Begin the session"),
        key="begin",
        icon=":material/play_arrow:",
        help=say("Saves the current plan."),
        on_click=widgets.pressed(session.begin),
    )


# Links


def _show_links(language: Language) -> None:
    say = language.say
    links: dict[Role, ShownLink] = session.query_or(session.workspace().people.links, {})
    show_caption(say("Anyone with a link can join, without an account. Give each link only to the people it is for."))
    _show_here_only_warning(language)
    with st.grid(len(Role), min_column_width=ROLE_WIDTH):
        for role in Role:
            with st.container(border=True, height="stretch"):
                st.subheader(plain(role_name(role)))
                show_caption(what_a_role_does(role))
                shown = links.get(role)
                if shown is None:
                    st.button(
                        say("Make the link"),
                        key=f"make:{role}",
                        icon=":material/add_link:",
                        on_click=widgets.pressed(_make_link, role),
                    )
                else:
                    _show_link(shown, language)
    for role in links:
        title = say("Renew the link for: {role}", role=language.write(role_name(role)))
        show_dialog(f"renew:{role}", title, partial(_show_renewal, role, language))


def _show_here_only_warning(language: Language) -> None:
    """Warn that links only work on this computer, if that is so, and say what to do."""
    if not tab.is_here_only():
        return
    say, name = language.say, urlsplit(tab.host()).hostname or ""
    there = say("In the links, write the computer's own address in place of {host}.", host=name)
    if not tab.listens_here_only():
        reason = say("Links work on this computer only, because you opened the dashboard as {host}.", host=name)
        st.warning(plain(f"{reason} {there}"), icon=":material/wifi_off:")
        return
    text = say(
        "Links work on this computer only, because the dashboard listens on this computer only. For others to join, "
        "stop it where it was started (Ctrl+C) and start it with this command; plans and links stay."
    )
    kept = settings().model_fields_set - {"address", *REPEATED}
    names = Listed(map(variable, sorted(kept)))
    keep = say("Keep the values of {settings}.", settings=names) if kept else ""
    st.warning(plain(" ".join(filter(None, (text, keep, there)))), icon=":material/wifi_off:")
    st.code(_command_for_others(), language=None)


def _command_for_others() -> str:
    """Return the README's command, with the options on which links and the plan depend."""
    port, today = st.get_option("server.port"), settings().today
    options = [SERVE_OTHERS]
    if port != Settings.model_fields["port"].default:
        options.append(f"--port {port}")
    if today is not None:
        options.append(f"--today {today}")
    return " ".join(options)


def _qr_svg(address: str) -> str:
    """Return a QR code, dark on white in every theme, as SVG; its error correction mends 15 % of the picture."""
    import segno  # noqa: PLC0415 - paid where a code is drawn

    return segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, dark="#000000", light="#ffffff")


def _show_link(shown: ShownLink, language: Language) -> None:
    """Show a link: its QR code if others can open it, its address, and the button that renews it."""
    say = language.say
    if shown.token is None:
        hidden = say("Another owner made this link, and only they can show it. A new link ends theirs.")
        if session.state().account is not None:
            hidden = say(
                "This link works, but cannot be shown: another owner made it, or you did before the session was in "
                "your list. A new link ends it."
            )
        show_caption(hidden)
    else:
        address = f"{tab.host()}{JOIN}{shown.token}"
        alt = say("QR code of the link for: {role}", role=language.write(role_name(shown.role)))
        if not tab.is_here_only():
            st.image(_qr_svg(address), width=QR_WIDTH, alt=alt)
        st.code(address, language=None, wrap_lines=True)
    st.button(
        say("Renew"),
        key=f"renew:{shown.role}",
        icon=":material/autorenew:",
        on_click=widgets.pressed(tab.open_dialog, f"renew:{shown.role}"),
    )


def _make_link(role: Role) -> None:
    session.change_session(lambda state: session.workspace().people.renew_link(state, role))


def _show_renewal(role: Role, language: Language) -> None:
    say = language.say
    show_text(
        say("The old link stops working at once, and so do the seats taken with it: those people must join again.")
    )
    st.button(
        say("Renew the link"), key="renew", icon=":material/autorenew:", on_click=widgets.confirmed(_make_link, role)
    )


MY_NAME = "my_name"
DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12"><circle cx="6" cy="6" r="6" fill="{colour}"/></svg>'
)
ROLE_WIDTH = 260
DAYS_KEPT = Entry(COUNT, 1, 365)


def _show_my_name(me: Participant, language: Language) -> None:
    """Ask for one's own name, so that people know who sent them the link."""
    say, names = language.say, presence.names(language)
    field = Field(say("Your name"), MY_NAME, me.name, presence.set_name, language, say("The others see it."))
    field.show(placeholder=say("Guest"))
    if not me.name:
        show_caption(say("Until you give one, the others and the minutes call you “Guest”."))
    elif names.get(me.id, me.name) != isolated(me.name):
        show_caption(_namesake_note(names[me.id], language))


def _people_answer(me: Participant, language: Language) -> str:
    """Say who takes part and how many are here; nothing while the store does not answer."""
    names = presence.names(language)
    people = [person.id for person in _shown_people(names)]
    shown = [_shown_name(person, names[person], me, language) for person in people]
    return language.write(share_answer(shown, len(_people_here() & set(people)), me.role)) if shown else ""


def _shown_people(names: Collection[ParticipantId]) -> list[Participant]:
    """Return who takes part, if their names are known."""
    return [person for person in presence.everyone() if person.id in names] if names else []


def _people_here() -> frozenset[ParticipantId]:
    return session.query_once_or(session.workspace().people.here, frozenset())


def _shown_name(person: ParticipantId, name: str, me: Participant | None, language: Language) -> str:
    return language.say("{name} (you)", name=name) if me is not None and person == me.id else name


def _show_people(me: Participant, language: Language) -> None:
    say, names = language.say, presence.names(language)
    people = _shown_people(names)
    is_owner = me.role is Role.OWNER
    here = _people_here()
    touched = last_touched(history.seen())
    for person in people:
        with st.container(border=True):
            _show_person(person, me, names[person.id], is_owner=is_owner, language=language)
            show_caption(" · ".join(_person_notes(person, person.id in here, touched.get(person.id, ""), language)))
    for person in people:
        title = say("Revoke {name}'s seat", name=names[person.id])
        show_dialog(f"remove:{person.id}", title, partial(_show_removal, person, names[person.id], language))


def _namesake_note(name: str, language: Language) -> str:
    """Explain the number after one's name, and what to do about it."""
    return language.say(
        "You are called {name} here, because someone with your name was here before you. If that was "
        "you, in another browser or before its cookies were deleted, your earlier changes stay under the "
        "first name, and an owner can revoke the old seat.",
        name=name,
    )


def _show_person(person: Participant, me: Participant, name: str, *, is_owner: bool, language: Language) -> None:
    """Show a participant; an owner can change others' roles or remove them."""
    say = language.say
    with st.container(horizontal=True, vertical_alignment="center"):
        st.image(DOT.format(colour=person.colour), width=12, alt="")
        st.markdown(f"**{plain(_shown_name(person.id, name, me, language))}**", width="stretch")
        if not is_owner or person.id == me.id:
            st.text(language.write(role_name(person.role)), width="content")
            return
        key = f"role:{person.id}"
        st.selectbox(
            say("Role of {name}", name=name),
            list(Role),
            list(Role).index(widgets.show_value(key, person.role)),
            key=key,
            format_func=lambda role: language.write(role_name(role)),
            label_visibility="collapsed",
            width=150,
            on_change=widgets.edited(key, partial(_set_role, person.id)),
        )
        st.button(
            say("Remove"),
            key=f"remove:{person.id}",
            icon=":material/person_remove:",
            help=plain(say("Revoke {name}'s seat", name=name)),
            on_click=widgets.pressed(tab.open_dialog, f"remove:{person.id}"),
        )


def _person_notes(person: Participant, is_here: bool, touched: str, language: Language) -> list[str]:  # noqa: FBT001 - a fact
    """Return whether a participant is here, when they joined, and what they changed last."""
    say = language.say
    parts = [say("here now")] if is_here else []
    parts.append(say("joined on {day}", day=language.day(person.joined_at.date())))
    if touched:
        label = language.write(field_label(touched, session.book(), history.shown_task_names(language)))
        parts.append(say("changed last: {field}", field=label))
    return parts


def _set_role(participant: ParticipantId, role: Role) -> None:
    session.change_session(lambda state: session.workspace().people.set_role(state, participant, role))


def _show_removal(person: Participant, name: str, language: Language) -> None:
    say = language.say
    show_text(
        say(
            "{name} can no longer see the plan. What they did stays in the record. Anyone who still has a "
            "link can join again: renew the link to prevent that.",
            name=name,
        )
    )
    remove = partial(session.workspace().people.remove, participant=person.id)
    st.button(
        say("Revoke the seat"),
        key="remove",
        icon=":material/person_remove:",
        on_click=widgets.confirmed(session.change_session, remove),
    )


# Rules


def _show_rules(language: Language) -> None:
    say, now = language.say, session.state().rules
    _show_rule(
        "is_locked",
        say("Lock the session"),
        now.is_locked,
        say("Nobody changes the plan or the notes, owners included, until it is unlocked."),
    )
    _show_rule(
        "hides_rates",
        say("Hide day rates from viewers"),
        now.hides_rates,
        say(
            "Viewers then see the budget without labour and without contingency, everywhere: in figures, pictures, "
            "tables, explanations and files. Dates and person-days stay."
        ),
    )
    _show_rule(
        "hides_notes",
        say("Hide the notes from viewers"),
        now.hides_notes,
        say("Owners and editors always see them."),
    )
    _show_rule(
        "has_lobby",
        say("Let people in one by one"),
        now.has_lobby,
        say(
            "Anyone who opens a link gives a name and waits until you let them in. Those who already have a seat keep "
            "it."
        ),
    )
    Field(
        say("Keep the session for this many days after its last use"),
        "rule:days_kept",
        now.days_kept,
        partial(_set_rule, "days_kept"),
        language,
        say("Then it is deleted with everything in it."),
        entry=DAYS_KEPT,
    ).show()


def _show_rule(name: str, label: str, is_on: bool, explanation: str) -> None:  # noqa: FBT001 - a rule's value
    key = f"rule:{name}"
    st.toggle(
        plain(label),
        widgets.show_value(key, is_on),
        key=key,
        help=plain(explanation),
        on_change=widgets.edited(key, partial(_set_rule, name)),
    )


def _set_rule(name: str, value: Any) -> None:  # noqa: ANN401 - rules are of several kinds
    """Set one rule; the others keep their current values."""
    session.change_session(lambda state: session.workspace().people.set_rules(state, **{name: value}))


def _show_notes(language: Language) -> None:
    """Show the notes, to edit or to read."""
    shown, say = session.state(), language.say
    if shown.me is None or not shown.me.role.may_change:
        st.text(shown.notes or say("There are no notes."))
        return
    about = say(
        "Owners and editors can read and write notes; viewers can read them if the rules allow it. At "
        "most {most} characters.",
        most=language.number(NOTES_LENGTH),
    )
    title = say("Notes on this session")
    Field(title, NOTES, shown.notes, _write_notes, language, about, shown.may_change).show_lines()


def _write_notes(notes: str, refuse: Refuse) -> None:
    """Save the notes, merged with what others have written since."""
    session.attempt(lambda state: session.workspace().set_notes(state, notes), refuse, {NOTES: notes})
