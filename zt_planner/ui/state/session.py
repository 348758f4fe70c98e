"""One browser tab's session: its state and plan, changes to it, queries to the store, and the language.

Inputs live in the scenario, never in a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

import streamlit as st

from zt_planner import bootstrap
from zt_planner.bootstrap import Example
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.price_proposal import PriceProposal
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.variants import AS_APPROVED, PLAN
from zt_planner.engine.plan import Plan
from zt_planner.errors import FileProblem, Place, PlannerError, PlanReplaced, SeatEnded, VariantGone, msgid
from zt_planner.files.imports.kinds import beginning_of_ours
from zt_planner.files.scenario_json import scenario_from
from zt_planner.gaps import shortened
from zt_planner.language import LOCALES, Language, language_for
from zt_planner.media.file_names import HOLDS, file_name
from zt_planner.topics.headline.cards import Baseline, baseline_of
from zt_planner.ui.state import reader
from zt_planner.ui.state.tab import ENDED, this_tab
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import ME, OWN

if TYPE_CHECKING:
    from zt_planner.domain.incoming import Incoming
    from zt_planner.engine.plan import AnyPlan


LANGUAGE, VARIANT = "language", "variant"
"""The key of the control and the address's parameter."""
Result = TypeVar("Result")
Otherwise = TypeVar("Otherwise")
LOOPBACK = "127.0.0.1"
"""Streamlit names no address of a browser on this machine."""


def workspace() -> Workspace:
    """Return the process's workspace."""
    return bootstrap.workspace()


def current() -> State:
    """Return the latest state of this session.

    Raises SeatEnded if the participant has no seat any more, StoreError if a page that has shown nothing yet cannot
    find out whose plan it shows.
    """
    tab = this_tab()
    if tab.is_leaving:
        _leave()
    if tab.state is None and reader.participant() is None and tab.participant is None:
        last = reader.last_session()
        tab.participant, tab.has_come_back = last, last is not None
    latest = workspace().open(reader.key(), tab.state or _first_state())
    if tab.state is None and latest.trouble is not None:
        raise latest.trouble
    if tab.state is None:
        latest = latest.showing(st.query_params.get(VARIANT, PLAN))
    if latest.seat is None and reader.participant() is not None and latest.trouble is None:
        tab.state = None
        raise SeatEnded
    keep_refusal(*latest.refused)
    address = latest.address or st.context.ip_address or LOOPBACK
    tab.state = replace(latest, origin=tab.origin, address=address, holder=reader.holder(), refused=())
    tab.is_read = True
    return tab.state


def _first_state() -> State:
    """Return the state of a first visit: the example, with the holidays of the reader's language."""
    return workspace().example(reader.key(), Scenario().changed("timeline.region", language().locale.region))


def state() -> State:
    """Return the state that this run shows."""
    return cast("State", this_tab().state)


def saved_as(file: str, language: Language) -> str:
    """Return the name under which a file is saved: one of the plan is named after it, any other keeps its name."""
    return file if file not in HOLDS else file_name(file, plan(), language, state().shown)


def may_change() -> bool:
    """Tell whether the plan may be changed on this page now."""
    return state().may_change


def plan() -> AnyPlan:
    """Return the plan of the latest state, as this participant may see it."""
    return workspace().plan(state())


def plan_of(scenario: Scenario) -> AnyPlan:
    """Return the plan of another scenario, as this participant may see it."""
    return workspace().plans.plan(scenario, shows_labour=state().sees_labour)


def reference_plan() -> AnyPlan | None:
    """Return the plan that the shown one is measured against; None for one as approved, or that has not begun."""
    return workspace().plans.reference(plan())


def book() -> PriceBook:
    """Return the price book of the plan that is shown, with its own rows, as this participant may see them."""
    return plan().case.book


def keep_refusal(*errors: PlannerError) -> None:
    """Keep refusals, to be shown on the page."""
    this_tab().refused += errors


def attempt(
    action: Callable[[State], State],
    refuse: Callable[[PlannerError], None] = keep_refusal,
    typed: Mapping[str, Any] | None = None,
) -> bool:
    """Apply an action to the state and return True; if it is refused, pass the reason on and change nothing.

    After a seat has ended there is no state, and nothing is done. If the variant that the action was meant for is gone,
    so is the field that would show the reason: the page shows it, with what was `typed`, by the paths of fields.
    """
    tab = this_tab()
    if tab.state is None:
        return False
    try:
        if tab.state.mark == ENDED:
            raise PlanReplaced  # noqa: TRY301 - as if the plan of the same session was replaced
        tab.state = action(replace(tab.state, is_latest=tab.is_read and tab.state.trouble is None))
    except (VariantGone, PlanReplaced) as gone:
        gone.typed = typed or {}
        keep_refusal(gone)
        return False
    except PlannerError as refused:
        refuse(refused)
        return False
    return True


def act(action: Callable[[State], None], refuse: Callable[[PlannerError], None] = keep_refusal) -> bool:
    """Do something that does not change the plan, and return True; if it is refused, pass the reason on."""

    def done(shown: State) -> State:
        action(shown)
        return shown

    return attempt(done, refuse)


def change_session(action: Callable[[State], Result]) -> Result | None:
    """Change the session itself: its people, links and rules; if that is refused, keep the reason for the page."""
    tab = this_tab()
    if tab.state is None:
        return None
    try:
        result = action(tab.state)
        tab.state = workspace().open(tab.state.key, tab.state)
    except PlannerError as refused:
        keep_refusal(refused)
        return None
    return result


def query_or(query: Callable[[State], Result], otherwise: Otherwise) -> Result | Otherwise:
    """Query the session; return `otherwise` while the store does not answer."""
    try:
        return query(state())
    except PlannerError:
        return otherwise


def query_once(query: Callable[[State], Result]) -> Result:
    """Query the session once a run, however many parts of the page ask; raise PlannerError as the query does."""
    here, shown = this_tab(), state()
    now = here.run, shown.session, shown.number
    if here.query_results[0] != now:
        here.query_results = now, {}
    results = here.query_results[1]
    if query not in results:
        results[query] = query(shown)
    return cast("Result", results[query])


def query_once_or(query: Callable[[State], Result], otherwise: Otherwise) -> Result | Otherwise:
    """Query the session once a run; return `otherwise` while the store does not answer."""
    return query_or(lambda _: query_once(query), otherwise)


def follow_tab() -> None:
    """Open the session that the tab has been sent to by what was just done."""
    if this_tab().is_leaving:
        current()


def _leave() -> None:
    """Go to the browser's own plan, or to another session, and forget everything of the one before."""
    tab = this_tab()
    st.query_params[ME] = tab.participant = tab.heading_for or OWN
    tab.heading_for = None
    tab.state = tab.anonymous = tab.followed = tab.copy = tab.other_sessions = tab.dialog = None
    tab.has_come_back = tab.is_leaving = tab.has_presentation_ended = False
    tab.is_following, tab.presented = True, None
    tab.scans = None
    for kept in (tab.edits, tab.forms, tab.scan_ticks, tab.imported):
        kept.clear()


def begin() -> None:
    """Begin the session with the current plan."""
    attempt(workspace().begin)


def example_beside(shown: State, example: Example) -> State:
    """Return an example's plan for the current viewer."""
    scenario = scenario_from(example.content_in(language()), today=workspace().today())
    beside = workspace().example(shown.key, scenario)
    return replace(beside, seat=shown.seat, address=shown.address, holder=shown.holder)


def change(values: Mapping[str, Any], refuse: Callable[[PlannerError], None] = keep_refusal) -> bool:
    """Set fields of the scenario by their dotted paths and return True; if one is refused, pass the reason on."""
    return attempt(lambda state: workspace().change(state, values), refuse, values)


def make_own(values: Mapping[str, Any], refuse: Callable[[PlannerError], None] = keep_refusal) -> bool:
    """Set fields as `change` does; an example becomes one's own plan by it."""
    return attempt(lambda state: workspace().make_own(state, values), refuse, values)


def refusal(values: Mapping[str, Any]) -> PlannerError | None:
    """Return why fields would be refused, None if they would be accepted; nothing is changed."""
    try:
        workspace().with_values(state(), values)
    except PlannerError as refused:
        return refused
    return None


def set_baseline() -> bool:
    """Compare with the current plan from now on; return whether that was allowed."""
    return attempt(workspace().set_baseline)


def load(content: bytes, file: str, refuse: Callable[[PlannerError], None]) -> bool:
    """Load a file's scenario and return True; if it is refused, pass the reason on."""

    def loaded(state: State) -> State:
        remedy = msgid("Choose a scenario; on the “Share” page, other files can be imported too")
        if not beginning_of_ours(content, file, remedy).startswith((b"{", b"[")):
            raise FileProblem(Place(shortened(file)), msgid("it is not a scenario"), remedy)
        return workspace().replace_scenario(
            state, scenario_from(content, today=workspace().today(), file=shortened(file))
        )

    return attempt(loaded, refuse)


def incoming(content: bytes, file: str) -> Incoming | PlannerError:
    """Return an imported file's changes to the plan on the page, or why it is refused."""
    from zt_planner.workspace.incoming import incoming_for  # noqa: PLC0415 - every reader and writer of files

    return incoming_for(workspace(), state(), content, file, bootstrap.interview())


def proposals(content: bytes, file: str) -> tuple[PriceProposal, ...] | PlannerError:
    """Return what a price list would change in the price book of the plan on the page, or why it is refused."""
    from zt_planner.workspace.incoming import proposals_for  # noqa: PLC0415 - as above

    return proposals_for(workspace(), state(), content, file)


def replace_plan(scenario: Scenario) -> bool:
    """Replace the scenario and return True; if it is refused, keep the reason for the page."""
    return attempt(lambda state: workspace().replace_scenario(state, scenario))


def show_example(example: Example) -> None:
    """Load an example, in the reader's language."""
    scenario = scenario_from(example.content_in(language()), today=workspace().today())
    attempt(lambda state: workspace().replace_scenario(state, scenario, is_example=True))


def baseline() -> Baseline | None:
    """Return the figures to compare with: of a variant the plan's, once something is approved those of that plan."""
    shown = state()
    if shown.shown == AS_APPROVED:
        return None
    before = reference_plan() if shown.shown == PLAN else plan_of(shown.base)
    if before is None and shown.base.status.approved is None:
        return shown.baseline if shown.sees_labour else shown.baseline_without_labour
    return baseline_of(before, workspace().plans.simulation(before)) if isinstance(before, Plan) else None


def baseline_plan() -> AnyPlan | None:
    """Return the plan to compare with; None if it is the same one, or not known, and for one that is approved."""
    shown = state()
    if shown.shown == AS_APPROVED:
        return None
    before = query_once_or(workspace().baseline_scenario, None)
    return None if before is None or before == shown.scenario else plan_of(before)


def compared_plan() -> Plan | None:
    """Return the plan that is drawn behind the shown one: what its figures are compared with."""
    shown = state()
    before = reference_plan() if shown.shown == PLAN else baseline_plan()
    if before is None and shown.base.status.approved is None:
        before = baseline_plan()
    return before if isinstance(before, Plan) else None


def language() -> Language:
    """Return the reader's language: chosen, in the address, or the browser's."""
    asked = st.query_params.get(LANGUAGE, "")
    if LANGUAGE not in st.session_state:
        names = {name: code for code, locale in LOCALES.items() for name in (code, code.upper(), locale.own_name)}
        if asked in names:
            st.session_state[LANGUAGE] = names[asked]
    return language_for(st.session_state.get(LANGUAGE) or asked or st.context.locale or "en")
