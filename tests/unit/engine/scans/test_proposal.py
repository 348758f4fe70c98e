"""Scans as a proposal: what controls say of a task together, alone and in several scans (M38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import book, model, price, task
from zt_planner.domain.data.scan_rules import ScanControl, ScanRules, Sku, TickRule
from zt_planner.domain.scan import (
    ControlOutcome,
    CountKind,
    FoundLicence,
    Result,
    Scan,
    ScanKind,
    Tally,
    UnseenReason,
    counted_result,
    quantity_of,
    unseen_result,
)
from zt_planner.engine.scans.proposal import Proposal, ProposedState, TaskProposal, proposal_of, with_products

MAY, JUNE, JULY = date(2026, 5, 19), date(2026, 6, 30), date(2026, 7, 31)
ZTA, GEAR, SCORE = ScanKind.ZTA, ScanKind.SCUBAGEAR, ScanKind.SECURE_SCORE


def rule(task_id: str, scan: ScanKind, *controls: str, how: TickRule = TickRule.ALL) -> ScanControl:
    """Return a row of scan_controls.csv."""
    return ScanControl(task=task_id, scan=scan, controls=controls, how=how, meanings=("x",) * len(controls))


RULES = ScanRules(
    (
        rule("two", ZTA, "1", "2"),
        rule("one", ZTA, "3"),
        rule("one", GEAR, "MS.3"),
        rule("hint", ZTA, "4", how=TickRule.ASK),
        rule("hint", GEAR, "MS.4"),
        rule("mfa_rollout", ZTA, "users", how=TickRule.SHARE),
        rule("mfa_rollout", GEAR, "MS.5"),
        rule("mfa_rollout", SCORE, "registered", how=TickRule.SHARE),
    ),
    (Sku(sku="SPE_E3", guid="e3", price_id="m365-e3"), Sku(sku="SPE_E9", guid="e9", price_id="not-in-the-book")),
)
MODEL = model(*(task(name) for name in ("two", "one", "hint", "mfa_rollout", "mfa_pilot", "unseen")))
BOOK = book(price("m365-e3"))
RESULTS: dict[str, ControlOutcome | UnseenReason] = {
    "+": ControlOutcome.PASSED,
    "-": ControlOutcome.FAILED,
    "~": ControlOutcome.PARTLY,
    "?": UnseenReason.SKIPPED,
}


def scan(kind: ScanKind = ZTA, *, day: date | None = MAY, **said: str) -> Scan:
    """Return a scan whose controls passed (+), failed (-), passed in part (~) or say nothing (?)."""
    return Scan(kind, f"{kind}.json", day, tuple(result(control, mark) for control, mark in said.items()))


def result(control: str, mark: str) -> Result:
    """Return what a control says: `c1` is control 1, `m1` is MS.1."""
    outcome, control_id = RESULTS[mark], control.replace("c", "").replace("m", "MS.")
    return unseen_result(control_id, outcome) if isinstance(outcome, UnseenReason) else Result(control_id, outcome)


def counting(kind: ScanKind, control: str, count: int, total: int) -> Scan:
    return Scan(kind, f"{kind}.json", MAY, (counted_result(control, quantity_of(count, total)),))


def proposed(*scans: Scan) -> Proposal:
    """Return what scans propose."""
    return proposal_of(scans, RULES, MODEL, BOOK)


def of(task_id: str, *scans: Scan) -> TaskProposal:
    """Return what scans propose for a task."""
    return next(each for each in proposed(*scans).tasks if each.task == task_id)


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("+", "+", "done"),
        ("-", "-", "open"),
        ("+", "-", "part"),
        ("~", "+", "part"),
        ("~", "-", "part"),
        ("~", "?", "part"),
        ("+", "?", "not_seen"),
        ("-", "?", "not_seen"),
        ("?", "?", "not_seen"),
    ],
)
def test_a_task_needs_all_of_its_controls(first: str, second: str, state: str) -> None:
    assert of("two", scan(c1=first, c2=second)).state == state
    assert of("two", scan(c1=second, c2=first)).state == state


def test_a_control_that_is_not_in_the_file_is_not_seen_and_its_task_not_done() -> None:
    found = of("two", scan(c1="+"))
    assert found.state is ProposedState.NOT_SEEN
    assert [evidence.result.unseen for evidence in found.evidence] == [None, UnseenReason.ABSENT]
    assert [evidence.file for evidence in found.evidence] == ["zta.json", ""]


def test_a_task_that_another_scan_could_see_is_not_seen_and_one_that_none_can_is_asked() -> None:
    assert of("one").state is ProposedState.NOT_SEEN
    assert of("unseen", scan(c1="+")) == TaskProposal("unseen", ProposedState.ASK)


def test_a_hint_is_asked_whatever_it_says_and_a_hint_that_says_nothing_is_not_seen() -> None:
    states = {mark: of("hint", scan(c4=mark)).state for mark in RESULTS}
    assert states == {
        "+": ProposedState.ASK,
        "-": ProposedState.ASK,
        "~": ProposedState.ASK,
        "?": ProposedState.NOT_SEEN,
    }


def test_what_decides_goes_before_a_hint_which_stays_beside_it() -> None:
    found = of("hint", scan(c4="-"), scan(GEAR, m4="+"))
    assert found.state is ProposedState.DONE
    assert [evidence.result.control for evidence in found.evidence] == ["4", "MS.4"]


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("+", "+", "done"),
        ("-", "-", "open"),
        ("+", "-", "contradiction"),
        ("+", "~", "part"),
        ("-", "~", "part"),
        ("+", "?", "done"),
        ("-", "?", "open"),
        ("?", "?", "not_seen"),
    ],
)
def test_two_scans_that_claim_the_opposite_contradict_each_other(first: str, second: str, state: str) -> None:
    for one, other in permutations((first, second)):
        found = of("one", scan(c3=one), scan(GEAR, m3=other))
        assert (found.state, found.done is not None) == (state, state == "done")
        assert len(found.evidence) == 2


# Shares


def test_a_share_is_in_part_and_proposes_its_pilot_as_done() -> None:
    found = proposed(counting(ZTA, "users", 1165, 1250))
    rollout, pilot = (next(each for each in found.tasks if each.task == name) for name in ("mfa_rollout", "mfa_pilot"))
    share = Fraction(233, 250)
    assert (rollout.state, rollout.share, rollout.done) == (ProposedState.PART, share, share)
    assert (pilot.state, pilot.share, pilot.done) == (ProposedState.DONE, None, Fraction(1))
    assert pilot.evidence == rollout.evidence


@pytest.mark.parametrize(
    ("counted_people", "registered", "state", "share"),
    [
        (78, 100, "part", Fraction(78, 80)),
        (78, 97, "part", Fraction(97, 100)),
        (2, 0, "open", None),
        (80, 100, "done", None),
        (80, 50, "contradiction", None),
        (75, 0, "contradiction", None),
    ],
)
def test_all_and_nobody_are_shares_too(
    counted_people: int, registered: int, state: str, share: Fraction | None
) -> None:
    found = of(
        "mfa_rollout", counting(ZTA, "users", counted_people, 80), counting(SCORE, "registered", registered, 100)
    )
    assert (found.state, found.share) == (state, share)


def test_two_counts_of_one_day_are_compared_as_those_of_two_programs() -> None:
    far = counting(ZTA, "users", 40, 80), counting(ZTA, "users", 72, 80)
    close = counting(ZTA, "users", 71, 80), counting(ZTA, "users", 72, 80)
    for scans in permutations(far):
        assert of("mfa_rollout", *scans).state is ProposedState.CONTRADICTION
    for scans in permutations(close):
        assert of("mfa_rollout", *scans).share == Fraction(71, 80)


@pytest.mark.parametrize(("count", "state", "pilot"), [(80, "done", "done"), (0, "open", "not_seen")])
def test_all_is_done_and_nobody_is_open(count: int, state: str, pilot: str) -> None:
    counts = counting(ZTA, "users", count, 80)
    assert (of("mfa_rollout", counts).state, of("mfa_rollout", counts).share) == (state, None)
    assert of("mfa_pilot", counts).state == pilot


def test_part_of_the_resources_is_no_share_of_the_work() -> None:
    found = of("mfa_rollout", scan(GEAR, m5="~"))
    assert (found.state, found.share, found.done) == (ProposedState.PART, None, None)
    assert of("mfa_pilot", scan(GEAR, m5="~")).state is ProposedState.NOT_SEEN


def test_a_policy_for_all_does_not_outweigh_the_people_who_are_counted() -> None:
    found = of("mfa_rollout", counting(ZTA, "users", 60, 80), scan(GEAR, m5="+"))
    assert (found.state, found.share) == (ProposedState.PART, Fraction(3, 4))


def test_shares_that_are_close_are_the_lower_and_others_contradict_each_other() -> None:
    close = counting(ZTA, "users", 60, 80), counting(SCORE, "registered", 78, 100)
    assert of("mfa_rollout", *close).share == Fraction(3, 4)
    far = of("mfa_rollout", counting(ZTA, "users", 60, 80), counting(SCORE, "registered", 95, 100))
    assert (far.state, far.share) == (ProposedState.CONTRADICTION, None)
    assert of("mfa_pilot", counting(ZTA, "users", 60, 80), counting(SCORE, "registered", 95, 100)).done is None


# Several scans of one kind


def test_the_latest_scan_counts_control_by_control() -> None:
    for scans in permutations((scan(c1="-", c2="+"), scan(c1="+", day=JUNE))):
        assert of("two", *scans).state is ProposedState.DONE


def test_a_scan_with_a_day_goes_before_one_without() -> None:
    assert of("one", scan(GEAR, m3="+", day=None), scan(GEAR, m3="-")).state is ProposedState.OPEN


def test_what_was_skipped_lately_is_not_seen_whatever_it_was_before() -> None:
    assert of("one", scan(c3="+"), scan(c3="?", day=JUNE)).state is ProposedState.NOT_SEEN
    assert of("one", scan(c3="+"), scan(c1="+", day=JUNE)).state is ProposedState.DONE


def test_on_one_day_what_says_something_goes_before_what_says_nothing() -> None:
    for scans in permutations((scan(c3="+"), scan(c3="?"))):
        assert of("one", *scans).state is ProposedState.DONE


def test_scans_of_one_day_that_differ_contradict_each_other_and_equal_ones_are_one() -> None:
    found = of("one", scan(c3="+"), scan(c3="-"))
    assert (found.state, len(found.evidence)) == (ProposedState.CONTRADICTION, 2)
    assert len(of("one", scan(c3="+"), scan(c3="+")).evidence) == 1


# Licences and counts


def test_a_licence_is_matched_to_the_book_and_an_unknown_one_is_named() -> None:
    old = Scan(ScanKind.LICENCES, "old.json", MAY, licences=(FoundLicence("SPE_E3", "E3", 10, 9),))
    new = Scan(
        ScanKind.LICENCES,
        "new.json",
        JUNE,
        licences=(
            FoundLicence("SPE_E3", "e3", 90, 84),
            FoundLicence("LOOM", None, 5, 5),
            FoundLicence("SPE_E9", "e9", 1, 1),
        ),
    )
    for scans in permutations((old, new)):
        found = {licence.seats.sku: (licence.price_id, licence.seats.owned) for licence in proposed(*scans).licences}
        assert found == {"SPE_E3": ("m365-e3", 90), "LOOM": (None, 5), "SPE_E9": (None, 1)}


def test_a_product_with_its_id_in_one_file_and_without_in_another_is_one() -> None:
    with_id = Scan(
        GEAR, "gear.json", MAY, licences=(FoundLicence("SPE_E3", "e3", 90, 84), FoundLicence("LOOM", "l", 5, 5))
    )
    without = Scan(
        ScanKind.LICENCES,
        "skus.json",
        licences=(FoundLicence("SPE_E3", None, 80, 84), FoundLicence("Loom", None, 6, 5)),
    )
    for scans in permutations((with_id, without)):
        assert [each.seats for each in proposed(*scans).licences] == list(without.licences)


def test_a_product_that_somebody_names_is_one_of_the_book() -> None:
    found = Scan(ScanKind.LICENCES, "skus.json", licences=(FoundLicence("LOOM", "ID-1", 5), FoundLicence("SPE_E3")))
    named = with_products(proposed(found), {"loom id-1": "m365-e3", "spe_e3": "other"})
    assert [each.price_id for each in named.licences] == ["m365-e3", "m365-e3"]


def test_what_is_unknown_can_be_told_apart() -> None:
    rows = [FoundLicence("LOOM", "1", 5), FoundLicence("LOOM", "2", 6), FoundLicence("Zoom", "1", 7)]
    scans = [Scan(ScanKind.LICENCES, file, licences=(*rows, rows[0])) for file in ("a", "b")]
    found = proposed(*scans).licences
    assert [each.seats for each in found] == rows
    assert len({each.key for each in found}) == len(rows)


def test_products_of_one_price_in_one_file_stay_together() -> None:
    both = Scan(
        ScanKind.LICENCES, "skus.json", licences=(FoundLicence("SPE_E3", "x", 90), FoundLicence("Other", "e3", 10))
    )
    assert [each.price_id for each in proposed(both, both).licences] == ["m365-e3", "m365-e3"]


def counted_by(kind: ScanKind, day: date | None, **numbers: int) -> Scan:
    """Return a scan that counts people, guests and so on."""
    return Scan(kind, "x", day, counts=tuple(Tally(CountKind(what), number) for what, number in numbers.items()))


@pytest.mark.parametrize(
    ("scans", "people"),
    [
        ((counted_by(ZTA, MAY, people=70), counted_by(ZTA, JUNE, people=80)), [80]),
        ((counted_by(ZTA, MAY, people=70), counted_by(GEAR, MAY, people=70)), [70]),
        ((counted_by(ZTA, JUNE, people=70), counted_by(ScanKind.USERS, None, people=80)), [80]),
        ((counted_by(ScanKind.USERS, None, people=80), counted_by(ScanKind.USERS, None, people=90)), [80, 90]),
        ((counted_by(ZTA, MAY, people=80), counted_by(GEAR, MAY, people=90, guests=3)), [80, 90]),
    ],
)
def test_a_list_counts_or_else_the_latest_scan_and_what_differs_is_undecided(
    scans: tuple[Scan, Scan], people: list[int]
) -> None:
    for order in permutations(scans):
        found = proposed(*order)
        assert sorted(tally.number for tally in found.counts if tally.what is CountKind.PEOPLE) == people
        assert found.undecided_counts == ((CountKind.PEOPLE,) if len(people) > 1 else ())


# Laws


@given(st.lists(st.tuples(st.sampled_from(["c1", "c2", "c3", "c4"]), st.sampled_from(sorted(RESULTS))), max_size=6))
def test_every_task_has_one_proposal_and_nothing_unseen_decides(said: list[tuple[str, str]]) -> None:
    found = proposed(*(Scan(ZTA, "zta.json", MAY, (result(*each),)) for each in said))
    assert [each.task for each in found.tasks] == [each.id for each in MODEL.tasks]
    for each in found.tasks:
        outcomes = {evidence.result.outcome for evidence in each.evidence}
        if each.state is ProposedState.DONE:
            assert outcomes == {ControlOutcome.PASSED}
        if each.state is ProposedState.OPEN:
            assert outcomes == {ControlOutcome.FAILED}


@st.composite
def any_scans(draw: st.DrawFn) -> list[Scan]:
    """Draw scans of the same few kinds and days, with results, shares, licences and counts."""
    said = st.dictionaries(st.sampled_from(["c1", "c2", "c3", "c4"]), st.sampled_from(sorted(RESULTS)))
    return [
        Scan(
            draw(st.sampled_from((ZTA, ScanKind.USERS))),
            f"{number}.json",
            draw(st.sampled_from((None, MAY, JUNE))),
            (
                *(result(*each) for each in draw(said).items()),
                counted_result("users", quantity_of(draw(st.integers(70, 80)), 80)),
            ),
            draw(
                st.sampled_from(
                    (
                        (),
                        (FoundLicence("SPE_E3", "e3", 90),),
                        (FoundLicence("SPE_E3", None, 80), FoundLicence("Y", "e3", 1)),
                    )
                )
            ),
            (Tally(CountKind.PEOPLE, draw(st.integers(1, 3))),),
        )
        for number in range(draw(st.integers(2, 3)))
    ]


@given(any_scans())
def test_the_order_of_files_changes_nothing(scans: list[Scan]) -> None:
    expected = proposed(*scans)
    for order in permutations(scans):
        assert replace(proposed(*order), scans=expected.scans) == expected


@pytest.mark.parametrize(
    ("first", "second", "third", "since"),
    [
        ("+", "+", "+", MAY),
        ("-", "+", "+", JUNE),
        ("?", "+", "+", JUNE),
        ("+", "-", "+", JULY),
        ("+", "?", "+", JULY),
        ("+", "+", "-", None),
    ],
)
def test_what_is_done_is_done_since_the_first_day_from_which_all_scans_say_so(
    first: str, second: str, third: str, since: date | None
) -> None:
    scans = scan(day=MAY, c3=first), scan(day=JUNE, c3=second), scan(day=JULY, c3=third)
    for order in permutations(scans):
        assert of("one", *order).since == since


def test_a_scan_without_a_day_says_nothing_about_since_when() -> None:
    assert of("one", scan(day=None, c3="+")).since is None
    assert of("one", scan(day=None, c3="+"), scan(day=JUNE, c3="+")).since == JUNE
    assert of("one", scan(day=None, c3="+"), scan(day=MAY, c4="+"), scan(day=JUNE, c3="+")).since == JUNE


def test_a_contradiction_about_a_roll_out_is_one_about_its_pilot() -> None:
    scans = counting(ZTA, "users", 60, 80), counting(SCORE, "registered", 95, 100)
    rollout, pilot = of("mfa_rollout", *scans), of("mfa_pilot", *scans)
    assert (pilot.state, pilot.evidence) == (ProposedState.CONTRADICTION, rollout.evidence)
