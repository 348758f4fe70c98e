"""Findings on the status of a plan in plain words (a part of `findings`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.errors import msgid
from zt_planner.topics.findings.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.finding import Fact

STATUS_TEXTS: Mapping[Code, Texts] = {
    Code.STATUS_NO_DATE: Texts(
        msgid("Recorded, but without a status date"),
        msgid("There are records for {tasks}, but no status date: the plan is made as if nothing had begun."),
        msgid("Set the status date, or remove the records."),
    ),
    Code.STATUS_START_PASSED: Texts(
        msgid("The start has passed"),
        msgid(
            "The plan was to start on {start}, and no status date says what has been done since: its dates are those "
            "of a plan in which all goes as planned."
        ),
        msgid("Set the status date and record what has begun, or choose a later start."),
    ),
    Code.STATUS_NOTHING_RECORDED: Texts(
        msgid("Nothing recorded"),
        msgid(
            "From {since} to {day}, nothing is recorded of any task, as if nobody had worked: the finish moves with "
            "every day that passes."
        ),
        msgid("Record which tasks have started or finished, and move the status date to today."),
    ),
    Code.STATUS_NOT_IN_PLAN: Texts(
        msgid("Recorded for tasks outside the plan"),
        msgid("There are records for tasks that are not in the plan: {tasks}. They do not count."),
        msgid("Put the tasks in scope, or remove the records."),
    ),
    Code.STATUS_IN_FUTURE: Texts(
        msgid("Recorded days after the status date"),
        msgid("Some recorded days lie after the status date, {day}: {tasks}. They count as planned, not as facts."),
        msgid("Correct the days, or move the status date."),
    ),
    Code.STATUS_BEFORE_START: Texts(
        msgid("Recorded days before the start of the plan"),
        msgid("Some recorded days lie before the plan begins on {start}: {tasks}. They count as this day."),
        msgid("Start the plan earlier, or correct the days."),
    ),
    Code.STATUS_DEADLINE_MISSED: Texts(
        msgid("At present, the deadline is missed"),
        msgid("The plan should finish before {deadline}; with the same teams, it finishes on {finish}."),
        msgid("Allow larger teams, leave tasks out, or agree on a later day."),
    ),
    Code.STATUS_CLOSED_AHEAD: Texts(
        msgid("Closed before the month is over"),
        msgid(
            "On the status date, {day}, these closed months are not over: {months}. What is planned for them counts."
        ),
        msgid("Reopen the months, or move the status date."),
    ),
    Code.STATUS_OUTSIDE_PLAN: Texts(
        msgid("Booked or closed outside the plan"),
        msgid("The plan does not have these months: {months}. What is booked there does not count."),
        msgid("Correct the months, start the plan earlier, or let more months count."),
    ),
    Code.STATUS_BOOKED_NOT_IN_PLAN: Texts(
        msgid("Booked for tasks outside the plan"),
        msgid("Money is booked for tasks that are not in the plan: {tasks}. It counts all the same."),
        msgid("Correct the task, or leave it empty."),
    ),
    Code.STATUS_NOTHING_BOOKED: Texts(
        msgid("Planned, but not booked"),
        msgid(
            "In the closed months, {planned} was planned and nothing is booked for: {categories}. It counts as saved."
        ),
        msgid("If an invoice is still to come, reopen the month until it is there."),
    ),
    Code.STATUS_BOOKED_MUCH: Texts(
        msgid("Booked far more than planned"),
        msgid("More than twice of all that is planned is booked for: {categories}."),
        msgid("Look for a typing mistake, an amount with VAT, or something that the plan lacks."),
    ),
    Code.STATUS_CREDITS_EXCEED: Texts(
        msgid("More credited than booked"),
        msgid("Credits are larger than everything that is booked for: {categories}."),
        msgid("Book the invoices that the credits belong to, or correct the sign."),
    ),
    Code.STATUS_CONTINGENCY_USED_UP: Texts(
        msgid("The contingency is used up"),
        msgid("The closed months cost {overruns} more than planned; the contingency was {total}."),
        msgid("Ask for more money, or cut what is still to come."),
    ),
}
NO_DATE_CLOSED = Texts(
    msgid("Closed, but without a status date"),
    msgid("Without a status date, no month counts as closed: {months}."),
    msgid("Set the status date, or reopen the months."),
)

SEQUENCE = msgid("Begun before what it waits for was done")
OUT_OF_SEQUENCE: Mapping[bool, Texts] = {
    True: Texts(
        SEQUENCE,
        msgid("“{task}” was begun before this was done: {others}. What is recorded counts; the dependency does not."),
        msgid("Correct the days, or remove the dependency."),
    ),
    False: Texts(
        SEQUENCE,
        msgid("More tasks were begun before what they wait for was done: {tasks}."),
        msgid("Look at their recorded days."),
    ),
}

DIFFERS = msgid("The approved plan now gives other figures")
SEE_IT_AGAIN = msgid(
    "Use the figures that were approved when you report; approve the plan again to measure from today."
)
APPROVED_DIFFERS = Texts(
    DIFFERS,
    msgid(
        "The plan approved on {on} was to be done by {finish} for {budget}. Computed by this program, it is done by "
        "{finish_now} for {budget_now}: rules, holidays or the file have changed since."
    ),
    SEE_IT_AGAIN,
)
APPROVED_DATES_DIFFER = Texts(
    DIFFERS,
    msgid(
        "The plan approved on {on} was to be done by {finish}. Computed by this program, it is done by {finish_now}: "
        "rules, holidays or the file have changed since."
    ),
    SEE_IT_AGAIN,
)
APPROVED_LOST = Texts(
    msgid("The approved plan cannot be planned any more"),
    msgid(
        "The plan approved on {on} was to be done by {finish}, but its file has no schedule any more. The plan is "
        "measured against itself before it began."
    ),
    msgid("Approve the plan again, or open the file that was approved."),
)


def approved_texts(facts: Mapping[str, Fact]) -> Texts:
    """Return the texts where an approved plan comes to something else: nothing, a date, or amounts too."""
    if facts["finish_now"] is None:
        return APPROVED_LOST
    return APPROVED_DATES_DIFFER if facts["budget"] is None else APPROVED_DIFFERS
