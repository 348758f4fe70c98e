"""A copy of one's own to try something out, the way back, and proposals: sent from a copy, decided in the session.

Laws: whoever only watches a plan is offered a copy where its controls are, but none of the approved plan: nothing can
be proposed to that; a proposal is decided by those who may change the plan, one press each; what cannot be done with it
any more is said.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC
from functools import partial

import streamlit as st

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Participant, Proposal, ProposalEnd, Seat
from zt_planner.domain.variants import AS_APPROVED, VARIANT_NAME_LENGTH
from zt_planner.errors import PlannerError, ProposalDecided, ProposalEnded, StoreError
from zt_planner.language import Language, Text, Words, sentences
from zt_planner.topics.error_texts import explain
from zt_planner.topics.headline.before_and_after import promised_or_none
from zt_planner.topics.record.minutes_words import changes_text
from zt_planner.topics.record.proposals import end_text
from zt_planner.ui.components.elements import show_caption, show_text
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.together import history, presence
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.proposals import Proposals

MOST_SHOWN, MOST_CHANGES_NAMED = 3, 3


def show_try_button(key: str, language: Language) -> None:
    """Offer whoever only watches the plan a copy that they may change."""
    if not session.state().only_watches or session.state().shown == AS_APPROVED:
        return
    st.button(
        language.say("Try it yourself"),
        key=f"try_out:{key}",
        icon=":material/tune:",
        help=language.say("You get a copy of your own. Nobody else sees it, and this plan stays as it is."),
        on_click=widgets.pressed(_try_out),
        width="stretch",
    )


def _try_out() -> None:
    """Begin a copy of one's own, and show it."""
    begun = session.change_session(session.workspace().people.try_out)
    if begun is not None:
        this_tab().go_to(begun[1])


# In a copy


def show_copy_line(language: Language) -> None:
    """Say whose copy this is, with the way to propose it and the way back."""
    seat, say = session.state().seat, language.say
    if seat is None or seat.copied_from is None or not seat.is_owner:
        return
    proposals = Proposals(session.workspace())
    source = session.query_or(proposals.source, None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="copy"):
        text = say("This is your own copy: what you change here, nobody else sees.")
        st.markdown(f":material/content_copy: {plain(text)}", width="content")
        if source is None:
            show_caption(say("The session this was copied from has ended, or you no longer have a seat in it."))
            return
        st.button(
            say("Propose it to the session"),
            key="propose",
            icon=":material/send:",
            help=say("Whoever may change the plan there takes it over, compares it or declines it."),
            on_click=widgets.pressed(session.act, proposals.propose),
        )
        back = partial(this_tab().go_to, source.participant.id)
        st.button(say("Back to the session"), key="back", icon=":material/arrow_back:", on_click=widgets.pressed(back))
    me = source.participant
    latest = session.query_or(lambda _: proposals.store.latest_by(me.id, me.session), None)
    if latest is not None:
        show_caption(_outcome_line(latest, source, language))


def _outcome_line(proposal: Proposal, source: Seat, language: Language) -> str:
    """Say what has become of one's latest proposal."""
    people: tuple[Participant, ...] = ()
    if proposal.ended_by is not None:
        people = session.query_or(lambda _: session.workspace().store.seats.people(source.participant.session), people)
    words = history.words_of(language, history.reader_zone(), people)
    at = language.moment(proposal.at.astimezone(words.zone))
    return language.say("Proposed on {moment}: {end}.", moment=at, end=language.write(end_text(proposal, words)))


# In the session


def show_proposals(language: Language) -> None:
    """Show the proposals that wait for a decision to those who may decide."""
    waiting = session.query_or(Proposals(session.workspace()).open, ())
    for proposal in waiting[:MOST_SHOWN]:
        _show_proposal(proposal, language)
    if len(waiting) > MOST_SHOWN:
        show_caption(language.say("and {n} more", n=language.number(len(waiting) - MOST_SHOWN)))


def _show_proposal(proposal: Proposal, language: Language) -> None:
    say, proposals = language.say, Proposals(session.workspace())
    refuse = partial(_refuse, proposal.number, language)
    name = presence.names(language).get(proposal.participant) or say("Guest")
    text, after = _proposal_text(proposal, language)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"proposal:{proposal.number}"):
        whole = Text("Proposal by {name}: {what}", name=name, what=text)
        st.markdown(f":material/lightbulb: {plain(whole)}", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            if after is not None:
                _show_promise(after, proposal, language)
                over = partial(session.attempt, partial(proposals.take_over, number=proposal.number), refuse)
                _show_decision(ProposalEnd.TAKEN_OVER, say("Take over"), ":material/check:", over, proposal)
                title = say("Proposal by {name}", name=name)[:VARIANT_NAME_LENGTH]
                beside = partial(
                    session.attempt, partial(proposals.compare, number=proposal.number, name=title), refuse
                )
                _show_decision(ProposalEnd.COMPARED, say("Compare"), ":material/call_split:", beside, proposal)
            away = partial(session.act, partial(proposals.decline, number=proposal.number), refuse)
            _show_decision(ProposalEnd.DECLINED, say("Decline"), ":material/close:", away, proposal)


def _refuse(number: int, language: Language, error: PlannerError) -> None:
    """Keep why a decision is refused; where somebody was faster, with what they have decided."""
    known = session.query_or(Proposals(session.workspace()).of, ()) if isinstance(error, ProposalEnded) else ()
    decided = next((each for each in known if each.number == number and each.end is not None), None)
    if decided is not None:
        with suppress(StoreError):
            error = ProposalDecided(outcome=language.write(end_text(decided, history.record_words(language))))
    session.keep_refusal(error)


def _proposal_text(proposal: Proposal, language: Language) -> tuple[Words, Scenario | None]:
    """Say what a proposal changes now, with the scenario that it leads to, or why it cannot be taken over any more."""
    try:
        changes, after = Proposals(session.workspace()).outcome(session.state(), proposal)
    except PlannerError as error:
        return sentences(Text("it does not fit the plan any more."), *explain(error)), None
    if not changes:
        return Text("the plan has what it asks for."), None
    return changes_text(changes, history.words_of(language, UTC), MOST_CHANGES_NAMED), after


def _show_promise(after: Scenario, proposal: Proposal, language: Language) -> None:
    """Say what is promised with a proposal to whoever asks: each edit makes its plan another one."""
    place = st.popover(language.say("Budget and finish"), on_change="rerun", key=f"proposal:{proposal.number}:promise")
    if place.open:
        view = session.workspace().plans.view(after, language, shows_labour=session.state().sees_labour)
        with place:
            show_text(Text("With this proposal: {promise}.", promise=promised_or_none(view)))


def _show_decision(end: ProposalEnd, label: str, icon: str, decide: Callable[[], object], proposal: Proposal) -> None:
    key = f"proposal:{proposal.number}:{end.name.lower()}"
    st.button(plain(label), key=key, icon=icon, on_click=widgets.pressed(decide))
