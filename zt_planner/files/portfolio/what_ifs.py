"""What-ifs over the plans of a portfolio: which plans they are about, what is asked of them, and the files of it.

Laws: the plans are those whose rows the tables have; what is asked of a client that there is not is refused with its
remedy; files of what is no longer asked are removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from zt_planner.engine.plan import Plan
from zt_planner.engine.portfolio.joint import JointDraws, joint_draws
from zt_planner.engine.portfolio.levelling import LevelledPortfolio, MovedClient, level_clients, moved_client, start_at
from zt_planner.errors import FieldProblem, PlannerError, ScenarioError, msgid
from zt_planner.files.portfolio.names import CHANGES, CHOSEN, MONTHS, MOVES, SUMS, WEEKS, WHAT_IFS
from zt_planner.files.portfolio.processes import Processes
from zt_planner.files.portfolio.reading import (
    ClientFile,
    Failure,
    Identity,
    PlanSettings,
    found_in,
    identities,
    plan_of,
    scenario_in,
)
from zt_planner.files.portfolio.running import PortfolioRun, Progress, killed_twice
from zt_planner.files.portfolio.writing import Portfolio, write_whole, written_to
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
    left_out_blocks,
    levelled_blocks,
    sums_of,
    weeks_of,
)
from zt_planner.topics.table import Column

PLANNED_AT_ONCE = 20
"""Clients of which a process hands back the plans together: they share prices and tasks."""
MOST_WEEKS_LATER = 520
MOST_ALIKE = 3
"""Clients that are offered for a name that none has."""
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
    """The answers to what was asked; `left_out` have no schedule, so that the cap and the draws are without them."""

    changed: Comparison | None = None
    later: tuple[MovedClient, ...] = ()
    levelled: LevelledPortfolio | None = None
    joint: JointDraws | None = None
    left_out: tuple[str, ...] = ()

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
        yield from left_out_blocks(self.left_out)

    def files(self, dialect: Dialect) -> dict[str, bytes]:
        """Return the tables, by the names of their files."""
        tables: dict[str, tuple[Sequence[Column[Any]], Sequence[Any]]] = {}
        if self.changed is not None:
            tables[CHANGES] = CHANGE_COLUMNS, self.changed.clients
        if self.later:
            tables[CHOSEN] = MOVE_COLUMNS, self.later
        if self.levelled is not None:
            tables[MOVES] = MOVE_COLUMNS, self.levelled.clients
            tables[WEEKS] = WEEK_COLUMNS, weeks_of(self.levelled)
        if self.joint is not None:
            tables[SUMS] = SUM_COLUMNS, sums_of(self.joint)
            tables[MONTHS] = MONTH_COLUMNS, self.joint.by_month()
        return {name: _csv(columns, rows, dialect) for name, (columns, rows) in tables.items()}


def _csv(columns: Sequence[Column[Any]], rows: Sequence[Any], dialect: Dialect) -> bytes:
    cells = ([column.csv_cell(row) for column in columns] for row in rows)
    return csv_bytes([column.name for column in columns], cells, dialect)


def plans_of(
    files: Sequence[ClientFile], settings: PlanSettings, processes: int, progress: Progress
) -> dict[str, Plan]:
    """Return the plans of the clients that have a schedule, by their keys; few are planned in this process.

    With other settings than those of a run, some clients that it has counted may have none.
    """
    if len(files) <= PLANNED_AT_ONCE:
        return plans_in(files, settings)
    plans, done = dict[str, Plan](), 0
    parts = [files[first : first + PLANNED_AT_ONCE] for first in range(0, len(files), PLANNED_AT_ONCE)]
    with Processes(processes) as pool:
        for part, planned, _ in pool.each(partial(plans_in, settings=settings), parts):
            if planned is None:
                raise killed_twice(*part)
            plans |= planned
            done += len(part)
            progress(done, len(files))
    return dict(sorted(plans.items()))


def counted_in(folders: Sequence[Path], out: Path, run: PortfolioRun) -> tuple[ClientFile, ...]:
    """Return the files of the clients that a run has counted."""
    left = {key for key, *_ in (*run.twins, *run.failures)}
    return tuple(file for file in found_in(folders, out).files if file.key not in left)


def plans_in(files: Sequence[ClientFile], settings: PlanSettings) -> dict[str, Plan]:
    """Return the plans of the clients that have a schedule, by their keys: what one process does."""
    plans = {}
    for file in files:
        with suppress(PlannerError):
            plan = plan_of(scenario_in(file, settings), settings)
            if isinstance(plan, Plan):
                plans[file.key] = plan
    return plans


def answered(
    options: WhatIfOptions,
    plans: Mapping[str, Plan],
    filed: Mapping[str, Plan] | None = None,
    run: PortfolioRun | None = None,
) -> WhatIf:
    """Answer what is asked, one after the other: later starts, then the cap, then draws of what becomes of both.

    `filed` are the plans as the files say, where they are to be compared; `run` knows which clients were left out.
    """
    later_starts = [_start_of(text, plans, run) for text in options.later]
    _check_once([key for key, _ in later_starts])
    starts = dict(later_starts)
    first = [client_named(FIRST, name, plans, run) for name in options.first]
    stopped = () if run is None else tuple(left.key for left in run.stopped)
    left_out = stopped if options.is_joint or options.days_a_week is not None else ()
    changed = None if filed is None or not (filed or plans or stopped) else compared(filed, plans, stopped)
    if not plans:
        return WhatIf(changed, left_out=left_out)
    later = tuple(_started_later(key, plans[key], day) for key, day in starts.items())
    plans = {**plans, **{client.key: client.after for client in later}}
    levelled = None if options.days_a_week is None else level_clients(plans, options.days_a_week, first=first)
    if levelled is not None:
        plans = {client.key: client.after for client in levelled.clients}
    return WhatIf(changed, later, levelled, joint_draws(plans) if options.is_joint else None, left_out)


def write(answer: WhatIf, kept: Portfolio) -> tuple[str, ...]:
    """Write the tables of an answer, remove those of earlier ones, and return their names."""
    files = answer.files(kept.dialect)
    with written_to(kept.folder):
        for name in WHAT_IFS:
            if name in files:
                write_whole(kept.folder / name, files[name])
            else:
                (kept.folder / name).unlink(missing_ok=True)
    return tuple(files)


def refused(option: str, problem: str, remedy: str, **values: object) -> ScenarioError:
    """Return the error of an option."""
    return ScenarioError((FieldProblem(option, problem, remedy, values),))


def check_asked(options: WhatIfOptions, files: Sequence[ClientFile], settings: PlanSettings) -> None:
    """Refuse what can be seen to be wrong before anything is planned: clients without a file, and no time to start."""
    keys = {file.key: file for file in files}
    later = [_name_and_time(text)[0] for text in options.later]
    for option, names in ((LATER, later), (FIRST, options.first)):
        for name in names:
            if not _matches(name, keys):
                read = identities(files, settings)
                raise _no_such_client(option, name, {one.key: _company(one) for one in read})
    _check_once([_matches(name, keys)[0] for name in later if len(_matches(name, keys)) == 1])


def _company(read: Identity | Failure) -> str:
    return read.company if isinstance(read, Identity) else ""


def _check_once(keys: Sequence[str]) -> None:
    for key, number in Counter(keys).items():
        if number > 1:
            problem, remedy = msgid("'{value}' has two starts"), msgid("Give it one")
            raise refused(LATER, problem, remedy, value=shortened(key))


def _matches(name: str, keys: Collection[str]) -> list[str]:
    """Return the keys that a name may mean: the one that it is, or those that it is without their endings."""
    return [name] if name in keys else [key for key in keys if str(PurePosixPath(key).with_suffix("")) == name]


def client_named(option: str, name: str, plans: Mapping[str, Plan], run: PortfolioRun | None = None) -> str:
    """Return the key of the client that a name means: its key, or that without the ending where only one has it.

    Of a client that the run has left out, the reason is told.
    """
    matches = _matches(name, plans)
    if len(matches) == 1:
        return matches[0]
    if not matches and run is not None:
        twins = dict(run.twins)
        for key in _matches(name, twins):
            problem = msgid("'{value}' has the same content as {other} and is not counted")
            raise refused(option, problem, msgid("Name {other}"), value=shortened(key), other=shortened(twins[key]))
        for key in _matches(name, [key for key, *_ in (*run.failures, *run.stopped)]):
            problem, remedy = (
                msgid("'{value}' is not a client with a schedule"),
                msgid("Mend its plan, or leave it out"),
            )
            raise refused(option, problem, remedy, value=shortened(key))
    raise _no_such_client(option, name, {key: plan.scenario.company.name for key, plan in plans.items()})


def _no_such_client(option: str, name: str, companies: Mapping[str, str]) -> ScenarioError:
    """Return the error of a name that no client has, or several; `companies` are the clients' names by their keys."""
    close = _matches(name, companies) or _alike(name, companies)
    problem = msgid("there is no client '{value}'")
    remedy = msgid("Write the path of its file within the folder, as in {example}")
    if close:
        remedy = msgid("Did you mean {candidates}?")
    elif not companies:
        remedy = msgid("Name a folder with plans")
    values = {"candidates": Alternatives([*map(shortened, close)]), "example": "north/acme.json"}
    return refused(option, problem, remedy, value=shortened(name), **values)


def _alike(name: str, companies: Mapping[str, str]) -> list[str]:
    """Return the keys of at most three clients whose key, file or company is called alike."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, company in companies.items():
        path = PurePosixPath(key)
        for called in {key, str(path.with_suffix("")), path.stem, company}:
            keys[called.casefold()].append(key)
    close = get_close_matches(shortened(name).casefold(), keys, n=MOST_ALIKE)
    return list(dict.fromkeys(key for called in close for key in keys[called]))[:MOST_ALIKE]


def _name_and_time(text: str) -> tuple[str, str]:
    """Split text like `acme.json=6`; refuse one that says no time."""
    name, mark, when = text.rpartition("=")
    remedy = msgid("Write it as acme.json=6 or acme.json=2027-06-07")
    if not mark:
        raise refused(LATER, msgid("'{value}' is without weeks or a day"), remedy, value=shortened(text))
    if _day_of(when, date.min) is None:
        problem = msgid("'{value}' is no number of weeks from 1 to {most}, and no day")
        raise refused(LATER, problem, remedy, value=shortened(when), most=MOST_WEEKS_LATER)
    return name, when


def _start_of(text: str, plans: Mapping[str, Plan], run: PortfolioRun | None) -> tuple[str, date]:
    """Return the key of a client and its later start from text like `acme.json=6` or `acme.json=2027-06-07`."""
    name, when = _name_and_time(text)
    key = client_named(LATER, name, plans, run)
    plan = plans[key]
    if plan.scenario.status.is_under_way:
        problem, remedy = msgid("'{value}' is under way"), msgid("Leave it out: what has begun cannot start later")
        raise refused(LATER, problem, remedy, value=shortened(key))
    day = _day_of(when, plan.case.start)
    if day is None:
        problem, remedy = msgid("'{value}' is not after its start, {start}"), msgid("Name a later day")
        raise refused(LATER, problem, remedy, value=shortened(when), start=plan.case.start.isoformat())
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
