"""A portfolio from its folders to what is complete on disk: what is new or changed is planned, in several processes.

Laws: a client whose file, data and settings are as they were is not planned again; one content is counted once,
under the first of its keys; started again after it was killed, it goes on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from zt_planner import __version__
from zt_planner.domain.money import ZERO
from zt_planner.errors import FileProblem, Place, PlannerError, msgid
from zt_planner.files.portfolio.names import NOTES, READINGS
from zt_planner.files.portfolio.planning import BatchOrder, plan_batch
from zt_planner.files.portfolio.processes import Pool, Processes
from zt_planner.files.portfolio.reading import (
    ClientFile,
    Failure,
    Found,
    Identity,
    PlanSettings,
    check_values,
    content_of,
    data_of,
    digest_of,
    digest_of_folder,
    found_in,
    identities,
)
from zt_planner.files.portfolio.writing import FORMAT, Batch, Portfolio, json_line, layout, write_whole, written_to
from zt_planner.files.scenario_json import check_settings
from zt_planner.media.csv.dialects import csv_bytes
from zt_planner.topics.portfolio.rows import TABLES

READ_AT_ONCE = 200
"""Files that a process reads before it says what they hold."""


class Twin(NamedTuple):
    """A client that is not counted, as another one has the same content."""

    key: str
    counted: str


class Namesakes(NamedTuple):
    """Clients of one name and different contents: all are counted."""

    name: str
    keys: tuple[str, ...]


class Stopped(NamedTuple):
    """A client whose plan has no schedule, and the code of the finding that says why."""

    key: str
    code: str


@dataclass
class PortfolioRun:
    """What a run came to; `budget` is that of all introductions, `monthly` what follows, `lower_bounds` are clients."""

    clients: int = 0
    planned: int = 0
    others: int = 0
    second_tries: int = 0
    files: tuple[str, ...] = ()
    budget: Decimal = ZERO
    monthly: Decimal = ZERO
    lower_bounds: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: tuple[Stopped, ...] = ()
    twins: tuple[Twin, ...] = ()
    namesakes: tuple[Namesakes, ...] = ()

    @property
    def counted(self) -> int:
        """The clients that have rows."""
        return self.clients - len(self.twins) - len(self.failures)

    @property
    def unchanged(self) -> int:
        """The clients that did not have to be planned again."""
        return self.counted - self.planned

    def notes(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what is to be known of files: the client, what it is, the other client or the name, and the reason."""
        yield from ((failure.key, "failed", "", str(failure.error)) for failure in self.failures)
        yield from ((stopped.key, "no_schedule", "", stopped.code) for stopped in self.stopped)
        yield from ((twin.key, "same_content", twin.counted, "") for twin in self.twins)
        yield from ((key, "same_name", same.name, "") for same in self.namesakes for key in same.keys)


Progress = Callable[[int, int], None]
"""Told how many of how many clients are dealt with."""


def run_portfolio(
    folders: Sequence[Path], kept: Portfolio, settings: PlanSettings, processes: int | Pool, progress: Progress
) -> PortfolioRun:
    """Bring a portfolio up to the plans in some folders; raise PlannerError where nothing can be done."""
    data_of(settings)
    check_settings(settings.settings)
    found = found_in(folders, kept.folder)
    check_values(found.files, settings)
    with Processes(processes) if isinstance(processes, int) else processes as pool:
        return _Runner(kept, settings, pool, progress).brought_up_to(found)


@dataclass
class _Runner:
    """A run, and what it has come to so far."""

    kept: Portfolio
    settings: PlanSettings
    pool: Pool
    progress: Progress
    run: PortfolioRun = field(default_factory=PortfolioRun)

    def brought_up_to(self, found: Found) -> PortfolioRun:
        """Read and plan what has changed, and remove what is gone."""
        run = self.run
        run.clients, run.others = len(found.files), found.others
        run.failures += found.failures
        contents = dict(self._contents(found.files))
        known = self._identities([file for file in found.files if file.key in contents], contents)
        counted, run.twins = told_apart(known)
        run.namesakes = tuple(namesakes(counted.values()))
        made_with = digest_of_settings(self.settings)
        fingerprints = {key: digest_of(made_with, contents[key]) for key in counted}
        is_changed = self._plan({file.key: file for file in found.files}, fingerprints)
        kept, out = self.kept, self.kept.folder
        self._sum_up()
        names = [f"{table.name}.csv" for table in TABLES]
        if is_changed or kept.dialect.words is not None or not kept.has_csv():
            names = kept.write_csv()
        with written_to(out):
            rows = csv_bytes(("client", "note", "other", "reason"), run.notes(), kept.dialect)
            write_whole(out / NOTES, rows)
        run.files = (*names, NOTES)
        return run

    def _contents(self, files: Iterable[ClientFile]) -> Iterator[tuple[str, str]]:
        """Yield the digest of what each file holds, by its key."""
        for file in files:
            try:
                yield file.key, digest_of(content_of(file.path))
            except PlannerError as error:
                self.run.failures.append(Failure(file.key, error))

    def _identities(self, files: Sequence[ClientFile], contents: Mapping[str, str]) -> dict[str, Identity]:
        """Return what each file holds that can be read; a content that was read before is not read again."""
        known, cache = dict[str, Identity](), Readings(self.kept.folder, self.settings)
        unread = []
        for file in files:
            identity = cache.identity(file, contents[file.key])
            if identity is None:
                unread.append(file)
            else:
                known[file.key] = identity
        chunks = [tuple(unread[first : first + READ_AT_ONCE]) for first in range(0, len(unread), READ_AT_ONCE)]
        for done in self.pool.each(partial(identities, settings=self.settings), chunks):
            self.run.second_tries += done.is_second
            for one in self._all_failed(done.work) if done.result is None else done.result:
                if isinstance(one, Failure):
                    self.run.failures.append(one)
                else:
                    known[one.key] = one
        cache.write({contents[key]: identity for key, identity in known.items()})
        return dict(sorted(known.items()))

    def _plan(self, files: Mapping[str, ClientFile], fingerprints: Mapping[str, str]) -> bool:
        """Plan the batches in which something has changed and remove those that are not needed; tell if any was."""
        portfolio, run = self.kept, self.run
        there = portfolio.batches()
        batches = layout(fingerprints, there)
        orders = []
        for bits, keys in batches.items():
            order = order_of(bits, {key: fingerprints[key] for key in keys}, files, there)
            orders += [] if order is None else [order]
        left = sum(len(order.fingerprints) for order in orders)
        self.progress(len(fingerprints) - left, len(fingerprints))
        kept = set(batches)
        for done in self.pool.each(partial(plan_batch, settings=self.settings, out=str(portfolio.folder)), orders):
            run.second_tries += done.is_second
            if done.result is None:
                run.failures += self._all_failed(files[key] for key in done.work.fingerprints)
                kept.discard(done.work.bits)
            else:
                run.planned += done.result.planned
                run.failures += done.result.failures
            left -= len(done.work.fingerprints)
            self.progress(len(fingerprints) - left, len(fingerprints))
        portfolio.clear(kept)
        return bool(orders or there.keys() - kept)

    def _sum_up(self) -> None:
        """Add up the budgets of all clients, and note those without a schedule."""
        columns = ("client", "stopped_by", "is_lower_bound", "introduction_budget", "run_rate_monthly")
        for bits in self.kept.batches():
            for client, code, is_lower, budget, monthly in zip(
                *(column.to_pylist() for column in self.kept.rows("plans", bits, columns).columns), strict=True
            ):
                self.run.stopped += () if code is None else (Stopped(client, code),)
                self.run.lower_bounds += is_lower
                self.run.budget += budget or ZERO
                self.run.monthly += monthly or ZERO

    def _all_failed(self, files: Iterable[ClientFile]) -> list[Failure]:
        """Return the failures of clients whose process was killed twice."""
        return [Failure(file.key, killed_twice(file)) for file in files]


def killed_twice(*files: ClientFile) -> FileProblem:
    """Return the error of clients whose process was killed twice."""
    problem = msgid("the process that planned it was killed twice")
    remedy = msgid("Check the memory of the machine, or use fewer processes")
    return FileProblem(Place(", ".join(Path(file.path).name for file in files)), problem, remedy)


def order_of(
    bits: str, fingerprints: Mapping[str, str], files: Mapping[str, ClientFile], there: Mapping[str, Batch]
) -> BatchOrder | None:
    """Return what is to be done for a batch; None where it is there as it should be."""
    source = next((there[bits[:length]] for length in range(len(bits) + 1) if bits[:length] in there), None)
    known = {} if source is None else source.fingerprints
    if source is not None and source.bits == bits and known == fingerprints:
        return None
    kept = frozenset(key for key, mark in fingerprints.items() if known.get(key) == mark)
    to_plan = tuple(files[key] for key in fingerprints if key not in kept)
    return BatchOrder(bits, fingerprints, to_plan, source.bits if source is not None and kept else None, kept)


def told_apart(known: Mapping[str, Identity]) -> tuple[dict[str, Identity], tuple[Twin, ...]]:
    """Return the clients that are counted, and those with the same content as one of them."""
    first: dict[str, str] = {}
    for key, identity in known.items():
        first.setdefault(identity.version, key)
    twins = tuple(Twin(key, first[one.version]) for key, one in known.items() if first[one.version] != key)
    return {key: known[key] for key in first.values()}, twins


def namesakes(known: Iterable[Identity]) -> Iterator[Namesakes]:
    """Yield the names that several clients have."""
    keys: dict[str, list[str]] = defaultdict(list)
    for identity in known:
        keys[identity.name].append(identity.key)
    for name, same in keys.items():
        if len(same) > 1:
            yield Namesakes(name, tuple(same))


def digest_of_settings(settings: PlanSettings) -> str:
    """Return a digest of all that a client's rows follow from besides its file."""
    catalogue = ""
    if settings.catalogue is not None:
        path = Path(settings.catalogue)
        catalogue = digest_of_folder(path) if path.is_dir() else digest_of(path.read_bytes())
    data = digest_of_folder(Path(settings.data))
    return digest_of(str(FORMAT), __version__, data, settings.today.isoformat(), catalogue, *settings.settings)


class Readings:
    """What files held when they were last read, by the digests of their contents: a file beside the batches.

    It is forgotten with the data of the program: what a bundle keeps is what differs from them.
    """

    def __init__(self, out: Path, settings: PlanSettings) -> None:
        """Read what is there; what is damaged is forgotten."""
        self._out, self._known = out, dict[str, list[str]]()
        self._basis = digest_of(str(FORMAT), __version__, digest_of_folder(Path(settings.data)))
        with suppress(OSError, ValueError):
            kept = json.loads((out / READINGS).read_bytes())
            if kept["basis"] == self._basis:
                self._known = kept["readings"]

    def identity(self, file: ClientFile, content: str) -> Identity | None:
        """Return what a file holds; None where its content was not read before."""
        known = self._known.get(content)
        return None if known is None else Identity(file.key, known[0], known[1], file.client.stem)

    def write(self, identities: Mapping[str, Identity]) -> None:
        """Keep what files hold, and nothing of those that are gone."""
        readings = {content: [one.version, one.company] for content, one in identities.items()}
        if readings != self._known:
            with written_to(self._out):
                write_whole(self._out / READINGS, json_line({"basis": self._basis, "readings": readings}))
