"""Clients start later where the provider's own people would have too much to do in a week."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import FREE_SUITE, MONDAY, NO_STEERING, book, day_rate, model, plan, price, quiet, task
from zt_planner.domain.categories import CostCategory
from zt_planner.engine.plan import Plan
from zt_planner.engine.portfolio.levelling import (
    MOST_WEEKS,
    LevelledPortfolio,
    Standing,
    external_load,
    level_clients,
    moved_client,
    start_at,
)
from zt_planner.engine.team_weeks import WEEK

RATES = tuple(day_rate(key, 1000) for key in ("internal-day", "external-day"))
BOOK = book(FREE_SUITE, *RATES)
PLANNED = {"timeline__confidence": "planned"}


def client(days: int = 10, **fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    """Return a plan with so many days of the provider, one a working day from 4 January on unless fields say more."""
    work = model(task("work", days=days, external_share=1))
    return plan(quiet(**{**NO_STEERING, **PLANNED, **fields}), BOOK, work)


def weeks_of(levelled: LevelledPortfolio) -> dict[str, int]:
    return {each.key: each.weeks for each in levelled.clients}


def test_three_clients_of_two_weeks_each_share_one_person_by_hand() -> None:
    """Five days a week are one person's: 4 to 15 January, then 18 to 29 January, then 1 to 12 February."""
    levelled = level_clients({key: client() for key in "cab"}, Decimal(5))
    assert weeks_of(levelled) == {"a": 0, "b": 2, "c": 4}
    assert [each.after.headlines.finish_date for each in levelled.clients] == [
        date(2027, 1, 15),
        date(2027, 1, 29),
        date(2027, 2, 12),
    ]
    assert [each.key for each in levelled.moved] == ["b", "c"]
    assert levelled.ends == date(2027, 2, 12)
    assert levelled.before == {MONDAY: 15, MONDAY + WEEK: 15}
    assert levelled.after == {MONDAY + number * WEEK: 5 for number in range(6)}
    assert levelled.above(levelled.before) == levelled.before
    assert levelled.above(levelled.after) == {}


def test_who_is_named_first_comes_first_and_then_who_is_promised_first() -> None:
    clients = {"long": client(15), "short": client(5), "named": client(20)}
    assert weeks_of(level_clients(clients, Decimal(5))) == {"short": 0, "long": 1, "named": 4}
    assert weeks_of(level_clients(clients, Decimal(5), first=["named"])) == {"named": 0, "short": 4, "long": 5}


def test_coordination_is_work_of_the_provider() -> None:
    steered = {"labour__coordination_share": {"internal": 0, "external": Decimal("0.2")}}
    clients = {key: client(5, **steered) for key in "ab"}
    assert external_load(clients["a"]) == {MONDAY: 6}
    assert weeks_of(level_clients(clients, Decimal("11.9"))) == {"a": 0, "b": 1}
    assert weeks_of(level_clients(clients, Decimal(12))) == {"a": 0, "b": 0}


def test_who_is_under_way_stays_and_the_others_make_room() -> None:
    begun = client(15, status__at=date(2027, 1, 6), status__tasks={"work": {"started": MONDAY}})
    levelled = level_clients({"new": client(5), "begun": begun}, Decimal(5), first=["new"])
    assert weeks_of(levelled) == {"new": 3, "begun": 0}
    assert levelled.standing_as(Standing.UNDER_WAY) == (levelled.clients[1],)
    assert levelled.above(levelled.after) == {}


def test_who_alone_needs_more_than_there_is_stays_and_its_weeks_are_told() -> None:
    large = client(20, timeline__external_days_per_week=10)
    levelled = level_clients({"large": large, "small": client(5)}, Decimal(5))
    assert weeks_of(levelled) == {"small": 2, "large": 0}
    assert [each.key for each in levelled.standing_as(Standing.TOO_LARGE)] == ["large"]
    assert levelled.above(levelled.after) == {MONDAY: 10, MONDAY + WEEK: 10}


def test_who_finds_no_room_within_the_bound_stays_and_is_told() -> None:
    levelled = level_clients({"a": client(15), "b": client(15)}, Decimal(5), most_weeks=2)
    assert weeks_of(levelled) == {"a": 0, "b": 0}
    assert [each.key for each in levelled.standing_as(Standing.NO_ROOM)] == ["b"]
    assert levelled.above(levelled.after) == {MONDAY + number * WEEK: 10 for number in range(3)}


def test_a_promise_is_broken_where_the_new_one_is_later_and_the_deadline_is_not_kept() -> None:
    """Of two clients only the first is done in time; where there are three months for it, the second one is, too."""
    deadline = {"timeline__mode": "deadline", "timeline__target_months": 1, **PLANNED}
    limits = {"timeline__max_external_days_per_week": 1, "timeline__max_internal_days_per_week": 1}
    clients = {key: client(4, **deadline, **limits) for key in "ab"}
    assert clients["a"].deadline == date(2027, 2, 4)
    levelled = level_clients(clients, Decimal(1))
    first, second = levelled.clients
    assert (first.promised_before, first.kept_until, first.breaks_promise) == (
        date(2027, 1, 29),
        date(2027, 2, 3),
        False,
    )
    assert second.weeks == 4
    assert levelled.broken == (second,)
    free = level_clients({key: client(5) for key in "ab"}, Decimal(5))
    assert [each.breaks_promise for each in free.clients] == [False, True]
    slow = {**PLANNED, "timeline__mode": "deadline", "timeline__target_months": 3}
    patient = level_clients({key: client(1, **slow) for key in "ab"}, Decimal("0.25"))
    assert [(each.has_moved, each.breaks_promise) for each in patient.clients] == [(False, False), (True, False)]


def bought_by(made: Plan) -> set[str]:
    return {line.price_id for line in made.cost_lines if line.category is CostCategory.LICENCE}


def test_holidays_and_prices_are_those_of_the_later_weeks() -> None:
    """Nobody works on Good Friday and Easter Monday; from April on another licence is the cheaper one."""
    suite = ("office", "mail")
    other = (
        price("other", 30, grants=suite, valid_to="2027-03-31"),
        price("other", 12, grants=suite, valid_from="2027-04-01"),
    )
    prices = book(price("office", 20, grants=suite), *other, *RATES)
    work = model(task("work", days=10, external_share=1))
    start = {"timeline__start": date(2027, 3, 15), "timeline__region": "DE-NW", **NO_STEERING, **PLANNED}
    clients = {key: plan(quiet(**start), prices, work) for key in "ab"}
    second = level_clients(clients, Decimal(5)).clients[1]
    assert second.weeks == 2
    assert second.after.headlines.finish_date == date(2027, 4, 12)
    assert [list(bought_by(each)) for each in (second.before, second.after)] == [["office"], ["other"]]
    assert second.has_other_mix
    unlicensed = plan(quiet(**start), book(*RATES), work)
    assert not moved_client("c", unlicensed, unlicensed).has_other_mix


def test_a_later_start_keeps_team_and_order_and_drops_levelled_dates() -> None:
    work = model(task("a", days=5, external_share=1), task("b", days=5, external_share=1))
    dates = {"levelling__starts": (("a", date(2027, 1, 11)), ("b", MONDAY))}
    made = plan(quiet(**NO_STEERING, **dates), BOOK, work)
    assert made.is_levelled
    later = start_at(made, MONDAY + 4 * WEEK)
    assert isinstance(later, Plan)
    assert later.capacity == made.capacity
    assert not later.is_levelled
    assert {each.task.id: each.start for each in later.tasks} == {
        "b": MONDAY + 4 * WEEK,
        "a": MONDAY + 5 * WEEK,
    }
    assert start_at(made, MONDAY) is made
    chosen = moved_client("a", made, later)
    assert (chosen.standing, chosen.weeks, chosen.has_moved) == (Standing.CHOSEN, 4, True)


def test_a_start_from_which_the_work_would_never_end_is_no_place() -> None:
    """The calendar ends with 2099: in its last weeks there is room, but no time."""
    late = {"timeline__start": date(2099, 12, 7)}
    levelled = level_clients({"a": client(5, **late), "b": client(15, **late)}, Decimal(5))
    assert weeks_of(levelled) == {"a": 0, "b": 0}
    assert [each.key for each in levelled.standing_as(Standing.NO_ROOM)] == ["b"]


sizes = st.lists(st.tuples(st.integers(1, 25), st.integers(0, 6)), min_size=1, max_size=5)


@given(sizes, st.integers(1, 12))
def test_laws_of_levelling(work: list[tuple[int, int]], most: int) -> None:
    clients = {
        f"client {number}": client(days, timeline__start=MONDAY + weeks * WEEK)
        for number, (days, weeks) in enumerate(work)
    }
    levelled = level_clients(clients, Decimal(most))
    fixed = {
        monday
        for each in levelled.clients
        if each.standing is not Standing.PLACED
        for monday in external_load(each.after)
    }
    assert set(levelled.above(levelled.after)) <= fixed
    for each in levelled.clients:
        assert 0 <= each.weeks <= MOST_WEEKS
        assert each.after.case.start - each.before.case.start == each.weeks * timedelta(weeks=1)
    assert sum(levelled.after.values()) == sum(levelled.before.values()) == sum(days for days, _ in work)
    enough = max(levelled.before.values())
    assert not level_clients(clients, Decimal(int(enough) + 1)).moved
    assert isinstance(enough, Fraction)
