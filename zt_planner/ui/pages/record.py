"""The record of the session: its minutes as a picture and a table, as a file, and the states that have a name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from zt_planner.domain.finding import Severity
from zt_planner.domain.session import Event, Outcome, ParticipantId, Snapshot
from zt_planner.domain.variants import PLAN
from zt_planner.engine.compare.bridge import Figures
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import SeatEnded, StoreError
from zt_planner.language import Language, LanguageCode
from zt_planner.media.minutes_markdown import MinutesPaper, minutes_markdown
from zt_planner.topics.compare.sentences import BASELINE
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.answer import nothing_changed, record_answer
from zt_planner.topics.record.effects import SAVED, WAY, explain_decided, explain_saved
from zt_planner.topics.record.minutes import Item, Minutes, minutes_of, outcome_figures
from zt_planner.topics.record.minutes_words import (
    MinutesWords,
    earlier_basis,
    figures_text,
    left_line,
    minutes_chart,
    minutes_table,
)
from zt_planner.topics.record.proposals import proposals_table
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.record.session import visibility_of
from zt_planner.topics.trace import Trace
from zt_planner.ui.components.charts import show_chart
from zt_planner.ui.components.comparison import show_since
from zt_planner.ui.components.elements import (
    fold,
    fold_findings,
    pick,
    reading_failed,
    show_caption,
    show_dialog,
    show_findings,
)
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.forms import form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.together import history
from zt_planner.ui.components.why import show_own_explanation, why_button
from zt_planner.ui.state import session, tab, widgets
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.proposals import Proposals
from zt_planner.workspace.sharing.record import decisions

ROWS_ON_A_PAGE, SNAPSHOT = 50, "snapshot"


def answer(_plan: AnyPlan, language: Language) -> str:
    """Say how many changes there are, and what they come to; nothing while the store does not answer."""
    if session.state().seat is None:
        return language.write(nothing_changed())

    paper = session.query_once_or(_shown_paper, None)
    return "" if paper is None else language.write(record_answer(paper.minutes, paper.words.zone))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    state, say = session.state(), language.say
    if state.seat is None or state.session is None:
        show_caption(say("The record begins with the first change."))
        return
    try:
        paper = session.query_once(_shown_paper)
    except StoreError as trouble:
        for line in reading_failed(trouble):
            st.warning(plain(line), icon=":material/cloud_off:")
        return
    minutes, snapshots, words = paper.minutes, paper.snapshots, paper.words
    if minutes.decisions:
        with st.container():
            _show_minutes_chart(minutes, words)
        fold(say("All decisions"), "decisions", partial(_show_decisions, minutes, words))
        if state.shown == PLAN:
            fold(
                say("Since the baseline, independent of the order"),
                "order_free",
                partial(_show_order_free, plan, language),
            )
    left = left_line(words)
    if left:
        show_caption(language.labelled(say("Left the session"), left))
    if paper.proposals:
        st.header(say("Proposals"))
        show_table(proposals_table(paper.proposals, words), say("Proposals"), stacks=True)
    show_minutes_files(words)
    recorded = partial(_recorded_figures, events=history.events(), visibility=minutes.visibility)
    _show_saved_states(snapshots, recorded, words)
    show_own_explanation(
        partial(_explanation_of, minutes=minutes, snapshots=snapshots, recorded=recorded, words=words), language
    )
    st.header(say("Open points"))
    show_findings(plan, language, (Severity.BLOCKING,))
    fold_findings(plan, language, "open_points")


def _shown_paper(state: State) -> MinutesPaper:
    """Return the minutes on the page; raise SeatEnded without a session, StoreError."""
    words, events = history.record_words(session.language()), session.query_once(history.read_events)
    return _paper_of(session.workspace(), words, state, events)


def _paper_of(workspace: Workspace, words: MinutesWords, state: State, events: Sequence[Event]) -> MinutesPaper:
    """Return what the minutes of a state are made of, as its participant may see them.

    Raises SeatEnded without a session, StoreError.
    """
    if state.seat is None or state.session is None:
        raise SeatEnded
    snapshots = workspace.store.history.snapshots(state.session)
    visibility = visibility_of(state.seat)
    seen = seen_events(events, visibility)
    # What still waits to be saved is no part of the record yet.
    now = events[-1].after if state.pending and events else workspace.plans.outcome(state.base)
    numbers = [event.number for event in seen]
    saved = {numbers[index - 1] for snapshot in snapshots if (index := bisect_right(numbers, snapshot.number))}
    minutes = minutes_of(decisions(seen, saved), now, visibility)
    words = replace(words, view=workspace.view(state, words.language))
    return MinutesPaper(minutes, snapshots, words, Proposals(workspace).of(state))


def _explanation_of(
    name: str,
    minutes: Minutes,
    snapshots: Sequence[Snapshot],
    recorded: Callable[[Snapshot], Figures | None],
    words: MinutesWords,
) -> Trace | None:
    """Return the explanation of an effect, of the sum or of a saved state."""
    decided = explain_decided(name, minutes, words, history.plan_at)
    return decided or explain_saved(name, snapshots, recorded, history.plan_at)


def _recorded_figures(snapshot: Snapshot, events: Sequence[Event], visibility: Visibility) -> Figures | None:
    """Return the figures of a saved state when it was the plan."""
    done = [event for event in events[: snapshot.number] if event.letter == PLAN]
    known = done and snapshot.number <= len(events)
    return outcome_figures(done[-1].after if known else Outcome(), visibility)


def _show_minutes_chart(minutes: Minutes, words: MinutesWords) -> None:
    chart = minutes_chart(minutes, words)
    if chart is not None:
        show_chart(chart)
        why_button(WAY, words.language)


def _show_decisions(minutes: Minutes, words: MinutesWords) -> None:
    """Show the decisions, of everyone or of one person, a page at a time."""
    say = words.language.say
    authors = list(dict.fromkeys(decision.by for decision in minutes.decisions))
    items = minutes.items
    if len(authors) > 1:
        items = _of_person(items, _chosen_person(authors, words))
    pages = -(-len(items) // ROWS_ON_A_PAGE)
    page = st.pagination(pages, key="minutes_page") if pages > 1 else 1
    shown = items[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    show_table(minutes_table(shown, words, minutes=minutes), say("Decisions and their effect"), stacks=True)


def _show_order_free(plan: AnyPlan, language: Language) -> None:
    """Show what each group of inputs has changed since the baseline, regardless of the order of decisions."""
    before, say = session.baseline_plan() or plan, language.say
    text = say(
        "What each group of inputs does from the baseline to the plan: the mean over every order in which they could "
        "be changed (rule M24). In the order you decided, each decision has the effect that it had then."
    )
    show_caption(text)
    show_since(BASELINE, before.case, plan.case, say("Since the baseline, independent of the order"), language)


def _chosen_person(authors: Sequence[ParticipantId], words: MinutesWords) -> ParticipantId | None:
    say, names = words.language.say, {str(author): words.who(author) for author in authors}
    chosen = pick(say("Decisions by"), {"": say("Everyone"), **names}, "decisions_of", words.language)
    return ParticipantId(chosen) if chosen else None


def _of_person(items: Sequence[Item], person: ParticipantId | None) -> tuple[Item, ...]:
    """Return one person's items, or all for None."""
    return tuple(item for item in items if person is None or (item.cause is not None and item.cause.by == person))


def show_minutes_files(words: MinutesWords) -> None:
    """Draw the downloads of the minutes, in every language."""
    say = words.language.say
    show_caption(say("The minutes as a file (Markdown):"))
    with st.container(horizontal=True):
        for code in LanguageCode:
            language = Language(code)
            write = partial(minutes_file, words.in_language(language), session.workspace())
            look = {"icon": ":material/description:", "key": f"minutes:{code}"}
            show_download(language.locale.own_name, write, "minutes.md", "text/markdown", language, **look)


def minutes_file(words: MinutesWords, workspace: Workspace, state: State) -> bytes:
    """Return the minutes' file of a state, in the language of its words."""
    return minutes_markdown(_paper_of(workspace, words, state, workspace.events(state)[: state.number]))


def _show_naming(language: Language) -> None:
    """Show the form that names the current plan."""
    say, named, people = language.say, form_state(SNAPSHOT), session.workspace().people
    with st.form(SNAPSHOT, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(say("Name for the current plan"), key=named.key("name"))
            st.form_submit_button(
                say("Save this state"),
                icon=":material/bookmark_add:",
                on_click=named.sent(
                    lambda values, refuse: session.act(partial(people.name_snapshot, **values), refuse)
                ),
            )
        named.explain()


def _show_saved_states(
    snapshots: Sequence[Snapshot], recorded: Callable[[Snapshot], Figures | None], words: MinutesWords
) -> None:
    say, may_change = words.language.say, session.state().may_change
    st.header(say("Saved states"))
    if may_change:
        _show_naming(words.language)
    if not snapshots:
        show_caption(say("No state has a name yet."))
    for snapshot in snapshots:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            figures = recorded(snapshot)
            shown = words.language.write(figures_text(figures, earlier_basis(words.view.plan)))
            when = words.language.moment(snapshot.at.astimezone(words.zone))
            st.markdown(
                f"**{plain(snapshot.name)}**  \n{plain(f'{shown} · {when}, {words.who(snapshot.participant)}')}",
                width="stretch",
            )
            if figures is not None:
                why_button(f"{SAVED}:{snapshot.name}", words.language)
            if may_change:
                _show_snapshot_buttons(snapshot, words.language)


def _show_snapshot_buttons(snapshot: Snapshot, language: Language) -> None:
    say, asks = language.say, f"restore:{snapshot.name}"
    st.button(
        say("Go back to it"),
        key=f"restore:{snapshot.name}",
        icon=":material/restore:",
        on_click=widgets.pressed(tab.open_dialog, asks),
    )
    show_dialog(asks, say("Go back to a saved state"), partial(_show_restoring, snapshot, language))
    st.button(
        language.say("Remove the name"),
        key=f"forget:{snapshot.name}",
        type="tertiary",
        icon=":material/delete:",
        help=language.say("Removes the name only; the decisions stay in the record."),
        on_click=widgets.pressed(session.act, partial(session.workspace().people.forget_snapshot, name=snapshot.name)),
    )


def _show_restoring(snapshot: Snapshot, language: Language) -> None:
    say = language.say
    st.write(plain(say("The plan returns to “{name}”, for everyone. You can undo this.", name=snapshot.name)))
    restore = partial(session.workspace().restore, number=snapshot.number)
    st.button(say("Go back"), key="restore", on_click=widgets.confirmed(session.attempt, restore))
