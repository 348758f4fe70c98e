"""What the model's second edition moves in a plan of the first, by cause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zt_planner import bootstrap
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import Mode, Scenario, Timeline
from zt_planner.engine.edition import Cause, Edition, edition_change

TODAY = date(2026, 11, 24)
NEWEST = Edition(bootstrap.price_book(), bootstrap.phase_model())
OLDER = Scenario.model_validate({"schema_version": 6})


def test_the_first_edition_comes_to_what_its_program_said() -> None:
    change = edition_change(OLDER, bootstrap.first_edition(), NEWEST, today=TODAY)
    assert change is not None
    before = change.before  # as the default plan's golden file had it
    assert (before.first_year_budget, before.finish_date) == (Decimal("120903.36"), date(2027, 9, 27))
    assert (before.run_rate_monthly, before.horizon_total) == (Decimal("2965.46"), Decimal("194954.40"))


def test_the_causes_add_up_to_the_difference() -> None:
    change = edition_change(OLDER, bootstrap.first_edition(), NEWEST, today=TODAY)
    assert change is not None
    assert [step.cause for step in change.steps] == list(Cause)
    before, after = (rounded(each.first_year_budget, 0) for each in (change.before, change.after))
    assert sum(step.effect or 0 for step in change.steps) == after - before
    days = (change.after.finish_date - change.before.finish_date).days
    assert sum(step.days or 0 for step in change.steps) == days


def test_a_plan_that_keeps_its_own_data_is_moved_by_nothing() -> None:
    first = bootstrap.first_edition()
    kept = OLDER.with_kept_data(KeptBook.of(first.book), KeptModel.of(first.model))
    assert edition_change(kept, first, NEWEST, today=TODAY) is None


def test_nothing_is_said_of_a_plan_without_a_schedule_or_that_the_first_edition_does_not_know() -> None:
    endless = OLDER.model_copy(
        update={
            "timeline": Timeline(mode=Mode.CAPACITY, start=date(2099, 12, 1), internal_days_per_week=Decimal("0.25"))
        }
    )
    assert edition_change(endless, bootstrap.first_edition(), NEWEST, today=TODAY) is None
    newer = OLDER.changed("prices.overrides", {"managed-service-user": Decimal(5)})
    assert edition_change(newer, bootstrap.first_edition(), NEWEST, today=TODAY) is None


def test_only_what_an_older_program_has_written_was_seen_with_the_first_edition() -> None:
    assert OLDER.seen_edition == 1
    assert Scenario.model_validate(OLDER.model_dump(mode="json")).seen_edition == 1
    assert Scenario().seen_edition == Scenario.model_validate({}).seen_edition == 2
    assert Scenario.model_validate({"schema_version": 7}).seen_edition == 2
