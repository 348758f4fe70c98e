"""What a person can do with a plan: open, change, replace, compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.breakable import BreakableStore
from tests.builders import row_values
from tests.unit.conftest import Room
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.differences import differences
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.domain.session import EventKind, FieldChange, Outcome, Role
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import PlanGone, ScenarioError, SeatEnded
from zt_planner.files.scenario_json import validated, with_values
from zt_planner.workspace import Workspace, plans
from zt_planner.workspace.keys import Key

KEY, OTHER = Key("a-key-of-more-than-twenty-signs"), Key("another-key-of-theirs-as-long")
OWN = "prices.overrides.m365-business-premium"


def test_a_new_browser_shows_the_example_and_keeps_nothing(workspace: Workspace) -> None:
    state = workspace.open(KEY)
    assert (state.number, state.is_example, state.trouble, state.seat) == (0, True, None, None)
    assert state.scenario.company == Scenario().company
    assert state.baseline == workspace.plans.baseline(state.scenario)
    assert workspace.open(KEY, state) is state
    assert workspace.events(state) == ()
    assert (state.may_change, state.sees_labour) == (True, True)


def test_the_first_change_begins_a_session_of_which_one_is_the_owner(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    assert (state.number, state.is_example, state.scenario.company.employees) == (1, False, 180)
    assert state.me is not None
    assert (state.me.role, state.me.session) == (Role.OWNER, state.session)
    assert workspace.open(KEY) == state
    assert workspace.open(OTHER).scenario.company.employees == 120


def test_a_state_that_is_the_latest_is_not_read_again(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    assert workspace.open(KEY, state) is state


def test_another_keys_state_is_never_shown(workspace: Workspace) -> None:
    mine = workspace.change(workspace.open(KEY), {"company.employees": 180})
    theirs = workspace.change(workspace.open(OTHER), {"company.employees": 90})
    assert mine.number == theirs.number
    assert workspace.open(OTHER, mine) == theirs
    assert workspace.open(Key("a-key-that-nobody-has-ever-had"), mine).is_example


def test_two_people_who_change_different_fields_both_win(workspace: Workspace) -> None:
    one = two = workspace.open(KEY)
    one = workspace.change(one, {"company.employees": 180})
    two = workspace.change(two, {"timeline.target_months": 7, "finance.contingency": Decimal("0.2")})
    latest = workspace.open(KEY, one).scenario
    assert latest == two.scenario
    assert (latest.company.employees, latest.timeline.target_months) == (180, 7)
    assert latest.finance.contingency == Decimal("0.2")


def test_two_people_who_edit_two_products_both_win(workspace: Workspace) -> None:
    one = two = workspace.open(KEY)
    for key, state in (("entra-p1", one), ("entra-p2", two)):
        row = row_values(workspace.price_book.rows_by_id[key][-1]) | {"amount": "1.00"}
        workspace.change(state, {f"prices.rows.{key}": [row]})
    latest = workspace.open(KEY)
    assert list(latest.scenario.prices.rows) == ["entra-p1", "entra-p2"]
    assert [change.path for change in workspace.events(latest)[-1].changes] == ["prices.rows.entra-p2"]
    assert list(workspace.undo(latest).scenario.prices.rows) == ["entra-p1"]


def test_of_two_changes_of_one_field_the_later_wins(workspace: Workspace) -> None:
    one = two = workspace.open(KEY)
    workspace.change(one, {"company.employees": 180})
    assert workspace.change(two, {"company.employees": 90}).number == 2
    assert workspace.open(KEY).scenario.company.employees == 90


def test_a_value_that_stands_already_is_no_change(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    assert workspace.change(state, {"company.employees": 180}) == state
    assert len(workspace.events(state)) == 1


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"company.employees": 0}, "company.employees"),
        ({"company.employees": 90, "company.frontline": 90}, "company.frontline"),
        ({"company.name": "two\nlines"}, "company.name"),
        ({"company.owned_licences": [{"licence": "no-such-licence"}]}, "company.owned_licences.0.licence"),
        ({"prices.overrides.no-such-price": Decimal(1)}, "prices.overrides.no-such-price"),
        ({"company.emploies": 90}, "company.emploies"),
    ],
)
def test_a_refused_change_changes_nothing(workspace: Workspace, values: Mapping[str, object], path: str) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    with pytest.raises(ScenarioError) as caught:
        workspace.change(state, values)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert workspace.open(KEY, state) is state
    assert len(workspace.events(state)) == 1


def test_a_refusal_may_rest_on_what_somebody_else_has_changed(workspace: Workspace) -> None:
    mine = workspace.open(KEY)
    workspace.change(mine, {"company.frontline": 100})
    with pytest.raises(ScenarioError, match=r"company\.frontline"):
        workspace.change(mine, {"company.employees": 90})
    assert workspace.open(KEY, mine).scenario.company.employees == 120


def test_an_own_price_is_set_and_taken_away() -> None:
    own = with_values(Scenario(), {OWN: Decimal("18.50")})
    assert own.prices.overrides == {"m365-business-premium": Decimal("18.50")}
    assert with_values(own, {OWN: None}) == with_values(Scenario(), {OWN: None}) == Scenario()


def test_the_differences_of_two_scenarios_turn_one_into_the_other() -> None:
    changed = with_values(
        Scenario(),
        {
            "labour.coordination_share.internal": Decimal("0.5"),
            OWN: Decimal("18.50"),
            "timeline.closures": [["2027-07-26", "2027-08-13"]],
            "company.devices": 10,
        },
    )
    assert changed.labour.coordination_share.internal == Decimal("0.5")
    found = differences(Scenario(), changed)
    assert {change.path for change in found} == {
        "labour.coordination_share.internal",
        OWN,
        "timeline.closures",
        "company.devices",
    }
    assert with_values(Scenario(), {change.path: change.after for change in found}) == changed
    assert with_values(changed, {change.path: change.before for change in found}) == Scenario()
    assert differences(changed, changed) == differences(changed, validated(changed.model_dump())) == ()


def test_an_event_says_who_changed_what_and_its_effect(workspace: Workspace) -> None:
    first = workspace.change(workspace.open(KEY), {"company.employees": 180})
    second = workspace.change(first, {"timeline.target_months": 7})
    begun, event = workspace.events(second)
    assert second.me is not None
    assert (event.participant, event.kind, event.based_on, event.number) == (second.me.id, EventKind.CHANGE, 1, 2)
    assert event.changes == (FieldChange("timeline.target_months", 12, 7),)
    assert (event.before, event.after) == (begun.after, workspace.plans.outcome(second.scenario))
    assert event.before != event.after


def test_a_plan_without_a_schedule_has_no_outcome(workspace: Workspace) -> None:
    endless = Scenario().changed("timeline.start", date(2099, 12, 1))
    assert workspace.plans.outcome(endless) == Outcome()


def test_a_scenario_without_a_start_gets_one(workspace: Workspace) -> None:
    state = workspace.open(KEY)
    assert state.scenario.timeline.start == date(2027, 1, 4)
    assert workspace.change(state, {"timeline.start": None}).scenario.timeline.start == date(2027, 1, 4)


def test_the_baseline_is_the_plan_as_it_stood(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    before = state.baseline
    state = workspace.set_baseline(state)
    assert state.baseline == workspace.plans.baseline(state.scenario)
    assert state.baseline_without_labour == workspace.plans.baseline(state.scenario, shows_labour=False)
    assert state.baseline != before
    later = workspace.change(state, {"company.employees": 90})
    assert later.baseline == state.baseline
    assert workspace.open(KEY).baseline == state.baseline
    assert [event.kind for event in workspace.events(later)] == ["change", "baseline", "change"]


def test_a_plan_that_is_made_ones_own_is_compared_with_itself(workspace: Workspace) -> None:
    state = workspace.make_own(workspace.open(KEY), {"company.employees": 180})
    assert (state.number, state.is_example, state.scenario.company.employees) == (1, False, 180)
    assert state.baseline == workspace.plans.baseline(state.scenario)
    assert state.baseline_without_labour == workspace.plans.baseline(state.scenario, shows_labour=False)
    assert [event.kind for event in workspace.events(state)] == ["change"]


def test_a_plan_without_an_end_is_no_baseline(workspace: Workspace) -> None:
    endless = {
        "timeline.mode": Mode.CAPACITY,
        "timeline.internal_days_per_week": Decimal("0.25"),
        "company.employees": 5000,
        "company.apps": 500,
    }
    state = workspace.set_baseline(workspace.change(workspace.open(KEY), endless))
    assert isinstance(workspace.plan(state), StoppedPlan)
    assert state.baseline is None


def test_another_scenario_becomes_the_baseline(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    loaded = workspace.replace_scenario(state, Scenario().changed("company.employees", 60))
    assert (loaded.number, loaded.is_example, loaded.scenario.company.employees) == (2, False, 60)
    assert loaded.baseline == workspace.plans.baseline(loaded.scenario)
    example = workspace.replace_scenario(loaded, Scenario(), is_example=True)
    assert example.is_example
    assert workspace.open(KEY) == example


def test_a_scenario_with_an_unknown_licence_is_not_put_in_place(workspace: Workspace) -> None:
    owned = Scenario().changed("company.owned_licences", [{"licence": "no-such-licence"}])
    with pytest.raises(ScenarioError, match=r"company\.owned_licences\.0\.licence"):
        workspace.replace_scenario(workspace.open(KEY), owned)
    assert workspace.open(KEY).seat is None


def test_plans_are_remembered_the_latest_ones_only(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "PLANS_REMEMBERED", 2)
    scenarios = [Scenario().changed("company.employees", people) for people in (60, 70, 80)]
    build_plan = plans.Plans(workspace.price_book, workspace.phase_model, workspace.today).plan
    first, second = (build_plan(scenario) for scenario in scenarios[:2])
    assert build_plan(scenarios[0]) is first
    build_plan(scenarios[2])
    assert build_plan(scenarios[0]) is first
    assert build_plan(scenarios[1]) is not second
    assert build_plan(scenarios[1]) == second


def test_a_plan_is_made_anew_on_another_day(
    store: BreakableStore, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    days = iter((today, date(2026, 11, 25)))
    build_plan = Workspace(store, price_book, phase_model, lambda: next(days)).plans.plan
    scenario = Scenario().changed("timeline.start", date(2027, 1, 4))
    assert (build_plan(scenario).today, build_plan(scenario).today) == (today, date(2026, 11, 25))


def test_a_state_is_kept_as_text_that_gives_the_same_state(workspace: Workspace) -> None:
    values = {"company.name": "Müller & Söhne =1+1", OWN: Decimal("18.50")}
    state = workspace.change(workspace.open(KEY), values)
    assert workspace.open(KEY).content == state.content
    assert workspace.open(KEY) == state


def test_nobody_goes_on_in_a_session_that_was_deleted(room: Room) -> None:
    mine, workspace = room.owner, room.workspace
    workspace.people.delete(mine)
    with pytest.raises(SeatEnded):
        workspace.change(mine, {"company.employees": 90})
    again = workspace.open(mine.key, mine)
    assert (again.seat, again.is_example, again.number) == (None, True, 0)
    assert [type(error) for error in again.refused] == [PlanGone]
    begun = workspace.change(replace(again, refused=()), {"company.sites": 5})
    assert (begun.number, begun.scenario.company.employees) == (1, 120)
    assert begun.session != mine.session
    assert workspace.open(mine.key, mine) == begun
