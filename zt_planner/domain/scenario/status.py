"""How far the work is: the status date, what is recorded of tasks and booked of money, what was approved (M26, M27).

Only what somebody recorded is a fact; nothing here follows from a plan, a
percentage or a clock. Whether a recorded day counts is decided in
`engine.scheduling.facts`. Laws: a task is not finished before it was started;
a record that says nothing is not kept, nor is a booking of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from zt_planner.domain import units
from zt_planner.domain.categories import BOOKABLE_CATEGORIES, LABOUR_CATEGORIES
from zt_planner.domain.month import Month
from zt_planner.domain.scan import NO_DAY, ScanKind
from zt_planner.domain.scenario.approved import Approved, Forecast
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.task_edits import MOST_TASKS, Flag, LengthDays, TaskId
from zt_planner.domain.scenario.task_figures import TaskFigure, TaskFigures, figures_of
from zt_planner.domain.scenario.values import DayText, MonthText, Number, Part, PlanDay, ScanDay, SignedMoney
from zt_planner.errors import msgid

MOST_BOOKINGS = 5_000
MOST_CLOSED = 240
MOST_FORECASTS = 120
KEY_PATTERN = f"^[12][0-9]{{3}}-(0[1-9]|1[0-2])/({'|'.join(BOOKABLE_CATEGORIES)})/[A-Za-z0-9_.:-]{{0,60}}$"
BookingKey = Annotated[str, Field(pattern=KEY_PATTERN)]
MOST_RECORDED = 2 * MOST_TASKS
"""Tasks of the phase model and own ones."""
SpentDays = Annotated[Number, Field(ge=0, le=Decimal(100_000))]


class TaskRecord(TaskFigures):
    """What is recorded of a task: actual dates, working days left, person-days spent. None is not recorded."""

    started: Annotated[
        PlanDay | None,
        TaskFigure(msgid("Actual start of {task}"), units.DAY, msgid("Actual start"), msgid("Started")),
    ] = None
    finished: Annotated[
        PlanDay | None,
        TaskFigure(msgid("Actual finish of {task}"), units.DAY, msgid("Actual finish"), msgid("Finished")),
    ] = None
    remaining_days: Annotated[
        LengthDays | None,
        TaskFigure(msgid("Working days left of {task}"), units.WORKING_DAYS, msgid("Working days left")),
    ] = None
    spent_internal: Annotated[
        SpentDays | None,
        TaskFigure(msgid("Internal days spent on {task}"), units.PERSON_DAYS, msgid("Internal days spent")),
    ] = None
    spent_external: Annotated[
        SpentDays | None,
        TaskFigure(msgid("Consultant's days spent on {task}"), units.PERSON_DAYS, msgid("External days spent")),
    ] = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.started is not None and self.finished is not None and self.finished < self.started:
            values = {"started": self.started.isoformat(), "finished": self.finished.isoformat()}
            raise PydanticCustomError("finished_early", "finished on {finished}, before {started}", values)
        return self


RECORD_FIGURES = figures_of(TaskRecord)
"""What can be recorded of a task, by the names of the fields."""
_NOTHING = TaskRecord()


def _recorded(value: Mapping[str, TaskRecord]) -> Mapping[str, TaskRecord]:
    """Return the records that say something, in the order of their ids; refuse more than a scenario carries."""
    records = {key: record for key, record in sorted(value.items()) if record != _NOTHING}
    if len(records) > MOST_RECORDED:
        raise PydanticCustomError("too_many_tasks", "{count} tasks", {"count": len(records), "most": MOST_RECORDED})
    return records


def _not_nothing(value: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """Return the bookings that are not 0, in the order of their keys."""
    return {key: amount for key, amount in sorted(value.items()) if amount}


def _once_each(months: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(months)))


class Status(Part):
    """The status of a plan as of the end of what is recorded; without a date nothing has begun.

    `learns` lets the ranges of what remains follow from how long finished tasks took. `bookings` are EUR, credits
    negative, by `2027-03/licence/mfa_rollout`: month, category, and the task, empty where it is not known. `closed`
    are the months whose bookings take the place of what was planned. `forecasts` are by the status date. `scans` says
    of each kind of scan the day of the latest one that was taken over, `unknown` where it did not say.
    """

    at: Annotated[PlanDay | None, Input(msgid("Status date"), InputGroup.STATUS, msgid("none, nothing has begun"))] = (
        None
    )
    tasks: Annotated[Mapping[TaskId, TaskRecord], AfterValidator(_recorded), Input(group=InputGroup.STATUS)] = {}
    learns: Annotated[Flag, Input(msgid("Ranges learn from finished tasks"), InputGroup.STATUS)] = True
    bookings: Annotated[
        Mapping[BookingKey, SignedMoney],
        Field(max_length=MOST_BOOKINGS),
        AfterValidator(_not_nothing),
        Input(group=InputGroup.STATUS, unset=msgid("nothing"), unit=units.MONEY),
    ] = {}
    closed: Annotated[
        tuple[MonthText, ...],
        Field(max_length=MOST_CLOSED),
        AfterValidator(_once_each),
        Input(msgid("Closed months"), InputGroup.STATUS),
    ] = ()
    approved: Annotated[Approved | None, Input(msgid("Approved plan"), unset=msgid("no plan"))] = None
    forecasts: Annotated[
        Mapping[DayText, Forecast], Field(max_length=MOST_FORECASTS), Input(msgid("Forecast of {day}"))
    ] = {}
    scans: Annotated[
        Mapping[ScanKind, ScanDay],
        AfterValidator(lambda scans: dict(sorted(scans.items()))),
        Input(msgid("Imported scan: {scan}"), unset=msgid("none")),
    ] = {}

    @property
    def is_under_way(self) -> bool:
        """Tell whether the plan is under way: it has a status date."""
        return self.at is not None

    @property
    def has_finished(self) -> bool:
        """Tell whether the plan is under way, and the end of a task is recorded."""
        return self.is_under_way and any(record.finished is not None for record in self.tasks.values())

    @property
    def resumes(self) -> date | None:
        """The day from which what is left is done: the status date, or the next where its month is closed with it."""
        if self.at is None:
            return None
        month = Month.of(self.at)
        return self.at + timedelta(days=str(month) in self.closed and self.at == month.last_day)

    def record_of(self, task_id: str) -> TaskRecord:
        """Return what is recorded of a task, which may be nothing."""
        return self.tasks.get(task_id, _NOTHING)

    def scanned_on(self, kind: ScanKind) -> date | None:
        """Return the day of the scan of a kind that was taken over last; None where no scan was, or no day is known."""
        day = self.scans.get(kind, NO_DAY)
        return None if day == NO_DAY else date.fromisoformat(day)

    def without_rates(self, packed_without_rates: Callable[[str], str]) -> Self:
        """Return the status without what day rates could be computed from: bookings of the consultant, forecast sums.

        `packed_without_rates` does the same to the plan that was approved.
        """
        approved = self.approved
        if approved is not None:
            amounts = {"budget": None, "promised_budget": None}
            approved = approved.model_copy(update={"plan": packed_without_rates(approved.plan), **amounts})
        of_labour = {key for key in self.bookings if key.split("/")[1] in LABOUR_CATEGORIES}
        return self.model_copy(
            update={
                "bookings": {key: amount for key, amount in self.bookings.items() if key not in of_labour},
                "approved": approved,
                "forecasts": {day: forecast.without_amounts() for day, forecast in self.forecasts.items()},
            }
        )
