"""Laws of what a scan sets: it is accepted, says no start, and is proposed once."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.property.strategies import scenarios
from zt_planner.domain.scan import ControlOutcome, CountKind, FoundLicence, Result, Scan, ScanKind, Tally
from zt_planner.domain.scenario.fields import OWNED_LICENCES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY
from zt_planner.engine.scans.edit import edit_lines, edits_of
from zt_planner.engine.scans.proposal import (
    Evidence,
    LicenceProposal,
    Proposal,
    ProposedState,
    TaskProposal,
)
from zt_planner.files.scenario_json import with_values

PRICES = ("m365-e3", "entra-p2")
TASKS = ("mfa_rollout", "enrolment", "legacy_auth", "ztna")
days = st.none() | st.dates(FIRST_DAY, LAST_DAY)


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    """Draw what scans of several days say of tasks, licences and counts."""
    kinds = st.sampled_from((ScanKind.ZTA, ScanKind.MAESTER))
    tasks = []
    for task in TASKS:
        state = draw(st.sampled_from(ProposedState))
        share = draw(st.none() | st.fractions(0, 1, max_denominator=1000)) if state is ProposedState.PART else None
        evidence = Evidence(draw(kinds), Result("x", ControlOutcome.PASSED), "a", draw(days))
        tasks.append(TaskProposal(task, state, share if share != Fraction(1) else None, (evidence,)))
    counted = (CountKind.GUESTS, CountKind.SERVERS)  # of the others one bounds another, and is refused by that
    counts = tuple(Tally(what, draw(st.integers(0, 30_000))) for what in counted if draw(st.booleans()))
    licences = tuple(
        LicenceProposal(FoundLicence(price_id, None, draw(st.integers(0, 6000))), price_id) for price_id in PRICES
    )
    scans = tuple(Scan(draw(kinds), "a", draw(days)) for _ in range(draw(st.integers(0, 3))))
    lengths = {task: draw(st.integers(1, 60)) for task in TASKS if draw(st.booleans())}
    return Proposal(tuple(tasks), licences, counts, scans, lengths)


@given(scenarios(tasks=TASKS), proposals())
def test_what_a_scan_sets_is_accepted_names_no_start_and_is_proposed_once(
    scenario: Scenario, proposal: Proposal
) -> None:
    edits = edits_of(proposal, scenario)
    after = with_values(scenario, edits)
    assert not [path for path in edits if path.endswith(".started")]
    assert edit_lines(proposal, after) == ()
    assert edits_of(proposal, after) == {}


@given(scenarios(tasks=TASKS), proposals(), st.sets(st.integers(0, 20)))
def test_a_line_without_a_tick_sets_nothing(scenario: Scenario, proposal: Proposal, numbers: set[int]) -> None:
    lines = edit_lines(proposal, scenario)
    left_out = {line.name for number, line in enumerate(lines) if number in numbers}
    edits = edits_of(proposal, scenario, left_out)
    assert not left_out & edits.keys()
    if OWNED_LICENCES in edits:
        after = {owned["licence"]: owned for owned in edits[OWNED_LICENCES]}
        before = {owned.licence: owned.model_dump() for owned in scenario.company.owned_licences}
        for price_id in PRICES:
            if f"{OWNED_LICENCES}.{price_id}" in left_out:
                assert after.get(price_id) == before.get(price_id)
    assert {line.name for line in lines} - left_out or edits == {}
