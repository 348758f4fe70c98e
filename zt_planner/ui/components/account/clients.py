"""My clients, for who signs in and has several sessions: one sentence, the list, four pictures, and kept reviews.

Laws: the page waits for no more than a few plans; a kept review is drawn as the list of today is, from what was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import streamlit as st

from zt_planner.domain import units
from zt_planner.domain.plan import Team
from zt_planner.domain.session import SessionId
from zt_planner.entries import Entry
from zt_planner.errors import InputRefused
from zt_planner.language import Language, Plural, Text, Words
from zt_planner.settings import settings
from zt_planner.topics.error_texts import explain
from zt_planner.topics.portfolio.blocks import client_blocks
from zt_planner.topics.portfolio.client_list import TEAMS_OF_CLIENTS, TeamNeed, clients_sentence, clients_table
from zt_planner.topics.portfolio.clients import ClientRow, Clients
from zt_planner.ui.components.account.own_sessions import SEVERAL, own_clients
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.elements import offer_deletion, pick, show_caption, show_dialog, show_errors, show_text
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, tab, widgets
from zt_planner.workspace import State
from zt_planner.workspace.clients import MOST_CLIENTS, Review
from zt_planner.workspace.jobs.clients import ClientsProgress, learn_what_is_quick
from zt_planner.workspace.keys import ME, OWN, Account
from zt_planner.workspace.runners.job_runner import Request
from zt_planner.workspace.sharing.accounts import OwnSession

TEAM, CAPACITY, REVIEW, TODAY = "whose_days", "clients:capacity", "clients:review", "today"
FORGET = "clients:forget"
CAPACITY_ENTRY = Entry(units.PERSON_DAYS, Decimal("0.5"), Decimal(1000))


class ShownClients(NamedTuple):
    """The clients of an account: their sessions, what is known of them, and the job for what is not."""

    sessions: tuple[OwnSession, ...]
    left_out: int
    rows: Mapping[SessionId, ClientRow]
    request: Request | None


def shown_clients() -> ShownClients | None:
    """Return the clients of who has signed in; None for anybody else, and for who has one client or none."""
    return session.query_once_or(_clients, None)


def _clients(state: State) -> ShownClients | None:
    account, workspace = state.account, session.workspace()
    if account is None:
        return None
    every = own_clients(state)
    if len(every) < SEVERAL:
        return None
    sessions = every[:MOST_CLIENTS]
    request = learn_what_is_quick(workspace, account, state, workspace.clients.missing(sessions))
    rows = workspace.clients.rows(account, sessions) if request is None else {}
    return ShownClients(sessions, len(every) - len(sessions), rows, request)


def clients_answer(shown: ShownClients, language: Language) -> str:
    """Return the sentence on top: how many clients there are, and what comes in the next quarters, weeks and days."""
    if shown.request is not None:
        return language.plural("You have {n} client.", "You have {n} clients.", len(shown.sessions))
    return language.write(clients_sentence(_today(shown.rows), _need(language)))


def _today(rows: Mapping[SessionId, ClientRow]) -> Clients:
    return Clients(session.workspace().today(), tuple(rows.values()))


def _need(language: Language) -> TeamNeed:
    """Return whose days are shown, and what was typed as what there is of them, where it can be read."""
    team, typed = st.session_state.get(TEAM) or st.query_params.get(TEAM), _typed()
    known = next((each for each in Team if each == team), Team.EXTERNAL)
    is_read = typed and CAPACITY_ENTRY.refusal(typed, language) is None
    return TeamNeed(known, Decimal(CAPACITY_ENTRY.read(typed, language)) if is_read else None)


def _typed() -> str:
    return str(st.session_state.get(CAPACITY) or "").strip()


def show_clients(shown: ShownClients, account: Account, language: Language) -> None:
    """Show the clients as they are, or as they were on the day of a review that was kept."""
    say = language.say
    if shown.left_out:
        show_caption(say("Only the {n} that were used last are counted.", n=language.number(len(shown.sessions))))
    if shown.request is not None:
        _show_progress(shown.request, language)
        return
    unread = len(shown.sessions) - len(shown.rows)
    if unread:
        show_caption(language.plural("{n} client cannot be read.", "{n} clients cannot be read.", unread))
    none: dict[date, Review] = {}
    reviews = session.query_or(partial(_reviews, account), none)
    day = _show_reviews(shown, reviews, account, language)
    if day is None:
        clients = _today(shown.rows)
        table = replace(clients_table(clients), links=_links(shown))
    else:
        clients = Clients(day, tuple(reviews[day].rows.values()))
        table = clients_table(clients)
        st.markdown(f"**{plain(clients_sentence(clients, _need(language)))}**")
    show_table(table, say("My clients"), stacks=True)
    _show_team_choice(language)
    show_blocks(client_blocks(clients, _need(language)))


def _show_progress(request: Request, language: Language) -> None:
    say = language.say

    def progress(told: ClientsProgress | None) -> tuple[float | None, str]:
        if told is None:
            return 0.0, say("Your clients' plans are calculated …")
        values = {"done": language.number(told.done), "whole": language.number(told.whole)}
        return told.done / told.whole, say("Your clients' plans are calculated: {done} of {whole} …", **values)

    panel = JobPanel(
        key="clients:job",
        request=lambda: request,
        progress=progress,
        show_result=lambda _: None,
        failed=say("The plans could not be calculated. Nothing was changed; try again."),
    )
    show_job(panel, language)


def _links(shown: ShownClients) -> tuple[str, ...]:
    """Return where each client's plan opens, in the order of the rows."""
    addresses = {own.me.session: address_of(own) for own in shown.sessions}
    return tuple(addresses[session] for session in shown.rows)


def address_of(own: OwnSession) -> str:
    """Return the address at which one's own session opens."""
    return f"{settings().base_path}/?{ME}={OWN if own.is_home else own.me.id}"


def _show_team_choice(language: Language) -> None:
    say = language.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            say("Whose days"),
            list(TEAMS_OF_CLIENTS),
            default=Team.EXTERNAL,
            required=True,
            format_func=lambda team: plain(say(TEAMS_OF_CLIENTS[Team(team)])),
            key=TEAM,
            bind="query-params",
        )
        st.text_input(
            say("Days a week that there are"),
            key=CAPACITY,
            width=220,
            help=say("Person-days of all who work for these clients. Weeks that need more are marked."),
        )
    typed = _typed()
    refused: InputRefused | None = CAPACITY_ENTRY.refusal(typed, language) if typed else None
    if refused is not None:
        show_errors(explain(refused))


# Reviews


def _reviews(account: Account, _: State) -> dict[date, Review]:
    return session.workspace().clients.reviews(account)


def _show_reviews(
    shown: ShownClients, reviews: Mapping[date, Review], account: Account, language: Language
) -> date | None:
    """Show the button that keeps a review and the choice of those that were kept; return the chosen day."""
    say, today = language.say, session.workspace().today()
    chosen = TODAY
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if reviews:
            names = {TODAY: say("Today")} | {day.isoformat(): language.short_day(day) for day in reviews}
            chosen = pick(say("As of"), names, REVIEW, language, width=220) or TODAY
        day = next((each for each in reviews if each.isoformat() == chosen), None)
        if day is None:
            st.button(
                say("Replace today's review") if today in reviews else say("Keep this review"),
                key="clients:keep",
                icon=":material/event_available:",
                help=say("The list and the pictures as they are today, to compare with later. Only you see it."),
                on_click=widgets.pressed(session.act, partial(_keep, account, shown.rows)),
            )
        else:
            st.button(
                say("Delete this review"),
                key="clients:delete",
                icon=":material/delete:",
                on_click=widgets.pressed(tab.open_dialog, FORGET),
            )
    if day is not None:
        show_lines_of(reviews[day], day, language)
        title = say("Delete the review of {day}", day=language.short_day(day))
        show_dialog(FORGET, title, partial(_show_deletion, account, day, language))
    return day


def show_lines_of(review: Review, day: date, language: Language) -> None:
    """Say of which day a review is, and what is left out of it."""
    lines: list[Words] = [Text("Kept on {day}, as you saw it then.", day=day)]
    if review.left_out:
        lines.append(
            Plural(
                "{n} client is left out: you have no seat there any more, or it cannot be read.",
                "{n} clients are left out: you have no seat there any more, or they cannot be read.",
                review.left_out,
            )
        )
    for line in lines:
        show_caption(language.write(line))


def _keep(account: Account, rows: Mapping[SessionId, ClientRow], state: State) -> None:
    session.workspace().clients.keep_review(account, state, rows)


def _show_deletion(account: Account, day: date, language: Language) -> None:
    show_text(language.say("It is gone for good. The plans stay as they are."))
    offer_deletion("clients:deleted", partial(session.act, partial(_delete, account, day)), language)


def _delete(account: Account, day: date, _: State) -> None:
    session.workspace().clients.delete_review(account, day)
