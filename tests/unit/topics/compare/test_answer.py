"""The page Compare answers in a sentence a plan: what it costs more or less, and how much earlier it is ready."""

from __future__ import annotations

from tests.approval import Says
from tests.builders import ending_price, scenario, unstopped
from tests.unit.topics.compare.test_comparison import BOOK, ENDLESS, compared
from tests.words import ENGLISH, plain, told
from zt_planner.domain.scenario.kept import KeptBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.topics.compare.answer import compare_answer, promise_answer
from zt_planner.topics.view import View


def answer(*others: Scenario) -> str:
    return plain(ENGLISH.write(compare_answer(compared(*others))))


def test_more_or_less_earlier_or_later_are_told_in_words() -> None:
    comparison = compared(scenario(choices__monitoring="mdr"), scenario(finance__contingency=0))
    first, mdr, bare = (unstopped(variant.plan).headlines for variant in comparison.variants)
    more, less = (
        plain(ENGLISH.money(abs(each.introduction_budget - first.introduction_budget))) for each in (mdr, bare)
    )
    assert mdr.finish_date == first.finish_date
    assert plain(ENGLISH.write(compare_answer(comparison))) == (
        f"As planned: B costs {more} more to get there and is ready on the same day. "
        f"C costs {less} less to get there and is ready on the same day."
    )


def test_equal_plans_cost_the_same(says: Says) -> None:
    says(answer(Scenario()))


def test_without_a_schedule_nothing_is_compared(says: Says) -> None:
    says(answer(scenario(**ENDLESS)))


def test_a_missing_price_is_no_difference(says: Says) -> None:
    known = tuple(row for row in BOOK.prices if row.id != "mdr-endpoint")
    unpriced = scenario(choices__monitoring="mdr").with_kept_data(KeptBook(prices=known, rates=BOOK.rates), None)
    says(answer(unpriced))


def promise(first: Scenario, other: Scenario) -> str:
    comparison = compared(other, first=first)
    views = {each.letter: View(unstopped(each.plan), ENGLISH) for each in comparison.variants}
    return plain(told(promise_answer(comparison, views)))


def test_a_price_missing_after_the_introduction_leaves_the_difference_of_promises() -> None:
    first = scenario(**ending_price(BOOK.rows_by_id["cloud-siem"][-1], "2028-06-30"))
    assert promise(first, scenario(choices__monitoring="mdr")).startswith(
        "With 80% confidence: B costs EUR 7,000 more to get there and is ready "
    )


def test_promises_of_which_a_price_is_missing_are_not_compared() -> None:
    first = scenario(**ending_price(BOOK.rows_by_id["cloud-siem"][-1], "2027-06-30"))
    assert "prices are missing to compare its cost" in promise(first, scenario(choices__monitoring="mdr"))
