"""The status of a plan in words: the sentence, what a slip is made of, what was learnt, the table of tasks."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import (
    CHAIN,
    MONDAY,
    RATES,
    case,
    jan,
    plan_for,
    quiet,
    scenario,
)
from tests.words import ENGLISH, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.money import rounded
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.approved import Approved, packed
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.case import Case
from zt_planner.engine.simulation.result import simulate
from zt_planner.engine.under_way.approved import approved
from zt_planner.language import sentences
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.progress.blocks import status_group, status_sentences
from zt_planner.topics.progress.status import (
    more_text,
    moved_text,
    plan_sentence,
    slip_line,
    tasks_table,
)
from zt_planner.topics.sentence import COST_UNKNOWN, LOWER_BOUNDS
from zt_planner.topics.view import View


class ToldStatus(NamedTuple):
    """The report of a status as it is read, with plain spaces; the header of its table is the first row."""

    sentence: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def report(at: date | None, records: dict[str, Any], **fields: Any) -> ToldStatus | None:  # noqa: ANN401 - any field
    asked = case(quiet(status__at=at, status__tasks=records, **fields), RATES, CHAIN)
    view = View(plan_for(asked), ENGLISH)
    if status_group(view) is None:
        return None
    table = told(tasks_table(view.plan.tasks))
    lines = tuple(plain(told(sentence.text)) for sentence in status_sentences(view))
    rows = tuple(tuple(map(plain, row)) for row in (table.columns, *table.rows))
    return ToldStatus(plain(told(sentences(plan_sentence(view), planned_sentence(view)))), lines, rows)


def test_a_plan_under_way_says_by_when_it_is_done_and_what_has_moved() -> None:
    found = report(jan(18), {"a": {"started": MONDAY, "finished": jan(15)}, "b": {"started": jan(18)}})
    assert found == ToldStatus(
        "On 18 January 2027: done by 29 January 2027, 80% sure. As it stands 29 January 2027 (7 days later than "
        "planned, because tasks take longer; more than 99% sure). The cost is unknown: "
        "prices are missing.",
        (
            "Tasks: 1 done, 1 running, 1 not begun.",
            "The finish is 7 days later than planned, because tasks take longer.",
            (
                "The finished task took 10 working days; 5 were planned. "
                "The ranges of what remains are multiplied by 1.20."
            ),
        ),
        (
            ("Task", "State", "Start", "Finish", "Working days left"),
            ("a", "done", "4 Jan 2027", "15 Jan 2027", ""),
            ("b", "running", "18 Jan 2027", "22 Jan 2027", "5"),
            ("c", "not begun", "25 Jan 2027", "29 Jan 2027", "5"),
        ),
    )


def test_what_ranges_learn_is_said_only_where_they_do(says: Says) -> None:
    found = report(jan(18), {"a": {"started": MONDAY, "finished": jan(15)}}, status__learns=False)
    assert found is not None
    says(found.lines[-1])


def test_a_plan_of_which_everything_is_done_says_since_when(says: Says) -> None:
    day = {"started": MONDAY, "finished": jan(5)}
    found = report(date(2028, 1, 1), dict.fromkeys("abc", day))
    assert found is not None
    says(found.sentence)
    says(found.lines[1])


def test_as_planned_is_said_and_has_no_parts(says: Says) -> None:
    found = report(MONDAY, {})
    assert found is not None
    assert "(as planned; " in found.sentence
    says(found.lines)


class Stand(NamedTuple):
    """A plan that is under way, in words: what is approved of it, and how it is shown."""

    book: PriceBook
    model: PhaseModel

    def case(self, given: Scenario, *, shows_labour: bool = True) -> Case:
        return builders.case(given, self.book, self.model, shows_labour=shows_labour)

    def approval(self, given: Scenario) -> Approved:
        """Return the approval of a scenario's plan."""
        found = approved(self.case(given), "Board", date(2026, 11, 6))
        assert found is not None
        return found

    def sentence(self, given: Scenario, *, shows_labour: bool = True) -> str:
        """Return what a plan promises and what it comes to, with plain spaces."""
        made = plan_for(self.case(given, shows_labour=shows_labour))
        view = View(made, ENGLISH, partial(simulate, made, draws=500))
        return plain(ENGLISH.write(sentences(plan_sentence(view), planned_sentence(view))))


@pytest.fixture
def stand(price_book: PriceBook, phase_model: PhaseModel) -> Stand:
    """Return what plans are made with."""
    return Stand(price_book, phase_model)


START, AT = date(2027, 1, 4), date(2027, 1, 25)
TOGETHER = "Both together are [0-9]+% sure\\."


def under_way(kept: Approved | None = None, at: date | None = AT, **fields: Any) -> Scenario:  # noqa: ANN401 - any field
    """Return a plan from 4 January of which nothing was recorded by a day."""
    given = scenario(timeline__start=START, **fields)
    return given.model_copy(update={"status": Status(at=at, approved=kept)})


def test_the_sentence_says_what_has_moved_since_the_plan_was_made(stand: Stand, says: Says) -> None:
    says(stand.sentence(under_way(at=None)))
    begun = stand.sentence(under_way(at=START))
    promise = r"EUR [0-9,]+,000 and done by [0-9]+ [A-Z][a-z]+ 202[78], each 80% sure\."
    assert re.match(
        rf"On 4 January 2027: {promise} {TOGETHER} As it stands EUR [0-9,]+ \(as planned; [0-9]+% sure\) and "
        r".* 2027 \(as planned; [0-9]+% sure\), both [0-9]+%\.",
        begun,
    )
    assert re.match(
        rf"On 25 January 2027: {promise} {TOGETHER} As it stands EUR [0-9,]+ \(EUR [0-9,]+ .*; [0-9]+% sure\) and "
        r".* \([0-9]+ (days|weeks) later than planned, because time has passed; [0-9]+% sure\), both [0-9]+%\.",
        stand.sentence(under_way()),
    )


def test_late_is_never_cheaper(stand: Stand) -> None:
    """A start in April moves licences out of the first twelve months: they fall due later, and nothing is saved."""
    late, reference = (plan_for(stand.case(under_way(at=day))) for day in (date(2027, 4, 15), None))
    postponed = reference.headlines.recurring_first_year - late.headlines.recurring_first_year
    assert reference.headlines.one_off_total == late.headlines.one_off_total
    assert postponed > 0
    said = plain(ENGLISH.write(more_text(late, reference)))
    assert said == f"EUR {rounded(postponed, 0):,} of what was planned falls due later"
    dearer = plan_for(stand.case(under_way(at=date(2027, 4, 15), labour__external_day_rate=2000)))
    more = dearer.headlines.one_off_total - reference.headlines.one_off_total
    later = reference.headlines.recurring_first_year - dearer.headlines.recurring_first_year
    assert plain(ENGLISH.write(more_text(dearer, reference))) == (
        f"EUR {rounded(more, 0):,} more; EUR {rounded(later, 0):,} of what was planned falls due later"
    )


def test_what_was_due_by_now_stands_beside_what_was_spent(stand: Stand) -> None:
    given = under_way(at=date(2027, 4, 15))
    spent = given.changed("status.bookings", {"2027-02/consultant/": 3000, "2027-04/consultant/": 500})
    reference = plan_for(stand.case(under_way(at=None)))
    due = sum(line.amount or 0 for line in reference.cost_lines if line.is_cash and line.paid_in < Month(2027, 4))
    for asked, said in ((given, "Nothing is booked yet."), (spent, "Spent: EUR 3,000.")):
        view = View(plan_for(stand.case(asked)), ENGLISH)
        lines = [plain(told(sentence.text)) for sentence in status_sentences(view)]
        assert f"Planned by the end of March 2027: EUR {rounded(due, 0):,}. {said}" in lines
    hidden = View(plan_for(stand.case(given, shows_labour=False)), ENGLISH)
    (line,) = (each for each in status_sentences(hidden) if "end of March 2027" in plain(told(each.text)))
    assert "without labour. Nothing is booked yet." in plain(told(line.text))


def test_nothing_is_due_before_the_first_month_is_over(stand: Stand) -> None:
    view = View(plan_for(stand.case(under_way(at=date(2027, 1, 20)))), ENGLISH)
    assert not any(" due " in told(sentence.text) for sentence in status_sentences(view))


@pytest.mark.extended
def test_the_sentence_measures_against_what_was_approved(stand: Stand, says: Says) -> None:
    small = scenario(timeline__start=START, company__employees=100)
    kept = stand.approval(small)
    says(stand.sentence(under_way(kept, START, company__employees=100)))
    assert stand.sentence(under_way(kept, START, company__employees=100)).count("(unchanged; ") == 1
    larger = stand.sentence(under_way(kept, START))
    figures, before = plan_for(stand.case(under_way(at=START))).headlines, plan_for(stand.case(small)).headlines
    assert figures is not None
    assert before is not None
    assert "later than planned, " not in larger
    more = rounded(figures.introduction_budget - before.introduction_budget, 0)
    assert f"(EUR {more:,} more; " in larger


@pytest.mark.parametrize("confidence", ["0.8", "planned"])
def test_from_the_approval_on_a_change_is_said_whether_or_not_the_plan_is_under_way(
    stand: Stand, confidence: str
) -> None:
    small = scenario(timeline__start=START, timeline__confidence=confidence)
    kept = stand.approval(small)
    plain_plan = stand.sentence(under_way(at=None, timeline__confidence=confidence))
    assert stand.sentence(under_way(kept, None, timeline__confidence=confidence)) == plain_plan
    larger = under_way(kept, None, timeline__confidence=confidence, company__employees=130)
    figures, before = (plan_for(stand.case(each)).headlines for each in (larger, small))
    more = rounded(figures.introduction_budget - before.introduction_budget, 0)
    said = stand.sentence(larger)
    assert more > 0
    assert f"(EUR {more:,} more; " in said
    assert said.count("than planned when approved; ") == 1
    assert "As planned EUR" in said
    assert "because" not in said


def test_an_approved_plan_that_is_lost_is_not_named(stand: Stand) -> None:
    nothing = scenario(tasks__edits={task.id: {"in_scope": False} for task in stand.model.tasks})
    broken = stand.approval(under_way()).model_copy(update={"plan": packed(nothing.model_dump(mode="json"))})
    assert "(as planned; " in stand.sentence(under_way(broken, START))


@pytest.mark.extended
def test_without_rates_the_amounts_are_those_without_labour(stand: Stand, says: Says) -> None:
    kept = stand.approval(scenario(timeline__start=START, finance__contingency=Decimal("0.1")))
    assert "As it stands EUR " in stand.sentence(under_way(kept, START))
    assert " more; " in stand.sentence(under_way(kept, START))
    hidden = stand.sentence(under_way(kept, START), shows_labour=False)
    says(hidden)


def test_a_missing_price_makes_a_lower_bound_and_no_difference(stand: Stand) -> None:
    early = scenario(timeline__start=date(2020, 6, 1))
    told = stand.sentence(early.model_copy(update={"status": Status(at=date(2020, 6, 1))}))
    assert "As it stands" in told
    assert " more; " not in told
    assert told.endswith(tuple(map(ENGLISH.write, (LOWER_BOUNDS, COST_UNKNOWN))))


DONE = {"started": START, "finished": START}
SOME_STATUS = {
    "before the start": (date(2026, 11, 30), ()),
    "after the end": (date(2029, 6, 1), ()),
    "all done on day one": (START, None),
    "long done": (date(2031, 1, 1), None),
    "done though out of scope": (AT, ("kickoff",)),
}


@pytest.mark.parametrize(("at", "done"), SOME_STATUS.values(), ids=SOME_STATUS)
def test_every_status_has_a_sentence_and_what_is_missing_in_it_a_finding(
    at: date, done: tuple[str, ...] | None, stand: Stand
) -> None:
    records = dict.fromkeys([task.id for task in stand.model.tasks] if done is None else done, DONE)
    edits = {"kickoff": {"in_scope": False}} if done else {}
    given = scenario(timeline__start=START, tasks__edits=edits)
    kept = stand.approval(scenario(timeline__start=START))
    made = given.model_copy(update={"status": Status.model_validate({"at": at, "tasks": records, "approved": kept})})
    told = stand.sentence(made)
    assert told.startswith(plain(f"On {ENGLISH.day(at)}: "))
    assert ("all done since 4 January 2027" in told) is (done is None)
    assert ("80% sure" in told) is (done is not None)
    assert any(each.code is Code.STATUS_NOT_IN_PLAN for each in plan_for(stand.case(made)).findings) is (done != ())


def test_what_a_slip_is_made_of_names_changes_where_a_plan_was_approved(stand: Stand) -> None:
    kept = stand.approval(scenario(timeline__start=START))
    slow = {"kickoff": {"started": START, "remaining_days": 60}}
    for status, said in (
        (Status(at=AT), "later than planned, because time has passed."),
        (Status(at=AT, approved=kept), "later than planned when approved, because time has passed."),
        (Status.model_validate({"at": START, "tasks": slow}), "later than planned, because tasks take longer."),
        (Status.model_validate({"at": AT, "tasks": slow}), "from task durations."),
        (Status.model_validate({"at": AT, "tasks": slow, "approved": kept}), "from changes and task durations."),
    ):
        made = plan_for(stand.case(under_way().model_copy(update={"status": status})))
        view = View(made, ENGLISH)
        assert plain(ENGLISH.write(slip_line(view))).endswith(said)
        assert view.slip is not None
        assert view.reference is not None
        assert view.slip.total == (view.figures.finish_date - view.reference.headlines.finish_date).days


def test_without_a_status_date_there_is_no_report() -> None:
    assert report(None, {}) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "as planned"),
        (1, "1 day later than planned"),
        (-1, "1 day earlier than planned"),
        (7, "7 days later than planned"),
        (21, "3 weeks later than planned"),
        (-14, "2 weeks earlier than planned"),
        (22, "22 days later than planned"),
    ],
)
def test_a_slip_is_told_in_weeks_where_it_is_whole_weeks(days: int, words: str) -> None:
    assert plain(ENGLISH.write(moved_text(days))) == words
    approved_words = f"{words} when approved"
    assert plain(ENGLISH.write(moved_text(days, is_approved=True))) == approved_words
