"""A plan is approved and its forecasts are saved: edits like others, with undo, roles and hidden rates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from tests.builders import unstopped
from tests.unit.conftest import Room
from tests.unit.workspace.variants import with_variant
from tests.words import ENGLISH
from zt_planner.domain.scenario.approved import APPROVED_NAME_LENGTH, Approved, Forecast, packed
from zt_planner.domain.scenario.prices import Prices
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Role
from zt_planner.domain.variants import AS_APPROVED, PLAN
from zt_planner.engine.promise import promise_of
from zt_planner.errors import NameMissing, NoSchedule, NoStatusDate, NotAllowed, TextRefused
from zt_planner.workspace import State
from zt_planner.workspace.approving import with_approval, with_forecast
from zt_planner.workspace.jobs.comparing import view_of

AT = "2027-04-15"


def approved_by(room: Room, state: State, by: str = "Anna") -> State:
    """Return the page of somebody who has approved what it shows."""
    plans = room.workspace.plans
    return room.workspace.edit(state, partial(with_approval, plans=plans, mark=state.mark, by=by))


def forecast_by(room: Room, state: State) -> State:
    """Return the page of somebody who has saved the forecast of what it shows."""
    return room.workspace.edit(state, partial(with_forecast, plans=room.workspace.plans, mark=state.mark))


def approval(state: State) -> Approved:
    found = state.base.status.approved
    assert found is not None
    return found


def test_a_plan_is_approved_with_its_figures_and_the_workspaces_day(room: Room, today: date) -> None:
    figures = unstopped(room.workspace.plan(room.owner)).headlines
    state = approved_by(room, room.owner, "Board \N{CHEQUERED FLAG}")
    kept = approval(state)
    assert (kept.by, kept.on) == ("Board \N{CHEQUERED FLAG}", today)
    assert (kept.finish, kept.budget) == (figures.finish_date, figures.introduction_budget)
    assert state.scenario.approved_plan is not None
    assert state.scenario.approved_plan.company.employees == 180
    last = room.workspace.events(state)[-1]
    assert [change.path for change in last.changes] == ["status.approved"]
    assert last.before == last.after


def test_who_approved_and_what_was_promised_is_kept_and_looked_at_as_it_was(room: Room) -> None:
    plans = room.workspace.plans
    plan = unstopped(room.workspace.plan(room.owner))
    promise = promise_of(plan, plans.simulation(plan))
    state = approved_by(room, room.owner)
    kept = approval(state)
    assert (kept.by, kept.promised_budget, kept.promised_finish) == ("Anna", promise.rounded_budget, promise.finish)
    changed = room.workspace.change(state, {"company.employees": 300})
    shown = changed.showing(AS_APPROVED)
    assert shown.shown == AS_APPROVED
    assert not shown.may_change
    as_it_was = unstopped(room.workspace.plan(shown))
    assert as_it_was.headlines.introduction_budget == kept.budget
    assert as_it_was.headlines.finish_date == kept.finish
    with pytest.raises(NotAllowed):
        room.workspace.change(shown, {"company.employees": 90})
    gone = room.workspace.change(changed, {"status.approved": None}).showing(AS_APPROVED)
    assert gone.shown == PLAN


def test_files_of_the_approved_plan_are_of_its_day_and_of_no_variant(
    room: Room, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = with_variant(room.workspace, approved_by(room, room.owner))
    assert view_of(room.workspace, state, ENGLISH).letter == "B"
    monkeypatch.setattr(room.workspace.plans, "today", lambda: today + timedelta(days=90))
    shown = state.showing(AS_APPROVED)
    view = view_of(room.workspace, shown, ENGLISH)
    assert view.plan == room.workspace.plan(shown)
    assert (view.plan.today, view.approved_on, view.letter, view.comparison) == (today, today, AS_APPROVED, None)
    assert view.approval == state.base.status.approved
    assert view_of(room.workspace, state.showing(PLAN), ENGLISH).approved_on is None


def test_where_the_approved_plan_is_lost_no_file_says_that_it_is_that_one(room: Room) -> None:
    kept = approval(approved_by(room, room.owner))
    unknown = Scenario(prices=Prices(overrides={"no-such-price": Decimal(1)}))
    lost = kept.model_copy(update={"plan": packed(unknown.model_dump(mode="json"))}).model_dump(mode="json")
    shown = room.workspace.change(room.owner, {"status.approved": lost}).showing(AS_APPROVED)
    view = room.workspace.view(shown, ENGLISH)
    assert (view.plan.scenario, view.approved_on) == (shown.base, None)


@pytest.mark.extended
def test_who_approves_again_replaces_it_and_undo_brings_it_back(room: Room) -> None:
    first = approved_by(room, room.owner)
    changed = room.workspace.change(first, {"company.employees": 200})
    second = approved_by(room, changed, "Board again")
    assert approval(second).by == "Board again"
    withdrawn = room.workspace.change(second, {"status.approved": None})
    assert withdrawn.base.status.approved is None
    back = room.workspace.undo(withdrawn)
    assert approval(back) == approval(second)
    assert approval(room.workspace.undo(back)) == approval(first)


@pytest.mark.extended
def test_what_a_variant_s_page_shows_is_approved_for_all(room: Room) -> None:
    tried = room.workspace.edit(
        room.owner, partial(State.with_copy, source="", mark="b", name="Fewer", values={"company.employees": 90})
    )
    state = approved_by(room, tried)
    assert state.base.approved_plan is not None
    assert state.base.approved_plan.company.employees == 90
    assert state.base.company.employees == 180


@pytest.mark.parametrize("name", ["", "   ", "x" * (APPROVED_NAME_LENGTH + 1), "\x07"])
def test_a_name_that_cannot_be_one_is_refused(room: Room, name: str) -> None:
    with pytest.raises(TextRefused):
        approved_by(room, room.owner, name)
    assert approval(approved_by(room, room.owner, "x" * APPROVED_NAME_LENGTH)).by


def test_a_plan_that_nobody_approves_asks_for_a_name(room: Room) -> None:
    with pytest.raises(NameMissing, match="Write a name"):
        approved_by(room, room.owner, " ")


def test_a_plan_without_a_schedule_is_neither_approved_nor_forecast(room: Room) -> None:
    tasks = [task.id for task in room.workspace.phase_model.tasks]
    nothing = {f"tasks.edits.{task_id}.in_scope": False for task_id in tasks}
    stopped = room.workspace.change(room.owner, {**nothing, "status.at": AT})
    for act in (approved_by, forecast_by):
        with pytest.raises(NoSchedule):
            act(room, stopped)


@pytest.mark.extended
def test_a_forecast_is_saved_by_its_status_date_one_a_date(room: Room) -> None:
    with pytest.raises(NoStatusDate):
        forecast_by(room, room.owner)
    dated = room.workspace.change(room.owner, {"status.at": AT})
    saved = forecast_by(room, dated)
    plan = unstopped(room.workspace.plan(saved))
    kept = saved.base.status.forecasts[AT]
    assert (kept.finish, kept.budget) == (plan.headlines.finish_date, plan.headlines.introduction_budget)
    assert kept.sure_by is not None
    assert kept.sure_by >= kept.finish
    assert kept.sure_budget is not None
    larger = forecast_by(room, room.workspace.change(saved, {"company.employees": 250}))
    assert list(larger.base.status.forecasts) == [AT]
    assert larger.base.status.forecasts[AT] != kept
    assert room.workspace.undo(larger).base.status.forecasts[AT] == kept
    later = forecast_by(room, room.workspace.change(larger, {"status.at": "2027-05-01"}))
    assert list(later.base.status.forecasts) == [AT, "2027-05-01"]


def test_an_amount_with_a_missing_price_is_not_kept(room: Room) -> None:
    old = room.workspace.change(room.owner, {"timeline.start": "2020-06-01", "status.at": "2020-07-01"})
    assert not unstopped(room.workspace.plan(old)).is_complete
    kept = forecast_by(room, approved_by(room, old)).base.status
    assert kept.approved is not None
    assert kept.approved.budget is None
    assert kept.forecasts["2020-07-01"].budget is None
    assert kept.forecasts["2020-07-01"].sure_budget is None


@pytest.mark.extended
def test_who_watches_approves_nothing_and_sees_no_amount_where_rates_are_hidden(room: Room) -> None:
    viewer = room.joined(Role.VIEWER, "Vera")
    with pytest.raises(NotAllowed):
        approved_by(room, viewer)
    forecast_by(room, room.workspace.change(approved_by(room, room.owner), {"status.at": AT}))
    room.workspace.people.set_rules(room.owner, hides_rates=True)
    seen = room.workspace.plan(room.now(viewer)).scenario.status
    assert seen.approved is not None
    assert seen.approved.budget is None
    assert seen.forecasts[AT] == Forecast(finish=seen.forecasts[AT].finish, sure_by=seen.forecasts[AT].sure_by)
