"""My catalogues: those that somebody who signs in keeps, to be used in a plan, saved as files, and deleted."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.files.formats import Format, note_on
from zt_planner.language import Language
from zt_planner.media.file_names import catalogue_file_name
from zt_planner.store.account.catalogues import KeptCatalogue
from zt_planner.topics.view import any_view
from zt_planner.ui.components.account import catalogue_for_clients
from zt_planner.ui.components.account.learning import show_learning
from zt_planner.ui.components.elements import offer_deletion, show_caption, show_dialog, show_text
from zt_planner.ui.components.files import incoming
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.keys import Account

NAME, REPLACE = "catalogue:name", "catalogue:replace"


def show_catalogues(account: Account, language: Language) -> None:
    """Show the list, what a chosen one changes in the plan, and the field to keep this plan's changes."""
    say = language.say
    st.header(say("My catalogues"))
    kept = session.query_or(partial(_kept, account), ())
    if not kept:
        show_caption(
            say("A catalogue keeps your prices, efforts, own tasks and texts for the next client. Save the first here.")
        )
    for each in kept:
        _show_catalogue(each, account, language)
    if session.may_change():
        _show_new(account, language)
    show_learning(account, language)


def _kept(account: Account, _: State) -> tuple[KeptCatalogue, ...]:
    return session.workspace().catalogues.of(account)


def _show_catalogue(kept: KeptCatalogue, account: Account, language: Language) -> None:
    say, workspace = language.say, session.workspace()
    with st.container(border=True):
        st.markdown(f"**{plain(kept.name)}**")
        show_caption(say("saved on {day}", day=language.day(kept.saved_at.date())))
        with st.container(horizontal=True, gap="xsmall"):
            if session.may_change():
                st.button(
                    say("See what it changes"),
                    key=f"catalogue:use:{kept.name}",
                    icon=":material/difference:",
                    on_click=widgets.pressed(_choose, kept.name),
                )
            catalogue_for_clients.show_button(kept.name, language)
            write = partial(_content, account, kept.name)
            save, icon = say("Save as a file"), ":material/download:"
            show_download(
                save,
                write,
                catalogue_file_name(kept.name, language),
                "application/zip",
                language,
                icon=icon,
                key=f"get:{kept.name}",
            )
            st.button(
                say("Delete"),
                key=f"catalogue:delete:{kept.name}",
                icon=":material/delete:",
                on_click=widgets.pressed(tab.open_dialog, f"catalogue:delete:{kept.name}"),
            )
        title, deletion = say("Delete: {name}", name=kept.name), partial(_show_deletion, account, kept.name, language)
        show_dialog(f"catalogue:delete:{kept.name}", title, deletion)
        catalogue_for_clients.show_choice(kept.name, account, language)
        if this_tab().catalogue == kept.name and session.may_change():
            content = workspace.catalogues.content(account, kept.name)
            mark = tab.own_key(f"{kept.name}:{kept.saved_at}")
            incoming.show_file(content, f"{kept.name}.zttemplate", mark, language)


def _choose(name: str) -> None:
    this_tab().catalogue = None if this_tab().catalogue == name else name


def _content(account: Account, name: str, _: State) -> bytes:
    return session.workspace().catalogues.content(account, name)


def _show_deletion(account: Account, name: str, language: Language) -> None:
    show_text(language.say("It is gone for good. Plans that were calculated with it stay as they are."))
    offer_deletion("catalogue:deleted", partial(session.change_session, partial(_delete, account, name)), language)


def _delete(account: Account, name: str, _: State) -> None:
    session.workspace().catalogues.delete(account, name)


def _show_new(account: Account, language: Language) -> None:
    say = language.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(plain(say("Name of the catalogue")), key=NAME, max_chars=80)
        st.button(
            say("Save my changes as a catalogue"),
            key="catalogue:save",
            icon=":material/bookmark_add:",
            help=say("Prices, day rates, efforts, ranges and own tasks of this plan; nothing of the company."),
            on_click=widgets.pressed(session.change_session, partial(_save_or_ask, account)),
        )
    if note := note_on(Format.CATALOGUE, any_view(session.plan(), language)):
        show_caption(say(note))
    show_dialog(REPLACE, say("Replace the catalogue?"), partial(_show_replacement, account, language))


def _name() -> str:
    return str(st.session_state.get(NAME, ""))


def _save_or_ask(account: Account, state: State) -> None:
    """Keep the changes; where there is a catalogue of the name, ask first."""
    if session.workspace().catalogues.keeps(account, _name()):
        tab.open_dialog(REPLACE)
    else:
        _save(account, _name(), state)


def _show_replacement(account: Account, language: Language) -> None:
    say, name = language.say, _name()
    show_text(say("You keep a catalogue “{name}” already. The changes of this plan take its place.", name=name))
    st.button(
        say("Replace it"),
        key="catalogue:replaced",
        icon=":material/check:",
        on_click=widgets.confirmed(session.change_session, partial(_save, account, name)),
    )


def _save(account: Account, name: str, state: State) -> None:
    session.workspace().catalogues.save(account, state, name)
