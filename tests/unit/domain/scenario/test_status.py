"""What is recorded: in which order, how much of it, and from when on the rest is done."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from zt_planner.domain.scenario.status import MOST_RECORDED, Status, TaskRecord


def test_a_task_is_not_finished_before_it_was_started() -> None:
    day = date(2027, 1, 4)
    assert TaskRecord(started=day, finished=day).finished == day
    with pytest.raises(ValidationError, match="finished on 2027-01-04, before 2027-01-05"):
        TaskRecord(started=date(2027, 1, 5), finished=day)


def test_no_more_records_than_a_scenario_carries() -> None:
    record = TaskRecord(remaining_days=1)
    assert len(Status(tasks={f"t{number}": record for number in range(MOST_RECORDED)}).tasks) == MOST_RECORDED
    with pytest.raises(ValidationError, match=f"{MOST_RECORDED + 1} tasks"):
        Status(tasks={f"t{number}": record for number in range(MOST_RECORDED + 1)})


def test_without_rates_a_booking_is_gone_by_its_category_not_by_what_its_task_is_called() -> None:
    kept = {"2027-03/licence/consultant": "5.00"}
    found = Status(bookings={**kept, "2027-03/consultant/": "9.00"}).without_rates(str)
    assert [*found.bookings] == [*kept]


def test_the_rest_begins_on_the_status_date_or_after_the_month_that_is_closed_with_it() -> None:
    last = date(2027, 3, 31)
    assert Status(closed=("2027-03",)).resumes is None
    assert Status(at=last, closed=("2027-02",)).resumes == last
    assert Status(at=last, closed=("2027-03",)).resumes == date(2027, 4, 1)
    assert Status(at=date(2027, 3, 30), closed=("2027-03",)).resumes == date(2027, 3, 30)


def test_a_plan_is_under_way_once_it_has_a_status_date() -> None:
    assert not Status(closed=("2027-03",)).is_under_way
    assert Status(at=date(2027, 3, 30)).is_under_way


def test_a_scan_that_was_taken_over_has_a_known_kind_and_a_day_or_none() -> None:
    given = {"zta": "2026-05-19", "licences": "unknown"}
    assert [*Status.model_validate({"scans": given}).scans] == ["licences", "zta"]
    for wrong in ({"zta": "May"}, {"zta": "2026-13-01"}, {"zta": ""}, {"Anna": "2026-05-19"}):
        with pytest.raises(ValidationError):
            Status.model_validate({"scans": wrong})


def test_something_has_finished_where_the_end_of_a_task_is_recorded_by_the_status_date() -> None:
    day = date(2027, 1, 4)
    ended = {"a": TaskRecord(started=day, finished=day)}
    assert Status(at=day, tasks=ended).has_finished
    assert not Status(at=day, tasks={"a": TaskRecord(started=day)}).has_finished
    assert not Status(tasks=ended).has_finished
