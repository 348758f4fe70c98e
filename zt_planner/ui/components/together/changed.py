"""The line under the figures: what changed since the baseline, with a link to the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.fields import APPROVED, TASK_RECORDS
from zt_planner.domain.session import Event, EventKind
from zt_planner.domain.variants import AS_APPROVED, PLAN
from zt_planner.engine.compare.bridge import figures_of, in_order
from zt_planner.engine.plan import Plan
from zt_planner.language import Labelled, Language, Text, Words
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.labels import own_line, own_title
from zt_planner.topics.record.changed import change_words, changed_line, changes_since, own_plan_line, with_teams
from zt_planner.topics.record.minutes import minutes_of
from zt_planner.topics.record.session import visibility_of
from zt_planner.ui.addresses import RECORD, WHAT_IF
from zt_planner.ui.components.elements import show_page_link
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.together import history
from zt_planner.ui.state import session
from zt_planner.workspace.sharing.record import decisions

STATUS_DATE, MOST_CHANGES = "status.at", 6


def container() -> DeltaGenerator:
    """Return the place of the line; it is filled after the picture, which the reader waits for."""
    return st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small", key="changed")


def show(line_place: DeltaGenerator, language: Language, begin: Callable[[], None] | None) -> None:
    """Show what changed, and a link to how it adds up.

    Before anything has changed, `begin` draws something else there. Whoever may not change the plan only sees the line.
    """
    is_variant = session.state().variant is not None
    may_change, text = session.may_change() and not is_variant, line(language)
    with line_place:
        if text or (begin is None and may_change):
            st.caption(plain(text or language.say("Move a control: what it changes is said here.")), width="stretch")
        elif begin is not None and may_change:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                begin()
        if text:
            show_page_link(WHAT_IF if is_variant else RECORD, language.say("How it adds up"))


def line(language: Language) -> str:
    """Return what changed since the approval or the baseline; of a variant, how it differs from the plan."""
    state, workspace = session.state(), session.workspace()
    if state.variant is not None:
        return _variant_line(language)
    if state.shown == AS_APPROVED or state.seat is None or state.pending:
        return ""
    events, is_approved = history.seen(), state.base.status.approved is not None
    since = [event for event in events if event.number > _compared_since(events)]
    if not since:
        return "" if is_approved else _own_plan_line(events, language)
    visibility = visibility_of(state.seat)
    items = minutes_of(decisions(since), workspace.plans.outcome(state.base), visibility).way
    shown = [item for item in items if item.cause is None or item.cause.kind is not EventKind.BASELINE]
    words = history.words_of(language, history.reader_zone())
    before, now = session.compared_plan() if is_approved else session.baseline_plan(), session.plan()
    ends = (before.headlines, now.headlines) if isinstance(before, Plan) and isinstance(now, Plan) else None
    changes = language.write(changed_line(shown, words, ends))  # it names nobody, so no names are read
    return language.write(own_line(changes, now)) if changes else ""


def _compared_since(events: Sequence[Event]) -> int:
    """Return the number of the revision that the plan is compared with: of the approval, or of the baseline."""
    state = session.state()
    approved = state.base.status.approved
    if approved is None:
        return state.baseline_number
    kept = approved.model_dump(mode="json")
    approvals = (
        event.number
        for event in events
        if any(change.path == APPROVED and change.after == kept for change in event.changes)
    )
    return next(approvals, state.baseline_number)


def since_status_date(language: Language) -> tuple[Words, ...]:
    """Return what has changed since the plan got its status date, each change with its effect, the latest first."""
    state, workspace = session.state(), session.workspace()
    if state.seat is None or state.pending or state.shown != PLAN:
        return ()
    events = history.seen()
    set_at = [n for n, event in enumerate(events) if any(change.path == STATUS_DATE for change in event.changes)]
    if not set_at:
        return ()
    visibility = visibility_of(state.seat)
    items = minutes_of(decisions(events[set_at[-1] :]), workspace.plans.outcome(state.base), visibility).way
    words = history.words_of(language, history.reader_zone())
    changes = [change_words(change, words) for change in changes_since(items)]
    return tuple(reversed(changes))[:MOST_CHANGES]


def recorded_since_status_date() -> frozenset[str]:
    """Return the ids of the tasks of which something was recorded since the plan got its status date."""
    events = history.seen()
    dated = (event.number for event in events if any(change.path == STATUS_DATE for change in event.changes))
    since = max(dated, default=0)
    paths = (change.path for event in events if event.number > since for change in event.changes)
    return frozenset(path.removeprefix(TASK_RECORDS).split(".")[0] for path in paths if path.startswith(TASK_RECORDS))


def _own_plan_line(events: Sequence[Event], language: Language) -> str:
    """Return what making it one's own has changed, as long as nothing else has; empty where nothing did."""
    state, plans = session.state(), session.workspace().plans
    made = next((each for each in events if each.number == state.baseline_number), None)
    if made is None or made.kind is not EventKind.CHANGE:
        return ""
    before = history.plan_at(made.number, made.changes, PLAN)
    if before is None:
        return ""
    scenarios = before.scenario, state.base
    views = (plans.view(scenario, language, shows_labour=state.sees_labour) for scenario in scenarios)
    return language.write(own_plan_line(made.changes, *views))


def _variant_line(language: Language) -> str:
    """Return how the variant that is shown differs from the plan, and what that changes."""
    state, plan, other = session.state(), session.baseline_plan(), session.plan()
    visibility = Visibility(labour=state.sees_labour)
    fields = tuple(
        field
        for field in differences(state.base, state.scenario)
        if visibility.sees(field.path) and state.scenario.uses(field.path)
    )
    if plan is None or not fields:
        return language.say(
            "Variant {letter} is still the same as the plan. Move a control to try something.", letter=state.shown
        )
    (change,) = in_order((fields,), figures_of(plan), figures_of(other))
    words = history.words_of(language, history.reader_zone())
    if isinstance(plan, Plan) and isinstance(other, Plan):
        changes = with_teams(change, plan.headlines, other.headlines, words)
    else:
        changes = change_words(change, words)
    return language.write(Labelled(own_title(Text("Against the plan"), other), changes))
