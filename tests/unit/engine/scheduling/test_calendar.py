"""Working days: weekends, public holidays, the freeze and closures; indices and days agree (M8)."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import holidays
import pytest

from tests.builders import MONDAY, scenario
from zt_planner.domain.scenario.scenario import Scenario, Timeline
from zt_planner.engine.scheduling.calendar import (
    BeyondLimitError,
    WorkCalendar,
    are_holidays_known,
    calendar_of,
    day_off,
    default_start,
    in_freeze,
    public_holidays,
    with_start,
    working_days,
)


def calendar(start: date = MONDAY, region: str | None = None, **fields: object) -> WorkCalendar:
    return calendar_of(Timeline.model_validate({"region": region, **fields}), start)


@pytest.mark.parametrize(
    ("day", "region", "is_worked"),
    [
        (date(2027, 1, 4), "DE-NW", True),  # a Monday
        (date(2027, 1, 9), "DE-NW", False),  # a Saturday
        (date(2027, 5, 27), "DE-NW", False),  # Corpus Christi, in North Rhine-Westphalia
        (date(2027, 5, 27), "DE-HH", True),  # not in Hamburg
        (date(2027, 5, 27), None, True),
        (date(2027, 1, 1), None, False),  # the freeze lasts to 1 January
        (date(2027, 12, 23), None, True),
        (date(2027, 12, 24), None, False),
    ],
)
def test_nobody_works_on_weekends_holidays_and_in_the_freeze(
    day: date,
    region: str | None,
    is_worked: bool,  # noqa: FBT001 - an expected value
) -> None:
    assert (day_off(day, region, year_end_freeze=True, closures=()) is None) is is_worked


def test_without_the_freeze_christmas_eve_is_worked() -> None:
    assert day_off(date(2027, 12, 24), None, year_end_freeze=False, closures=()) is None
    assert [in_freeze(date(2027, 12, day)) for day in (23, 24, 31)] == [False, True, True]


def test_a_closure_includes_both_its_ends() -> None:
    closed = working_days(None, False, ((date(2027, 1, 5), date(2027, 1, 6)),), 2027)  # noqa: FBT003 - a cache key
    assert closed[:3] == (date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 7))


def test_indices_count_working_days_from_the_first_of_the_start_month() -> None:
    january = calendar(year_end_freeze=False)  # 1 January 2027 is a Friday
    assert january.day(0) == date(2027, 1, 1)
    assert january.day(1) == date(2027, 1, 4)
    assert january.index_from(date(2027, 1, 2)) == 1
    assert january.index_from(date(2027, 1, 4)) == 1
    assert january.index_after(date(2027, 1, 4)) == 2
    assert january.index_before(date(2027, 1, 4)) == 0
    assert january.index_before(date(2027, 1, 1)) == -1


def test_working_days_are_counted_with_both_ends_over_years() -> None:
    plain = calendar()
    assert plain.count(date(2027, 1, 4), date(2027, 1, 8)) == 5
    assert plain.count(date(2027, 1, 9), date(2027, 1, 10)) == 0
    # 2028 has 260 weekdays; 25 to 29 December are five of them, 1 January is a Saturday.
    assert plain.count(date(2028, 1, 1), date(2028, 12, 31)) == 255


def test_a_calendar_ends_after_twenty_years_or_in_2099() -> None:
    assert calendar(MONDAY).limit == date(2047, 1, 3)
    assert calendar(date(2095, 1, 3)).limit == date(2099, 12, 31)


def test_a_day_past_the_limit_is_refused_and_counting_stops_there() -> None:
    last = calendar(date(2099, 12, 1))
    assert last.count(date(2099, 12, 1), date(2150, 1, 1)) == 17  # to 23 December
    with pytest.raises(BeyondLimitError):
        last.day(17)
    with pytest.raises(BeyondLimitError):
        last.index_from(date(2100, 1, 4))


def test_every_plan_reads_a_calendar_of_its_own() -> None:
    assert calendar() is not calendar()


def test_plans_that_are_made_at_the_same_time_count_the_same_days() -> None:
    public_holidays.cache_clear()
    working_days.cache_clear()
    threads = 8
    together = Barrier(threads)

    def days_of_twenty_years(_: int) -> list[date]:
        together.wait()
        read = calendar(region="DE-NW")
        read.count(MONDAY, read.limit)
        return read.days

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(days_of_twenty_years, range(threads)))
    alone = calendar(region="DE-NW")
    alone.count(MONDAY, alone.limit)
    assert all(days == alone.days for days in results)
    assert alone.days == sorted(set(alone.days))


@pytest.mark.extended
def test_the_years_of_which_holidays_are_known_are_those_of_the_library() -> None:
    for country in holidays.list_supported_countries():
        for year in (2020, 2035, 2036, 2100):
            with warnings.catch_warnings(record=True) as doubts:
                warnings.simplefilter("always")
                public_holidays.__wrapped__(country, year)
            assert are_holidays_known(country, year) is not bool(doubts), (country, year)
    assert are_holidays_known(None, 2050)
    assert not are_holidays_known("IN-MH", 2036)


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 11, 6), date(2027, 1, 4)),  # to the day; 1 January is a holiday, 2 and 3 a weekend
        (date(2026, 11, 7), date(2027, 2, 1)),
        (date(2027, 1, 4), date(2027, 3, 1)),
    ],
)
def test_the_default_start_leaves_eight_weeks_to_choose_a_consultant(today: date, start: date) -> None:
    assert default_start(Timeline(), today) == start
    assert with_start(Scenario(), today).timeline.start == start


def test_a_start_that_is_set_stays() -> None:
    given = scenario(timeline__start="2027-05-05")
    assert with_start(given, date(2026, 11, 6)) is given


def test_where_everything_is_closed_the_default_start_is_the_first_of_the_month() -> None:
    closed = Timeline.model_validate({"closures": [["2020-01-01", "2100-12-31"]]})
    assert default_start(closed, date(2026, 11, 6)) == date(2027, 1, 1)
