"""A kept catalogue for several clients: what it would do to each, and one change in each that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from zt_planner.domain.session import ParticipantId
from zt_planner.language import Labelled, Language, Listed, Text, Words
from zt_planner.topics.portfolio.client_list import client_names
from zt_planner.topics.table import Table
from zt_planner.ui.components.account.own_sessions import SEVERAL, own_clients
from zt_planner.ui.components.elements import show_caption
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.jobs.catalogue_for_clients import Effect, apply_to, effects_job
from zt_planner.workspace.jobs.clients import ClientsProgress
from zt_planner.workspace.keys import Account
from zt_planner.workspace.sharing.accounts import OwnSession


def _clients() -> tuple[OwnSession, ...]:
    return session.query_or(own_clients, ())


def show_button(name: str, language: Language) -> None:
    """Show the button that chooses clients for a catalogue, where there are several to choose from."""
    if sum(own.seat.may_change for own in _clients()) >= SEVERAL:
        st.button(
            language.say("Apply to several clients"),
            key=f"catalogue:several:{name}",
            icon=":material/groups:",
            on_click=widgets.pressed(_choose, name),
        )


def _choose(name: str) -> None:
    here = this_tab()
    here.catalogue_for_clients = None if here.catalogue_for_clients == name else name
    here.applied = None


def show_choice(name: str, account: Account, language: Language) -> None:
    """Show the clients to choose from, and what the catalogue does or has done to the chosen ones."""
    if this_tab().catalogue_for_clients != name:
        return
    sessions = _clients()
    named = dict(
        zip((own.me.id for own in sessions), client_names(own.company.strip() for own in sessions), strict=True)
    )
    able = {own.me.id: own for own in sessions if own.seat.may_change}
    ids: list[ParticipantId] = st.multiselect(
        language.say("Clients"),
        list(able),
        format_func=lambda participant: plain(named.get(participant, "")),
        key=_key_of(name),
        placeholder=language.say("Choose the clients"),
    )
    others = [named[own.me.id] for own in sessions if own.me.id not in able]
    if others:
        show_caption(Text("You may not change these plans now: {clients}.", clients=Listed(others)))
    chosen, applied = [able[participant] for participant in ids if participant in able], this_tab().applied
    if chosen:
        _show_preview(name, chosen, named, account, language)
    elif applied is not None and applied[0] == name:
        _show_applied(applied[1], named)


def _key_of(name: str) -> str:
    return f"catalogue:clients:{name}"


def _show_preview(
    name: str,
    chosen: Sequence[OwnSession],
    named: Mapping[ParticipantId, Words],
    account: Account,
    language: Language,
) -> None:
    say, workspace = language.say, session.workspace()
    content = workspace.catalogues.content(account, name)
    request = effects_job(workspace, account, session.state(), chosen, content, f"{name}.zttemplate")

    def progress(told: ClientsProgress | None) -> tuple[float | None, str]:
        done, whole = (0, len(chosen)) if told is None else told
        values = {"done": language.number(done), "whole": language.number(whole)}
        return done / whole, say("What it does is calculated: {done} of {whole} …", **values)

    def show(effects: Sequence[Effect]) -> None:
        rows = tuple((named[effect.participant], effect.text) for effect in effects)
        show_table(Table((Text("Client"), Text("What it does")), rows), say("What {name} does", name=name))
        changed = {effect.participant for effect in effects if effect.changes}
        targets = [own for own in chosen if own.me.id in changed]
        st.button(
            plain(language.plural("Apply to {n} client", "Apply to {n} clients", len(targets))),
            key="catalogue:apply",
            icon=":material/check:",
            type="primary",
            disabled=not targets,
            help=say("One change in the record of each, which can be undone there."),
            on_click=widgets.pressed(_apply, name, chosen, account, content),
        )

    panel = JobPanel(
        key=f"catalogue:effects:{name}",
        request=lambda: request,
        progress=progress,
        show_result=show,
        failed=say("It could not be calculated. Nothing was changed; try again."),
    )
    show_job(panel, language)


def _apply(name: str, chosen: Sequence[OwnSession], account: Account, content: bytes) -> None:
    applied = session.change_session(partial(_applied, name, chosen, account, content))
    if applied is not None:
        this_tab().applied, st.session_state[_key_of(name)] = (name, applied), []


def _applied(
    name: str, chosen: Sequence[OwnSession], account: Account, content: bytes, page: State
) -> dict[ParticipantId, Effect]:
    workspace = session.workspace()
    effects = (apply_to(workspace, account, page, own, content, f"{name}.zttemplate") for own in chosen)
    return {effect.participant: effect for effect in effects}


def _show_applied(applied: Mapping[ParticipantId, Effect], named: Mapping[ParticipantId, Words]) -> None:
    for participant, effect in applied.items():
        line = plain(Labelled(named[participant], effect.text))
        if effect.is_refused:
            st.error(line, icon=":material/block:")
        else:
            st.success(line, icon=":material/check_circle:")
