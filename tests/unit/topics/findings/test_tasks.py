"""What is said of tasks whose fixed date is not kept: each hindrance has words of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.unit.topics.findings.test_findings import FACTS
from tests.unit.topics.test_report_words import ENGLISH, HARD_SPACE
from zt_planner.domain.finding import Code, Fact, Finding, Hindrance, Severity
from zt_planner.domain.plan import Team
from zt_planner.topics.findings.findings import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.data.price_book import PriceBook


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"by": Hindrance.START, "plan_start": date(2027, 1, 4)}, "before the plan begins on 4 January 2027"),
        ({"by": Hindrance.STATUS, "until": date(2027, 4, 15)}, "but had not begun by 15 April 2027"),
        ({"by": Hindrance.TEAM, "team": Team.INTERNAL, "others": ("A", "B")}, "your team is busy then: A and B"),
        ({"by": Hindrance.TEAM, "team": Team.EXTERNAL, "others": ("A",)}, "the consultant is busy then: A"),
        ({"task": None, "tasks": ("A", "B")}, "More tasks do not start on their fixed dates: A and B"),
    ],
)
def test_a_fixed_date_that_is_not_kept_says_what_stands_in_the_way(
    facts: Mapping[str, Fact], words: str, price_book: PriceBook
) -> None:
    given = {**FACTS[Code.TASK_FIXED_DATE_MISSED], **facts}
    message = describe(Finding(Code.TASK_FIXED_DATE_MISSED, Severity.WARNING, given), price_book, ENGLISH).message
    assert words in message.replace(HARD_SPACE, " ")


def test_many_fixed_dates_on_days_off_are_gathered(price_book: PriceBook) -> None:
    facts: Mapping[str, Fact] = {"task": None, "tasks": ("A", "B")}
    message = describe(Finding(Code.TASK_FIXED_ON_DAY_OFF, Severity.WARNING, facts), price_book, ENGLISH).message
    assert message == "More tasks are set to start on days when nobody works: A and B."


def test_many_tasks_out_of_sequence_are_gathered(price_book: PriceBook) -> None:
    facts: Mapping[str, Fact] = {"task": None, "tasks": ("A", "B")}
    message = describe(Finding(Code.STATUS_OUT_OF_SEQUENCE, Severity.WARNING, facts), price_book, ENGLISH).message
    assert message == "More tasks were begun before what they wait for was done: A and B."
