"""What a person can do with a plan, on a store in memory that can be broken and mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zt_planner import workspace as module
from zt_planner.domain.scenario import Mode, Scenario
from zt_planner.errors import ScenarioError, StoreError
from zt_planner.reports.key_figures import baseline_of
from zt_planner.store.protocol import Revision, SessionId, StaleRevisionError
from zt_planner.workspace import ATTEMPTS, State, Workspace, with_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.price_book import PriceBook

SESSION, OTHER = SessionId("a-session-of-twenty-signs"), SessionId("another-session-of-theirs")
TODAY = date(2026, 11, 24)


class MemoryStore:
    """Keeps revisions in a dictionary; `is_broken` makes it fail, `has_rivals` makes every append too late."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.kept: dict[SessionId, list[str]] = {}
        self.is_broken = False
        self.has_rivals = False

    def latest_number(self, session: SessionId) -> int:
        """Return how many revisions a session has."""
        if self.is_broken:
            raise StoreError("memory", "broken")
        return len(self.kept.get(session, ()))

    def latest(self, session: SessionId) -> Revision | None:
        """Return the last one."""
        number = self.latest_number(session)
        return Revision(number, self.kept[session][-1]) if number else None

    def append(self, session: SessionId, content: str, *, based_on: int) -> Revision:
        """Keep one more, unless somebody was faster."""
        if self.latest_number(session) != based_on or self.has_rivals:
            raise StaleRevisionError
        self.kept.setdefault(session, []).append(content)
        return Revision(based_on + 1, content)


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store."""
    return MemoryStore()


@pytest.fixture
def workspace(store: MemoryStore, price_book: PriceBook, phase_model: PhaseModel) -> Workspace:
    """Return a workspace on the shipped prices and tasks."""
    return Workspace(store, price_book, phase_model, lambda: TODAY)


def test_a_new_session_shows_the_example_and_keeps_nothing(workspace: Workspace, store: MemoryStore) -> None:
    state = workspace.open(SESSION)
    assert (state.number, state.is_example, state.trouble) == (0, True, None)
    assert state.scenario.company == Scenario().company
    assert state.baseline == baseline_of(workspace.plan(state.scenario))
    assert workspace.open(SESSION, state) is state
    assert not store.kept


def test_a_change_is_kept_and_no_longer_the_example(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    assert (state.number, state.is_example, state.scenario.company.employees) == (1, False, 180)
    assert workspace.open(SESSION) == state
    assert workspace.open(OTHER).scenario.company.employees == 120


def test_a_state_that_is_the_latest_is_not_read_again(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    assert workspace.open(SESSION, state) is state


def test_two_people_who_change_different_fields_both_win(workspace: Workspace) -> None:
    one = two = workspace.open(SESSION)
    one = workspace.change(one, {"company.employees": 180})
    two = workspace.change(two, {"timeline.target_months": 7, "finance.contingency": Decimal("0.2")})
    latest = workspace.open(SESSION, one).scenario
    assert latest == two.scenario
    assert (latest.company.employees, latest.timeline.target_months) == (180, 7)
    assert latest.finance.contingency == Decimal("0.2")


def test_of_two_changes_of_one_field_the_later_wins(workspace: Workspace) -> None:
    one = two = workspace.open(SESSION)
    workspace.change(one, {"company.employees": 180})
    assert workspace.change(two, {"company.employees": 90}).number == 2
    assert workspace.open(SESSION).scenario.company.employees == 90


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"company.employees": 0}, "company.employees"),
        ({"company.employees": 90, "company.frontline": 90}, "company.frontline"),
        ({"company.name": "two\nlines"}, "company.name"),
        ({"company.owned_licence": "no-such-licence"}, "company.owned_licence"),
        ({"prices.overrides.no-such-price": Decimal(1)}, "prices.overrides.no-such-price"),
        ({"company.emploies": 90}, "company.emploies"),
    ],
)
def test_a_refused_change_changes_nothing(
    workspace: Workspace, store: MemoryStore, values: Mapping[str, object], path: str
) -> None:
    state = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    with pytest.raises(ScenarioError) as caught:
        workspace.change(state, values)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert len(store.kept[SESSION]) == 1
    assert workspace.open(SESSION, state) is state


def test_a_refusal_may_rest_on_what_somebody_else_has_changed(workspace: Workspace) -> None:
    mine = workspace.open(SESSION)
    workspace.change(mine, {"company.frontline": 100})
    with pytest.raises(ScenarioError, match=r"company\.frontline"):
        workspace.change(mine, {"company.employees": 90})
    assert workspace.open(SESSION, mine).scenario.company.employees == 120


def test_an_own_price_is_set_and_taken_away() -> None:
    own = with_values(Scenario(), {"prices.overrides.m365-business-premium": Decimal("18.50")})
    assert own.prices.overrides == {"m365-business-premium": Decimal("18.50")}
    assert with_values(own, {"prices.overrides.m365-business-premium": None}) == Scenario()
    assert with_values(Scenario(), {"prices.overrides.m365-business-premium": None}) == Scenario()


def test_a_change_of_three_levels_is_set() -> None:
    changed = with_values(Scenario(), {"labour.coordination_days_per_month.internal": Decimal("0.5")})
    assert changed.labour.coordination_days_per_month.internal == Decimal("0.5")


def test_a_scenario_without_a_start_gets_one(workspace: Workspace) -> None:
    state = workspace.open(SESSION)
    assert state.scenario.timeline.start == date(2027, 1, 4)
    assert workspace.change(state, {"timeline.start": None}).scenario.timeline.start == date(2027, 1, 4)


def test_a_failing_store_keeps_the_change_and_says_so(workspace: Workspace, store: MemoryStore) -> None:
    state = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    store.is_broken = True
    troubled = workspace.change(workspace.open(SESSION, state), {"timeline.target_months": 7})
    assert (troubled.scenario.company.employees, troubled.scenario.timeline.target_months) == (180, 7)
    assert isinstance(troubled.trouble, StoreError)
    still = workspace.change(troubled, {"company.sites": 5})
    assert (still.scenario.timeline.target_months, still.scenario.company.sites) == (7, 5)
    assert still.trouble is not None


def test_saving_again_works_once_the_store_is_back(workspace: Workspace, store: MemoryStore) -> None:
    store.is_broken = True
    troubled = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    assert workspace.save_again(troubled).trouble is not None
    store.is_broken = False
    saved = workspace.save_again(troubled)
    assert (saved.number, saved.trouble) == (1, None)
    assert workspace.open(SESSION) == saved
    assert saved.scenario.company.employees == 180


def test_the_next_change_saves_the_kept_one_as_well(workspace: Workspace, store: MemoryStore) -> None:
    store.is_broken = True
    troubled = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    store.is_broken = False
    workspace.change(troubled, {"timeline.target_months": 7})
    latest = workspace.open(SESSION).scenario
    assert (latest.company.employees, latest.timeline.target_months) == (180, 7)


@pytest.mark.parametrize("goes_on", [True, False], ids=["changes again", "saves again"])
def test_a_kept_change_is_not_lost_to_what_another_tab_has_saved(
    workspace: Workspace, store: MemoryStore, *, goes_on: bool
) -> None:
    mine = theirs = workspace.open(SESSION)
    store.is_broken = True
    mine = workspace.change(mine, {"company.employees": 180})
    store.is_broken = False
    workspace.change(theirs, {"timeline.target_months": 7})
    mine = workspace.change(mine, {"company.sites": 5}) if goes_on else workspace.save_again(mine)
    latest = workspace.open(SESSION).scenario
    assert latest == mine.scenario
    assert (latest.company.employees, latest.timeline.target_months) == (180, 7)


def test_a_store_that_fails_at_once_shows_the_example(workspace: Workspace, store: MemoryStore) -> None:
    store.is_broken = True
    state = workspace.open(SESSION)
    assert state.is_example
    assert isinstance(state.trouble, StoreError)


def test_a_saved_plan_is_not_overwritten_by_the_example_that_stood_in_for_it(
    workspace: Workspace, store: MemoryStore
) -> None:
    workspace.change(workspace.open(SESSION), {"company.employees": 180})
    store.is_broken = True
    stood_in = workspace.open(SESSION)
    store.is_broken = False
    assert workspace.save_again(stood_in).scenario.company.employees == 180
    assert workspace.open(SESSION).scenario.company.employees == 180


def test_a_revision_that_cannot_be_read_is_trouble_and_no_crash(workspace: Workspace, store: MemoryStore) -> None:
    store.kept[SESSION] = ['{"scenario": {"schema_version": 2, "of a later program": true}}']
    assert isinstance(workspace.open(SESSION).trouble, StoreError)


def test_changes_that_never_get_through_end_as_trouble(workspace: Workspace, store: MemoryStore) -> None:
    store.has_rivals = True
    troubled = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    assert troubled.scenario.company.employees == 180
    assert troubled.trouble is not None
    assert ATTEMPTS > 1


def test_the_baseline_is_the_plan_as_it_stood(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    before = state.baseline
    state = workspace.set_baseline(state)
    assert state.baseline == baseline_of(workspace.plan(state.scenario))
    assert state.baseline != before
    later = workspace.change(state, {"company.employees": 90})
    assert later.baseline == state.baseline
    assert workspace.open(SESSION).baseline == state.baseline


def test_a_plan_without_an_end_is_no_baseline(workspace: Workspace) -> None:
    endless = {
        "timeline.mode": Mode.CAPACITY,
        "timeline.internal_days_per_week": Decimal("0.25"),
        "company.employees": 5000,
        "company.apps": 500,
    }
    state = workspace.set_baseline(workspace.change(workspace.open(SESSION), endless))
    assert (workspace.plan(state.scenario).headlines is None) == (state.baseline is None)


def test_another_scenario_becomes_the_baseline(workspace: Workspace) -> None:
    state = workspace.change(workspace.open(SESSION), {"company.employees": 180})
    loaded = workspace.replace_scenario(state, Scenario().changed("company.employees", 60))
    assert (loaded.number, loaded.is_example, loaded.scenario.company.employees) == (2, False, 60)
    assert loaded.baseline == baseline_of(workspace.plan(loaded.scenario))
    example = workspace.replace_scenario(loaded, Scenario(), is_example=True)
    assert example.is_example
    assert workspace.open(SESSION) == example


def test_a_scenario_with_an_unknown_licence_is_not_put_in_place(workspace: Workspace, store: MemoryStore) -> None:
    state = workspace.open(SESSION)
    with pytest.raises(ScenarioError, match=r"company\.owned_licence"):
        workspace.replace_scenario(state, Scenario().changed("company.owned_licence", "no-such-licence"))
    assert not store.kept


def test_plans_are_remembered_the_latest_ones_only(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PLANS_REMEMBERED", 2)
    scenarios = [Scenario().changed("company.employees", people) for people in (60, 70, 80)]
    first, second = (workspace.plan(scenario) for scenario in scenarios[:2])
    assert workspace.plan(scenarios[0]) is first
    workspace.plan(scenarios[2])
    assert workspace.plan(scenarios[0]) is first
    assert workspace.plan(scenarios[1]) is not second
    assert workspace.plan(scenarios[1]) == second


def test_a_plan_is_made_anew_on_another_day(store: MemoryStore, price_book: PriceBook, phase_model: PhaseModel) -> None:
    days = iter((TODAY, date(2026, 11, 25)))
    workspace = Workspace(store, price_book, phase_model, lambda: next(days))
    scenario = Scenario().changed("timeline.start", date(2027, 1, 4))
    assert (workspace.plan(scenario).today, workspace.plan(scenario).today) == (TODAY, date(2026, 11, 25))


def test_a_state_is_kept_as_text_that_gives_the_same_state(workspace: Workspace) -> None:
    values = {"company.name": "Müller & Söhne =1+1", "prices.overrides.m365-business-premium": Decimal("18.50")}
    state = workspace.change(workspace.open(SESSION), values)
    again = workspace.open(SESSION)
    assert isinstance(again, State)
    assert again.content == state.content
