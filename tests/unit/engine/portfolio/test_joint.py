"""The introductions of several clients, drawn together: prices are common, efforts are each client's own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import FREE_SUITE, MONDAY, book, day_rate, model, plan, plan_for, quiet, task
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.portfolio.joint import SHARES, joint_draws
from zt_planner.engine.simulation.result import HIGH, MIDDLE, SURE, simulate

DRAWS = 2000
RATES = tuple(day_rate(key, 1000) for key in ("internal-day", "external-day"))
BOOK = book(FREE_SUITE, *RATES)
WORK = model(task("a", days=10, external_share=1, low=0.5, high=2), task("b", days=10, external_share=1, after=("a",)))
DEARER = {"uncertainty__price_ranges": {"external-day": (0.8, 1.5)}}
CERTAIN = {"uncertainty__effort_ranges": {"a": (1, 1), "b": (1, 1)}}


def client(**fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    return plan(quiet(**fields), BOOK, WORK)


def test_one_client_alone_is_its_own_simulation() -> None:
    alone = client(**DEARER)
    joint, own = joint_draws({"a": alone}, draws=DRAWS), simulate(alone, draws=DRAWS)
    assert joint.introduction.tolist() == own.introduction.tolist()
    assert [joint.apart(share) for share in SHARES] == [0, 0, 0]
    assert np.abs(joint.money.sum(axis=0) - own.horizon).max() < 5


def test_what_hangs_on_one_price_alone_adds_up() -> None:
    clients = {key: client(**DEARER, **CERTAIN) for key in "abc"}
    joint = joint_draws(clients, draws=DRAWS)
    assert (
        joint.introduction_at(SURE)
        == joint.singles[SURE]
        == 3 * simulate(clients["a"], draws=DRAWS).introduction_at(SURE)
    )
    assert joint.introduction_at(SURE) > joint.introduction_at(MIDDLE)


def test_what_hangs_on_each_clients_own_work_is_sure_for_less_than_the_sum() -> None:
    few, many = (
        joint_draws({f"client {number}": client() for number in range(count)}, draws=DRAWS) for count in (2, 12)
    )
    assert 0 < few.apart(SURE) * 6 < many.apart(SURE)
    assert many.singles[SURE] == 6 * few.singles[SURE]


def test_the_order_of_clients_decides_nothing_and_the_seed_is_the_lowest() -> None:
    clients = {"b": client(uncertainty__seed=7), "a": client(uncertainty__seed=3, **DEARER)}
    one, other = (joint_draws(given, draws=DRAWS) for given in (clients, dict(reversed(clients.items()))))
    assert one.clients == other.clients == ("a", "b")
    assert (one.introduction == other.introduction).all()
    assert (one.money == other.money).all()
    assert (one.external_days == other.external_days).all()
    same = joint_draws({**clients, "b": client(uncertainty__seed=3)}, draws=DRAWS)
    assert (same.introduction == one.introduction).all()


works = st.tuples(st.integers(1, 60), st.integers(0, 20), st.booleans())


@given(st.lists(works, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_laws_of_joint_draws(given_works: list[tuple[int, int, bool]], chance: Random) -> None:
    """Months add up, the order decides nothing, the clients' own draws are those of their promises."""
    clients = {}
    for number, (days, weeks, is_dearer) in enumerate(given_works):
        work = model(task("a", days=days, external_share=1, low=0.5, high=2))
        start = MONDAY + timedelta(weeks=weeks)
        clients[str(number)] = plan(quiet(timeline__start=start, **(DEARER if is_dearer else {})), BOOK, work)
    joint = joint_draws(clients, draws=200)
    keys = list(clients)
    chance.shuffle(keys)
    assert (joint_draws({key: clients[key] for key in keys}, draws=200).introduction == joint.introduction).all()
    # All that these clients pay falls into their months, and is paid once.
    assert np.allclose(joint.money.sum(axis=0), joint.introduction, rtol=1e-6, atol=4)
    own = [simulate(each, draws=200) for each in clients.values()]
    assert joint.singles[SURE] == sum(each.introduction_at(SURE) for each in own)
    assert joint.introduction.min() > 0
    if len(own) == 1:
        assert (joint.introduction == own[0].introduction).all()


def test_days_of_each_month_are_those_of_all_clients_also_of_one_that_starts_later() -> None:
    """10 working days each, one client from 4 January, one from Monday, 25 January: that one works 5 in January."""
    later = date(2027, 1, 25)
    certain = model(task("a", days=10, external_share=1))
    one, other = (plan(quiet(timeline__start=day), BOOK, certain) for day in (MONDAY, later))
    joint = joint_draws({"one": one, "other": other}, draws=4)
    first, second = joint.by_month()[:2]
    assert first.month == Month(2027, 1)
    assert first.external_days == (Decimal("16.80"),) * 3
    assert second.external_days == (Decimal("5.60"),) * 3
    assert (first.money, second.money) == ((Decimal(16800),) * 3, (Decimal(5600),) * 3)
    assert joint.introduction_at(SURE) == 22400
    assert joint.later_days_at(SURE) == 0
    assert len(joint.months) == 36


def test_what_is_done_after_all_months_is_told_as_later() -> None:
    long = model(task("a", days=300, external_share=1))
    joint = joint_draws({"a": plan(quiet(finance__horizon_months=12), BOOK, long)}, draws=4)
    within = sum(month.external_days[0] for month in joint.by_month())
    assert within + joint.later_days_at(SURE) == 336
    assert joint.later_days_at(SURE) == Decimal("44.80")  # 300 days less the 260 from 4 January to December


def test_what_would_be_done_past_the_calendar_is_later_and_is_not_paid_within_the_months() -> None:
    """The calendar ends with 2099, 18 working days after the start."""
    wide = model(task("a", days=10, external_share=1, low=0.5, high=20))
    last = plan(quiet(timeline__start=date(2099, 12, 7), finance__horizon_months=12), BOOK, wide)
    joint, own = joint_draws({"a": last}, draws=DRAWS), simulate(last, draws=DRAWS)
    assert own.beyond_limit > 0
    assert joint.later_days_at(HIGH) > 0
    days = joint.external_days.sum(axis=0)
    assert np.allclose(days * 1000_00, joint.introduction, rtol=1e-5)
    assert np.abs(joint.money.sum(axis=0) - own.horizon).max() < 50


def test_a_client_whose_prices_are_missing_costs_at_least_so_much() -> None:
    unpriced = plan(quiet(), book(FREE_SUITE, RATES[0]), WORK)
    joint = joint_draws({"known": client(), "unpriced": unpriced}, draws=DRAWS)
    assert joint.at_least == ("unpriced",)
    alone = joint_draws({"known": client()}, draws=DRAWS)
    assert joint.singles[SURE] == alone.singles[SURE] > 0
    hidden = plan_for(case_of(quiet(), BOOK, WORK, today=MONDAY, shows_labour=False))
    assert joint_draws({"hidden": hidden}, draws=4).at_least == ("hidden",)


SHIPPED: list[dict[str, Any]] = [
    {},
    {"choices.monitoring": "siem_and_mdr", "choices.remote_access": "ztna", "choices.hardware_reuse": 0},
    {"uncertainty.price_ranges": {"cloud-siem": (0.5, 2), "external-day": (0.9, 1.3)}, "choices.billing": "monthly"},
    {"choices.operation": "partner", "choices.monitoring": "mdr", "company.employees": 20},
    {"choices.billing": "annual_prepaid", "finance.horizon_months": 12, "timeline.target_months": 24},
    {"status.at": date(2027, 4, 15), "status.closed": ("2027-02", "2027-03"), "timeline.start": date(2027, 2, 1)},
]


@pytest.mark.parametrize("values", SHIPPED)
def test_the_months_of_a_draw_add_up_to_its_total_and_those_of_the_estimate_are_the_plans(
    values: dict[str, Any], price_book: PriceBook, phase_model: PhaseModel
) -> None:
    asked = Scenario()
    for path, value in values.items():
        asked = asked.changed(path, value)
    made = plan(asked, price_book, phase_model)
    joint, own = joint_draws({"": made}, draws=200), simulate(made, draws=200)
    # The draws' factors have 24 bits, so a task's cost is known to a cent in a hundred thousand euros.
    assert np.abs(joint.money.sum(axis=0) - own.horizon).max() < 10
    assert (joint.introduction == own.introduction).all()


def test_several_pages_of_draws_are_those_of_one_after_the_other() -> None:
    made = client(**DEARER)
    joint = joint_draws({"a": made, "b": made}, draws=10_100)
    few = joint_draws({"a": made, "b": made}, draws=10_000)
    assert joint.introduction[:10_000].tolist() == few.introduction.tolist()
    assert len(set(joint.introduction[10_000:].tolist())) > 90


def test_rates_that_rise_within_the_work_are_paid_by_the_month() -> None:
    """20 days from Monday, 18 January: 10 in January at 1,000, its steering in February at 2,000."""
    rates = (
        day_rate("external-day", 1000, valid_to="2027-01-31"),
        day_rate("external-day", 2000, valid_from="2027-02-01"),
    )
    made = plan(
        quiet(timeline__start=date(2027, 1, 18)),
        book(FREE_SUITE, RATES[0], *rates),
        model(task("a", days=20, external_share=1)),
    )
    january, february = joint_draws({"a": made}, draws=2).by_month()[:2]
    assert january.money[0] == 10 * 1000 + Decimal("1.2") * 1000
    assert february.money[0] == 10 * 1000 + Decimal("1.2") * 2000
