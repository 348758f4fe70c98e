"""People who plan at the same time, as `many.py sessions` measures them: with a worker for their calculations, or not.

Each session has an editor and three viewers. The editor moves the slider now and then, which has a better order of the
tasks looked for; half of them ask once on the page What if what must be true for a day, which takes seconds of a
processor. All is the same on one process, on two, and on two with a worker, on one machine: an edit's 95th percentile,
the time from the press until the answer is drawn, and the processor seconds of the servers (a worker is one), of what
they have calculate, and of the database.
"""

from __future__ import annotations

import asyncio
import random
from itertools import chain
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import psutil

from benchmarks.live import another_number, meeting, p95, spent
from benchmarks.live_client import LivePage, closed
from benchmarks.live_servers import deployed, new_postgres
from zt_planner.ui.addresses import WHAT_IF

if TYPE_CHECKING:
    import argparse

    from tests.postgres import Postgres

DAY, QUESTION = "2027-06-30", "What must be true?"


class Processor(NamedTuple):
    """Processor seconds, by who takes them."""

    servers: float
    calculations: float
    database: float


class Measured(NamedTuple):
    """An edit's 95th percentile, the median until an answer is there, and all of the processor, in seconds."""

    edit: float
    answer: float
    processor: float


async def answered(page: LivePage) -> float:
    """Ask on the page What if, and go back; return the seconds from the press until the answer is drawn."""
    page.path, page.by = WHAT_IF, DAY
    await page.rerun()
    await page.offers(QUESTION)
    seconds = await page.press_for_job(QUESTION)
    page.path = page.by = ""
    await page.rerun()
    await page.drawn()
    return seconds


async def steps(number: int, page: LivePage, given: argparse.Namespace) -> tuple[list[float], list[float]]:
    """Take all steps of an editor; return what each edit and the answer took."""
    chance = random.Random(number)  # noqa: S311 - not a secret: the same on each deployment
    edits, answers = list[float](), list[float]()
    asks_at = chance.randrange(1, given.steps)  # after an edit: the first answer would be that of the warm-up
    for step in range(given.steps):
        await asyncio.sleep(chance.uniform(0, 2 * given.pause))
        if step == asks_at and number < given.questions:
            answers.append(await answered(page))
        else:
            edits.append(await page.edit(another_number(page, chance)))
    return edits, answers


def spent_by(servers: list[psutil.Process], postgres: Postgres) -> Processor:
    """Return what was taken so far."""
    database = psutil.Process(postgres.server.get_pid())
    calculating = list(chain.from_iterable(server.children(recursive=True) for server in servers))
    return Processor(spent(servers), spent(calculating), spent([database, *database.children(recursive=True)]))


async def on(what: str, number: int, postgres: Postgres, given: argparse.Namespace, *, has_worker: bool) -> Measured:
    """Have all sessions plan at the same time on so many processes, and say what that takes."""
    with deployed(number, postgres, has_worker=has_worker) as (addresses, servers, workspace):
        met = [await meeting(addresses, session, workspace) for session in range(given.sessions)]
        await asyncio.gather(*(answered(editor) for editor, *_ in met[:number]))  # loads what calculates
        before, began = spent_by(servers, postgres), perf_counter()
        taken = await asyncio.gather(*(steps(session, editor, given) for session, (editor, *_) in enumerate(met)))
        seconds, after = perf_counter() - began, spent_by(servers, postgres)
        await closed(list(chain.from_iterable(met)))
    edits, answers = (list(chain.from_iterable(each)) for each in zip(*taken, strict=True))
    processor = Processor(*(end - start for start, end in zip(before, after, strict=True)))
    result = Measured(p95(edits), median(answers), sum(processor))
    print(
        f"{what}, {seconds:.0f} s\n"
        f"    {len(edits)} edits, median {median(edits):.2f} s, 95th percentile {result.edit:.2f} s\n"
        f"    {len(answers)} answers, median {result.answer:.1f} s, the slowest {max(answers):.1f} s\n"
        f"    {result.processor:.0f} s of a processor: servers {processor.servers:.0f}, calculations"
        f" {processor.calculations:.0f}, database {processor.database:.0f}",
        flush=True,
    )
    return result


async def sessions(given: argparse.Namespace) -> None:
    """Measure each deployment, and print what a worker makes of it."""
    postgres = new_postgres()
    one = await on("one process", 1, postgres, given, has_worker=False)
    two = await on("two processes", 2, postgres, given, has_worker=False)
    with_worker = await on("two processes and a worker", 2, postgres, given, has_worker=True)
    for what, without in (("one process", one), ("two processes", two)):
        edit, answer, processor = (new / old for new, old in zip(with_worker, without, strict=True))
        print(
            f"two processes and a worker / {what}: an edit's 95th percentile {edit:.2f}, until an answer is there"
            f" {answer:.2f}, processor {processor:.2f}"
        )
