"""What-ifs over the plans of a portfolio: which plans they are about, what is asked of them, and the files of it.

Laws: the plans are those whose rows the tables have; what is asked of a client that there is not is refused with its
remedy; files of what is no longer asked are removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from zt_planner.engine.plan import Plan
from zt_planner.engine.portfolio.joint import JointDraws, joint_draws
from zt_planner.engine.portfolio.levelling import LevelledPortfolio, MovedClient, level_clients, moved_client, start_at
from zt_planner.errors import FieldProblem, PlannerError, ScenarioError, msgid
from zt_planner.files.portfolio.reading import PlanSettings, found_in, plan_of, scenario_in
from zt_planner.files.portfolio.running import PortfolioRun, Progress
from zt_planner.files.portfolio.writing import write_whole, written_to
from zt_planner.gaps import Alternatives, shortened
from zt_planner.media.csv.dialects import Dialect, csv_bytes
from zt_planner.topics.block import Block
from zt_planner.topics.portfolio.what_ifs import (
    CHANGE_COLUMNS,
    MONTH_COLUMNS,
    MOVE_COLUMNS,
    SUM_COLUMNS,
    WEEK_COLUMNS,
    Comparison,
    changed_blocks,
    compared,
    joint_blocks,
    later_blocks,
    levelled_blocks,
    sums_of,
    weeks_of,
)
from zt_planner.topics.table import Column

MOST_WEEKS_LATER = 520
CHANGES, CHOSEN, MOVES, WEEKS = "changes.csv", "later.csv", "moves.csv", "provider_weeks.csv"
SUMS, MONTHS = "joint.csv", "joint_months.csv"
FILES = (CHANGES, CHOSEN, MOVES, WEEKS, SUMS, MONTHS)
LATER, FIRST = "--later", "--first"


@dataclass(frozen=True, slots=True)
class WhatIfOptions:
    """What is asked: later starts as they are written, days a week of the provider, who comes first, joint draws.

    With `is_compared`, also what the files say without what is set for all.
    """

    later: tuple[str, ...] = ()
    days_a_week: Decimal | None = None
    first: tuple[str, ...] = ()
    is_joint: bool = False
    is_compared: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is asked."""
        return self != WhatIfOptions()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answers to what was asked."""

    changed: Comparison | None = None
    later: tuple[MovedClient, ...] = ()
    levelled: LevelledPortfolio | None = None
    joint: JointDraws | None = None

    def blocks(self) -> Iterator[Block]:
        """Yield what is to be said."""
        if self.changed is not None:
            yield from changed_blocks(self.changed)
        if self.later:
            yield from later_blocks(self.later)
        if self.levelled is not None:
            yield from levelled_blocks(self.levelled)
        if self.joint is not None:
            yield from joint_blocks(self.joint)

    def files(self) -> dict[str, bytes]:
        """Return the tables, by the names of their files."""
        files = {} if self.changed is None else {CHANGES: _csv(CHANGE_COLUMNS, self.changed.clients)}
        if self.later:
            files |= {CHOSEN: _csv(MOVE_COLUMNS, self.later)}
        if self.levelled is not None:
            files |= {
                MOVES: _csv(MOVE_COLUMNS, self.levelled.clients),
                WEEKS: _csv(WEEK_COLUMNS, weeks_of(self.levelled)),
            }
        if self.joint is not None:
            files |= {
                SUMS: _csv(SUM_COLUMNS, sums_of(self.joint)),
                MONTHS: _csv(MONTH_COLUMNS, self.joint.by_month()),
            }
        return files


def _csv(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> bytes:
    cells = ([column.csv_cell(row) for column in columns] for row in rows)
    return csv_bytes([column.name for column in columns], cells, Dialect.RFC4180)


def plans_of(
    folders: Sequence[Path], out: Path, settings: PlanSettings, run: PortfolioRun, progress: Progress
) -> dict[str, Plan]:
    """Return the plans of the clients that a run has counted and that have a schedule, by their keys.

    With other settings than those of the run, some clients may have none.
    """
    left = {key for key, *_ in (*run.twins, *run.failures, *run.stopped)}
    files = [file for file in found_in(folders, out).files if file.key not in left]
    plans = {}
    for number, file in enumerate(files, 1):
        with suppress(PlannerError):
            plan = plan_of(scenario_in(file, settings), settings)
            if isinstance(plan, Plan):
                plans[file.key] = plan
        progress(number, len(files))
    return plans


def answered(options: WhatIfOptions, plans: Mapping[str, Plan], filed: Mapping[str, Plan] | None = None) -> WhatIf:
    """Answer what is asked, one after the other: later starts, then the cap, then draws of what becomes of both.

    `filed` are the plans as the files say, where they are to be compared.
    """
    starts = dict(_start_of(text, plans) for text in options.later)
    first = [client_named(FIRST, name, plans) for name in options.first]
    if not plans:
        return WhatIf()
    changed = None if filed is None else compared(filed, plans)
    later = tuple(_started_later(key, plans[key], day) for key, day in starts.items())
    plans = {**plans, **{client.key: client.after for client in later}}
    levelled = None if options.days_a_week is None else level_clients(plans, options.days_a_week, first=first)
    if levelled is not None:
        plans = {client.key: client.after for client in levelled.clients}
    return WhatIf(changed, later, levelled, joint_draws(plans) if options.is_joint else None)


def write(answer: WhatIf, out: Path) -> tuple[str, ...]:
    """Write the tables of an answer, remove those of earlier ones, and return their names."""
    files = answer.files()
    with written_to(out):
        for name in FILES:
            if name in files:
                write_whole(out / name, files[name])
            else:
                (out / name).unlink(missing_ok=True)
    return tuple(files)


def refused(option: str, problem: str, remedy: str, **values: object) -> ScenarioError:
    """Return the error of an option."""
    return ScenarioError((FieldProblem(option, problem, remedy, values),))


def client_named(option: str, name: str, plans: Mapping[str, Plan]) -> str:
    """Return the key of the client that a name means: its key, or that without the ending where only one has it."""
    stems = [key for key in plans if str(PurePosixPath(key).with_suffix("")) == name]
    if name in plans or len(stems) == 1:
        return name if name in plans else stems[0]
    close = stems or get_close_matches(name, list(plans), n=3) or list(plans)[:3]
    problem = msgid("'{value}' is not a client with a schedule")
    remedy = msgid("Did you mean {candidates}?") if close else msgid("Name a folder with plans")
    raise refused(option, problem, remedy, value=shortened(name), candidates=Alternatives(close))


def _start_of(text: str, plans: Mapping[str, Plan]) -> tuple[str, date]:
    """Return the key of a client and its later start from text like `acme.json=6` or `acme.json=2027-06-07`."""
    name, _, when = text.rpartition("=")
    key = client_named(LATER, name, plans)
    plan = plans[key]
    if plan.scenario.status.is_under_way:
        problem, remedy = msgid("'{value}' is under way"), msgid("Leave it out: what has begun cannot start later")
        raise refused(LATER, problem, remedy, value=shortened(key))
    day = _day_of(when, plan.case.start)
    if day is None:
        problem = msgid("'{value}' is no number of weeks from 1 to {most}, and no day after its start, {start}")
        remedy = msgid("Write it as acme.json=6 or acme.json=2027-06-07")
        raise refused(
            LATER, problem, remedy, value=shortened(when), most=MOST_WEEKS_LATER, start=plan.case.start.isoformat()
        )
    return key, day


def _day_of(when: str, start: date) -> date | None:
    """Return the day that is meant; None where it is none, or not after the start."""
    if when.isascii() and when.isdigit() and len(when) <= len(str(MOST_WEEKS_LATER)):
        return start + timedelta(weeks=int(when)) if 1 <= int(when) <= MOST_WEEKS_LATER else None
    try:
        day = date.fromisoformat(when)
    except ValueError:
        return None
    return day if day > start else None


def _started_later(key: str, plan: Plan, day: date) -> MovedClient:
    after = start_at(plan, day)
    if not isinstance(after, Plan):
        problem = msgid("'{value}' has no schedule if it starts on {day}")
        raise refused(LATER, problem, msgid("Name an earlier day"), value=shortened(key), day=day.isoformat())
    return moved_client(key, plan, after)
