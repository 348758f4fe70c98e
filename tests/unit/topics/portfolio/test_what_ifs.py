"""What is said of all clients together, and the tables of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import FREE_SUITE, MONDAY, book, day_rate, model, plan, price, quiet, task
from tests.words import plain
from zt_planner.engine.plan import Plan
from zt_planner.engine.portfolio.joint import joint_draws
from zt_planner.engine.portfolio.levelling import level_clients, moved_client, start_at
from zt_planner.engine.team_weeks import WEEK
from zt_planner.language import language_for
from zt_planner.topics.block import Block, Sentence, TableBlock
from zt_planner.topics.portfolio.what_ifs import (
    CHANGE_COLUMNS,
    MOST_NAMED,
    MovedWeek,
    changed_blocks,
    compared,
    joint_blocks,
    later_blocks,
    levelled_blocks,
    sums_of,
    weeks_of,
)
from zt_planner.topics.table import Table

EN = language_for("en")
RATES = tuple(day_rate(key, 1000) for key in ("internal-day", "external-day"))
BOOK = book(FREE_SUITE, *RATES)
PLAIN = {
    "labour__coordination_share": {"internal": 0, "external": 0},
    "timeline__confidence": "planned",
    "finance__contingency": 0,
}
UNDER_WAY: dict[str, Any] = {"status__at": date(2027, 1, 6), "status__tasks": {"work": {"started": MONDAY}}}


def client(days: int = 10, prices: Any = BOOK, **fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    work = model(task("work", days=days, external_share=1, low=0.5, high=2))
    return plan(quiet(**{**PLAIN, **fields}), prices, work)


def said(blocks: Iterable[Block]) -> str:
    sentences = (EN.write(block.text) for block in blocks if isinstance(block, Sentence))
    return plain(" ".join(sentences))


def tables_of(blocks: Iterable[Block]) -> list[Table]:
    return [EN.written(block.table) for block in blocks if isinstance(block, TableBlock)]


def clients(count: int, **fields: Any) -> Mapping[str, Plan]:  # noqa: ANN401 - any field of a scenario
    return {f"client {number}": client(**fields) for number in range(count)}


def test_the_answer_says_by_when_all_plans_end_who_moves_and_which_promises_break() -> None:
    blocks = list(levelled_blocks(level_clients(clients(3), Decimal(5))))
    text = said(blocks)
    assert text.startswith("With 5 days a week the 3 plans end by 12 Feb 2027; these 2 move. ")
    assert "2 clients do not finish in time any more: client 1 and client 2." in text
    assert "client 1 and client 2" in text
    assert "Before, 2 weeks were above it, the fullest with 15.00." in text
    assert "A heuristic" in text
    (moves,) = tables_of(blocks)
    assert [row[:3] for row in moves.rows] == [
        ("client 1", "2", EN.short_day(date(2027, 1, 18))),
        ("client 2", "4", EN.short_day(date(2027, 2, 1))),
    ]


def test_where_nothing_moves_it_is_said() -> None:
    text = said(levelled_blocks(level_clients(clients(1), Decimal(5))))
    assert text.startswith("With 5 days a week the 1 plan ends by 15 Jan 2027; none moves.")
    assert "above" not in text


def test_who_is_not_placed_is_named_and_so_are_the_weeks_that_stay_above() -> None:
    given = {"begun": client(**UNDER_WAY), "large": client(20, timeline__external_days_per_week=20), **clients(2)}
    levelled = level_clients(given, Decimal(5), most_weeks=1)
    text = said(levelled_blocks(levelled))
    for part in (
        "The 4 plans do not all fit into 5 days a week; they end by 15 Jan 2027, with weeks above that; none moves.",
        "1 client is under way and stays: begun.",
        "1 client alone needs more days in a week than there are, and stays: large.",
        "2 clients find no room within 1 week, and stay: client 0 and client 1.",
        "Now 2 weeks are, the fullest with 35.00: those of 4 Jan 2027 with 35.00 and 11 Jan 2027 with 15.00.",
    ):
        assert part in text
    assert weeks_of(levelled)[0] == MovedWeek(MONDAY, Fraction(35), Fraction(35), Fraction(5))


def test_of_many_names_those_that_are_left_out_are_counted() -> None:
    given = clients(MOST_NAMED + 3, days=1, timeline__external_days_per_week=5)
    text = said(levelled_blocks(level_clients(given, Decimal("0.25"))))
    assert "client 1, " in text
    assert "and 4 more" in text


def test_a_chosen_start_is_told_with_its_promise_and_what_it_costs() -> None:
    made = client()
    later = start_at(made, MONDAY + WEEK)
    assert isinstance(later, Plan)
    text = said(later_blocks([moved_client("a", made, later)]))
    assert text == (
        "1 client starts later, as chosen. 1 client does not finish in time any more: a. "
        "As planned, their introduction costs EUR 10,000 instead of EUR 10,000. All keep their licence mix."
    )
    patient = client(timeline__mode="deadline", timeline__target_months=12, timeline__max_external_days_per_week=10)
    moved = start_at(patient, MONDAY + WEEK)
    assert isinstance(moved, Plan)
    kept = moved_client("a", patient, moved)
    assert ("All still finish in time." in said(later_blocks([kept]))) is not kept.breaks_promise


def test_what_is_set_for_all_is_compared_with_the_files() -> None:
    dearer = client(prices=book(FREE_SUITE, *(day_rate(key, 1100) for key in ("internal-day", "external-day"))))
    filed = {"a": client(), "b": client(20), "d": client()}
    plans = {"a": dearer, "b": client(15), "c": client(), "d": client(12)}
    blocks = list(changed_blocks(compared(filed, plans)))
    text = said(blocks)
    assert text.startswith("With what is set, 3 introductions cost EUR 38,000 as planned, instead of EUR 40,000.")
    assert "1 client has no plan, as its file says or with what is set, and is not compared: c." in text
    assert "1 plan ends later. 1 plan ends earlier. All keep their licence mix." in text
    (sums,) = tables_of(blocks)
    assert sums.rows[0][0] == "Introduction"
    same = said(changed_blocks(compared(filed, filed)))
    assert "No plan ends on another day." in same
    unpriced = client(prices=book(FREE_SUITE, RATES[0]))
    assert "costs at least" in said(later_blocks([moved_client("a", unpriced, unpriced)]))


def test_who_lacks_a_price_or_a_schedule_on_one_side_is_left_out_of_the_sums_and_counted() -> None:
    unpriced, priced = client(prices=book(FREE_SUITE, RATES[0])), client()
    filed = {"whole": priced, "was unpriced": unpriced, "is unpriced": priced, "was": priced}
    plans = {"whole": client(12), "was unpriced": priced, "is unpriced": unpriced, "is": priced}
    comparison = compared(filed, plans, ["never", "was"])
    text = said(changed_blocks(comparison))
    assert text.startswith("With what is set, 1 introduction costs EUR 12,000 as planned, instead of EUR 10,000.")
    assert "2 clients lack a price, as their files say or with what is set, and are not added up: " in text
    assert "3 clients have no plan, as their files say or with what is set, and are not compared: " in text
    names = [column.name for column in CHANGE_COLUMNS]
    rows = [
        dict(zip(names, [column.csv_cell(each) for column in CHANGE_COLUMNS], strict=True))
        for each in comparison.clients
    ]
    assert {row["client"]: row["is_lower_bound"] for row in rows} == {
        key: key != "whole" for key in ("is", "is unpriced", "never", "was", "was unpriced", "whole")
    }
    assert [(row["introduction_budget_after"], row["licence_mix"]) for row in rows if row["client"] == "was"] == [
        (None, None)
    ]
    assert "With what is set, " not in said(changed_blocks(compared({"a": unpriced}, {"a": priced})))


def test_another_licence_mix_is_counted() -> None:
    suite = ("office", "mail")
    falling = (
        price("other", 30, grants=suite, valid_to="2027-01-31"),
        price("other", 5, grants=suite, valid_from="2027-02-01"),
    )
    prices = book(price("office", 20, grants=suite), *falling, *RATES)
    made = client(prices=prices)
    later = start_at(made, date(2027, 2, 1))
    assert isinstance(later, Plan)
    blocks = list(later_blocks([moved_client("a", made, later)]))
    assert "1 client gets another licence mix." in said(blocks)
    assert tables_of(blocks)[0].rows[0][-1] == "another mix"


def test_what_all_cost_together_stands_beside_the_sum_and_says_why_it_differs() -> None:
    joint = joint_draws(clients(4), draws=2000)
    blocks = list(joint_blocks(joint))
    text = said(blocks)
    assert text.startswith("With 80% confidence the introductions of 4 clients cost EUR ")
    assert "more, because work takes longer than planned for one client or another" in text
    assert "With 50% confidence it is the other way round: together they cost EUR" in text
    assert "All amounts are without contingency" in text
    sums, months = tables_of(blocks)
    assert [row[0] for row in sums.rows] == ["50%", "80%", "90%"]
    assert months.rows[0][0] == "January 2027"
    middle, sure, high = (row.apart - row.together for row in sums_of(joint))
    assert middle < 0 < sure < high


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"uncertainty__effort_ranges": {"work": (1, 1)}}, "add up to the same, because nothing is uncertain but"),
        (
            {"uncertainty__effort_ranges": {"work": (1, 50)}},
            "less, because clients that need more than their own budget go further",
        ),
    ],
)
def test_the_reason_is_that_of_the_difference(fields: dict[str, Any], part: str) -> None:
    assert part in said(joint_blocks(joint_draws(clients(30 if "less" in part else 2, **fields), draws=1000)))


def test_one_client_has_no_sum_beside_it_and_missing_prices_and_later_days_are_told() -> None:
    long = client(300, finance__horizon_months=12)
    text = said(joint_blocks(joint_draws({"long": long}, draws=1000)))
    assert text.startswith("With 80% confidence the introduction of 1 client costs EUR ")
    assert "add up" not in text.split("Each month")[0]
    assert "After December 2027, " in text
    unpriced = client(prices=book(FREE_SUITE, RATES[0]))
    text = said(joint_blocks(joint_draws({"a": unpriced, "b": client()}, draws=100)))
    assert "Of 1 client a price is missing, so the sums are lower bounds: a." in text
