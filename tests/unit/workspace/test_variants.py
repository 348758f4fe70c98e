"""Variants of a plan, in a session: tried, changed, named, deleted, made the plan, undone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from tests.unit.workspace.variants import with_variant
from zt_planner.domain.scenario.scenario import Monitoring, Scenario
from zt_planner.domain.session import EventKind
from zt_planner.domain.variants import KeptVariant
from zt_planner.errors import (
    NothingToUndo,
    ScenarioError,
    TextRefused,
    TooManyVariants,
    VariantGone,
    VariantInTheWay,
)
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.jobs.levelling import gain_job
from zt_planner.workspace.keys import Key
from zt_planner.workspace.runners.job_runner import Jobs
from zt_planner.workspace.variants import new_mark, own_fields, scenario_of

KEY = Key("a-key-of-more-than-twenty-signs")


@pytest.fixture
def begun(workspace: Workspace) -> State:
    """A session with a plan for 180 people."""
    return workspace.change(workspace.open(KEY), {"company.employees": 180})


def test_a_variant_is_kept_as_what_differs_and_follows_the_plan_in_all_else(workspace: Workspace, begun: State) -> None:
    tried_out = with_variant(workspace, begun)
    assert tried_out.shown == "B"
    kept = KeptVariant(name="MDR", mark=tried_out.mark, changes={"choices.monitoring": "mdr"})
    assert tried_out.variants == {"B": kept}
    assert (tried_out.base, tried_out.scenario.choices.monitoring) == (begun.base, Monitoring.MDR)
    moved = workspace.change(tried_out.showing("A"), {"company.employees": 90})
    assert moved.scenario_of("B").company.employees == 90


def test_whoever_changes_something_changes_the_plan_that_is_shown(workspace: Workspace, begun: State) -> None:
    moved = workspace.change(with_variant(workspace, begun), {"company.employees": 90})
    assert (moved.base.company.employees, moved.scenario.company.employees) == (180, 90)
    assert workspace.open(KEY).variants["B"].changes == {"choices.monitoring": "mdr", "company.employees": 90}


def test_a_field_that_is_set_to_what_the_plan_has_follows_it_again(workspace: Workspace, begun: State) -> None:
    moved = workspace.change(with_variant(workspace, begun), {"company.employees": 90})
    again = workspace.change(moved, {"company.employees": 180})
    assert again.variants["B"].changes == {"choices.monitoring": "mdr"}


def test_a_plan_that_passes_a_variants_value_on_its_way_takes_no_difference_away(
    workspace: Workspace, begun: State
) -> None:
    variant = workspace.change(with_variant(workspace, begun), {"company.employees": 200})
    plan = variant.showing("A")
    for people in (190, 200, 210):
        plan = workspace.change(plan, {"company.employees": people})
    assert plan.scenario_of("B").company.employees == 200


def test_the_name_of_the_company_and_what_is_shown_belong_to_all(workspace: Workspace, begun: State) -> None:
    moved = workspace.change(with_variant(workspace, begun), {"company.name": "Acme", "display.vat_country": "DE"})
    assert (moved.base.company.name, moved.base.display.vat_country) == ("Acme", "DE")
    assert moved.variants["B"].changes == {"choices.monitoring": "mdr"}


def test_there_are_three_variants_and_a_fifth_plan_is_refused(workspace: Workspace, begun: State) -> None:
    full = begun
    for name in ("one", "two", "three"):
        full = with_variant(workspace, full, name)
    assert list(full.variants) == ["B", "C", "D"]
    with pytest.raises(TooManyVariants, match="at most 3 variants"):
        with_variant(workspace, full, "four")
    freed = workspace.edit(full, partial(State.without_variant, mark=full.variants["C"].mark))
    assert (freed.shown, list(freed.variants)) == ("A", ["B", "D"])
    assert with_variant(workspace, freed, "again").shown == "C"


@pytest.mark.parametrize("name", ["", "   ", "x" * 80, "a\u202eb"])
def test_a_name_that_cannot_be_one_is_refused(workspace: Workspace, begun: State, name: str) -> None:
    with pytest.raises(TextRefused):
        with_variant(workspace, begun, name)
    shown = with_variant(workspace, begun)
    with pytest.raises(TextRefused):
        workspace.edit(shown, partial(State.with_variant_name, mark=shown.mark, name=name))


def test_a_variant_is_copied_renamed_and_deleted(workspace: Workspace, begun: State) -> None:
    one = with_variant(workspace, begun)
    both = workspace.edit(one, partial(State.with_copy, source=one.mark, mark=new_mark(), name="As B"))
    assert both.variants["C"].changes == both.variants["B"].changes
    named = workspace.edit(both, partial(State.with_variant_name, mark=both.mark, name="  Another   one "))
    assert (named.variants["C"].name, named.shown) == ("Another one", "C")
    assert list(workspace.edit(named, partial(State.without_variant, mark=one.mark)).variants) == ["C"]


@pytest.mark.parametrize(
    "act",
    [
        partial(State.with_variant_name, mark="gone", name="x"),
        partial(State.with_variant_as_plan, mark="gone", former="x"),
        partial(State.with_copy, source="gone", mark="new", name="x"),
        partial(State.without_variant, mark="gone"),
        partial(State.with_scenario, mark="gone", scenario=Scenario(), new="new"),
        lambda state: state.with_fields("gone", {"company.employees": 90}),
        lambda state: state.with_values({"variants.B.company.employees": 90}),
    ],
)
def test_what_is_gone_cannot_be_changed(workspace: Workspace, begun: State, act: object) -> None:
    with pytest.raises(VariantGone):
        workspace.edit(replace(begun, letter="B", mark="gone"), act)  # type: ignore[arg-type] # any of these


def test_a_variant_that_becomes_the_plan_changes_no_plan_but_its_place(workspace: Workspace, begun: State) -> None:
    three = with_variant(workspace, with_variant(workspace, begun), "other")
    three = workspace.change(three, {"company.employees": 90})
    before = {letter: three.scenario_of(letter) for letter in "ABC"}
    made = workspace.edit(
        three, partial(State.with_variant_as_plan, mark=three.variants["B"].mark, former="Plan before")
    )
    assert made.shown == "A"
    assert {letter: made.scenario_of(letter) for letter in "ABC"} == {
        "A": before["B"],
        "B": before["A"],
        "C": before["C"],
    }
    assert made.variants["B"].name == "Plan before"
    back = workspace.undo(made)
    assert {letter: back.scenario_of(letter) for letter in "ABC"} == before
    assert back.variants["B"].name == "MDR"


def test_undo_takes_a_variant_away_and_brings_a_deleted_one_back(workspace: Workspace, begun: State) -> None:
    moved = workspace.change(with_variant(workspace, begun), {"company.employees": 90})
    gone = workspace.edit(moved, partial(State.without_variant, mark=moved.mark))
    back = workspace.undo(gone)
    assert back.scenario_of("B") == moved.scenario
    assert back.variants["B"].name == "MDR"
    with pytest.raises(NothingToUndo):
        workspace.undo(workspace.undo(workspace.undo(workspace.undo(back))))
    assert workspace.open(KEY).variants == {}


def test_nobody_takes_a_variant_away_in_which_others_have_set_something(room: Room) -> None:
    made = with_variant(room.workspace, room.owner)
    theirs = room.joined().showing("B")
    room.workspace.change(theirs, {"company.employees": 90})
    undone = room.workspace.undo(room.workspace.open(made.key, made))
    assert undone.scenario_of("B").company.employees == 90
    assert undone.scenario_of("B").choices.monitoring is Monitoring.MDR


def test_a_change_of_a_variant_that_somebody_deletes_meanwhile_changes_nothing(room: Room) -> None:
    with_variant(room.workspace, room.owner)
    theirs = room.joined().showing("B")
    room.workspace.edit(room.workspace.open(room.owner.key), partial(State.without_variant, mark=theirs.mark))
    with pytest.raises(VariantGone, match="Variant B was deleted or replaced"):
        room.workspace.change(theirs, {"company.employees": 90})
    latest = room.now(theirs)
    assert (latest.letter, latest.shown) == ("B", "A")
    assert latest.scenario == room.owner.base


def test_people_who_change_two_variants_both_win(room: Room) -> None:
    one = with_variant(room.workspace, room.owner)
    two = with_variant(room.workspace, room.joined())
    room.workspace.change(one, {"company.employees": 90})
    latest = room.workspace.change(two, {"company.employees": 200})
    assert [latest.scenario_of(letter).company.employees for letter in "BC"] == [90, 200]


def test_a_variant_that_would_not_hold_stands_in_the_way_and_is_named(workspace: Workspace, begun: State) -> None:
    own = workspace.change(begun, {"tasks.own.training": OWN_TASK})
    after = {"tasks.edits.mfa_rollout.after": ["training"]}
    variant = workspace.edit(own, partial(State.with_copy, source="", mark=new_mark(), name="Later", values=after))
    with pytest.raises(VariantInTheWay, match=r"variant B \(Later\)"):
        workspace.change(variant.showing("A"), {"tasks.own.training": None})
    with pytest.raises(ScenarioError):
        workspace.change(variant, {"company.employees": -1})


OWN_TASK = {
    "name": "Training",
    "step": 1,
    "effort_days": 1,
    "after": [],
}


def test_a_file_is_loaded_into_the_variant_that_is_shown(workspace: Workspace, begun: State) -> None:
    variant = with_variant(workspace, begun)
    loaded = workspace.replace_scenario(variant, Scenario.model_validate({"company": {"name": "B", "employees": 70}}))
    assert (loaded.base, loaded.shown, loaded.baseline) == (begun.base, "B", variant.baseline)
    assert (loaded.scenario.company.employees, loaded.scenario.company.name) == (70, begun.base.company.name)


def test_an_earlier_revision_comes_back_with_its_variants(workspace: Workspace, begun: State) -> None:
    variant = with_variant(workspace, begun)
    gone = workspace.edit(variant, partial(State.without_variant, mark=variant.mark))
    assert workspace.restore(gone, variant.number).scenario_of("B") == variant.scenario
    assert workspace.scenario_at(gone, variant.number, ()) == begun.base
    made = workspace.events(gone)[variant.number - 1]
    assert workspace.scenario_at(gone, variant.number, (), "B") == variant.scenario
    assert workspace.scenario_at(gone, variant.number, made.changes, "B") == begun.base


def test_the_record_says_which_variant_a_change_moved_and_what_that_did_to_it(
    workspace: Workspace, begun: State
) -> None:
    moved = workspace.change(with_variant(workspace, begun), {"finance.contingency": Decimal("0.3")})
    workspace.edit(moved, partial(State.without_variant, mark=moved.mark))
    own, made, change, gone = workspace.events(moved)
    assert [event.letter for event in (own, made, change, gone)] == ["A", "B", "B", "B"]
    assert [each.path for each in change.changes] == ["variants.B.finance.contingency"]
    assert (made.before, made.after) == (own.after, change.before)
    assert change.after == workspace.plans.outcome(moved.scenario)
    assert gone.before == gone.after
    assert {event.kind for event in (made, change, gone)} == {EventKind.CHANGE}


def test_a_variant_is_compared_with_the_plan(workspace: Workspace, begun: State) -> None:
    variant = with_variant(workspace, begun)
    assert workspace.baseline_scenario(variant) == begun.base
    assert workspace.set_baseline(variant).baseline_number == variant.number + 1


def test_what_differs_makes_one_scenario_of_the_other(begun: State) -> None:
    other = Scenario.model_validate({"company": {"employees": 70}, "choices": {"monitoring": "siem_and_mdr"}})
    kept = KeptVariant(name="x", changes=own_fields(begun.base, other))
    assert scenario_of(begun.base, kept).company.employees == 70


def test_what_is_meant_for_a_variant_never_reaches_another_with_its_letter(room: Room) -> None:
    made = with_variant(room.workspace, room.owner)
    theirs = room.joined().showing("B")
    room.workspace.edit(made, partial(State.without_variant, mark=made.mark))
    again = with_variant(room.workspace, room.workspace.open(room.owner.key), "Another")
    assert again.shown == "B"
    with pytest.raises(VariantGone):
        room.workspace.change(theirs, {"company.employees": 90})
    latest = room.now(theirs)
    assert (latest.letter, latest.shown, latest.variants["B"].name) == ("B", "A", "Another")
    assert latest.variants["B"].changes == {"choices.monitoring": "mdr"}


def test_an_undo_writes_nothing_into_somebody_elses_variant(room: Room) -> None:
    made = room.workspace.change(with_variant(room.workspace, room.owner), {"company.employees": 90})
    room.workspace.edit(made, partial(State.without_variant, mark=made.mark))
    theirs = room.joined()
    new = room.workspace.edit(theirs, partial(State.with_copy, source="", mark=new_mark(), name="Theirs"))
    for _ in range(4):
        with suppress(NothingToUndo):
            room.workspace.undo(room.workspace.open(room.owner.key))
    assert room.now(new).variants["B"] == new.variants["B"]


def test_a_variant_that_is_deleted_comes_back_with_what_the_plan_has_by_now(workspace: Workspace, begun: State) -> None:
    variant = workspace.change(with_variant(workspace, begun), {"company.employees": 90})
    plan = workspace.change(variant.showing("A"), {"company.employees": 90})
    back = workspace.undo(workspace.edit(plan, partial(State.without_variant, mark=variant.mark)))
    moved = workspace.change(back.showing("A"), {"company.employees": 200})
    assert moved.scenario_of("B").company.employees == 90


def test_a_variant_that_waits_for_the_store_keeps_its_changes_under_another_letter(
    room: Room, store: BreakableStore
) -> None:
    mine, theirs = room.now(room.owner), room.joined()
    with store:
        mine = room.workspace.change(with_variant(room.workspace, mine, "Mine"), {"company.employees": 90})
        assert (mine.shown, len(mine.pending)) == ("B", 2)
    with_variant(room.workspace, theirs, "Theirs")
    saved = room.now(mine)
    assert not saved.refused
    assert {letter: variant.name for letter, variant in saved.variants.items()} == {"B": "Theirs", "C": "Mine"}
    assert saved.scenario_of("C").company.employees == 90


def test_the_plan_has_a_name_of_its_own_that_can_be_undone(workspace: Workspace, begun: State) -> None:
    named = workspace.edit(begun, partial(State.with_variant_name, mark="", name="  Our   plan "))
    assert (named.plan_name, workspace.open(KEY).plan_name) == ("Our plan", "Our plan")
    assert [change.path for change in workspace.events(named)[-1].changes] == ["variants.A"]
    assert workspace.undo(named).plan_name == ""
    with pytest.raises(TextRefused):
        workspace.edit(named, partial(State.with_variant_name, mark="", name="x" * 80))


def test_two_pages_that_show_different_plans_of_a_session_do_not_end_each_other_s_work(
    workspace: Workspace, begun: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda _: None))
    variant = with_variant(workspace, begun)
    requests = [gain_job(workspace, page) for page in (variant, variant.showing("A"), variant)]
    for request in requests:
        workspace.jobs.submit(request)
    jobs = [workspace.jobs.find(request) for request in requests]
    assert all(job is not None and job.is_active for job in jobs)
    assert requests[0].slot == requests[2].slot
