"""The only place that picks a catalog, a clock and a store.

Everything below takes them as arguments; the environment moves them (`settings`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from zt_planner import catalog
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Rules
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.gaps import shortened
from zt_planner.language import Language
from zt_planner.resources import data_dir
from zt_planner.settings import FIRST_TODAY, LAST_TODAY, settings

if TYPE_CHECKING:
    from zt_planner.domain.data.interview import Interview
    from zt_planner.domain.data.scan_rules import ScanRules
    from zt_planner.store.calculations import Calculations
    from zt_planner.store.session_store import SessionStore
    from zt_planner.workspace import Workspace
    from zt_planner.workspace.downloads import Downloads
    from zt_planner.workspace.runners.queue_worker import QueueWorker, Seal
    from zt_planner.workspace.runners.worker import Worker


def price_book() -> PriceBook:
    """Return the shipped prices and exchange rates, read once."""
    return catalog.shipped_price_book()


def phase_model() -> PhaseModel:
    """Return the shipped tasks and measures, read once."""
    return catalog.shipped_phase_model()


@lru_cache
def scan_rules() -> ScanRules:
    """Return the shipped rules for scans, read once."""
    from zt_planner.catalog.shipped.scan_rules import load_scan_rules  # noqa: PLC0415 - paid only where one is read

    return load_scan_rules(data_dir(), phase_model().by_id, {price.id for price in price_book().prices})


@lru_cache
def interview() -> Interview:
    """Return the shipped questions about a company, read once they are asked."""
    from zt_planner.catalog.shipped.interview import load_interview  # noqa: PLC0415 - the first page asks nothing

    return load_interview(data_dir(), phase_model())


def today() -> date:
    """Return the day as of which plans are made."""
    return clock()()


def clock() -> Callable[[], date]:
    """Return the clock: a function that returns today, or the day that the environment names now."""
    named = settings().today
    return _today if named is None else lambda: named


def _today() -> date:
    return datetime.now().astimezone().date()


def day_from(text: str, path: str) -> date:
    """Read a day like 2027-01-04; raise ScenarioError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if FIRST_TODAY <= day <= LAST_TODAY:
        return day
    problem = msgid("'{value}' is not a day from {first} to {last}")
    values = {"value": shortened(text), "first": FIRST_TODAY, "last": LAST_TODAY}
    raise ScenarioError((FieldProblem(path, problem, msgid("Write the date as 2027-01-04"), values),))


def store_path() -> Path:
    """Return the file that keeps the sessions, by default in the user's data folder."""
    return settings().store or _user_data_dir() / "zt-planner" / "sessions.sqlite"


def downloads() -> Downloads:
    """Return the files that pages have offered, in the folder that the environment names or beside the sessions."""
    from zt_planner.workspace.downloads import MEGABYTE, Downloads  # noqa: PLC0415 - most commands offer no file

    given, sessions = settings(), store_path()
    folder = given.downloads or sessions.with_name(f"{sessions.name}-downloads")
    return Downloads(folder, given.download_megabytes * MEGABYTE)


def _user_data_dir() -> Path:
    """Return where this platform keeps a user's data."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


@dataclass(frozen=True, slots=True)
class Example:
    """A shipped example company: its name, its file's name and content."""

    name: str
    file: str
    content: bytes

    def content_in(self, language: Language) -> bytes:
        """Return the content with the company's name in a language, and with the holidays of that if it has none."""
        data = json.loads(self.content)
        data["company"]["name"] = language.say(self.name)
        data.setdefault("timeline", {}).setdefault("region", language.locale.region)
        return json.dumps(data).encode()


@lru_cache
def examples() -> tuple[Example, ...]:
    """Return the shipped example companies, the smallest first."""
    read = []
    for path in (data_dir() / "scenarios").glob("*.json"):
        content = path.read_bytes()
        scenario = parsed_scenario(content, file=path.name)
        read.append((scenario.company.employees, Example(scenario.company.name, path.name, content)))
    return tuple(example for _, example in sorted(read, key=lambda pair: (pair[0], pair[1].file)))


def store() -> SessionStore:
    """Return the store that the environment names."""
    from zt_planner.store.database import database_url  # noqa: PLC0415 - most commands need no database
    from zt_planner.store.session_store import SessionStore  # noqa: PLC0415 - as above

    given = settings()
    rules = Rules(days_kept=given.days_kept)
    if given.database_url is None:
        return SessionStore.in_file(store_path(), rules)
    url = database_url(given.database_url.get_secret_value())
    return SessionStore.at_url(url, rules, connections=given.database_connections)


@lru_cache
def workspace() -> Workspace:
    """Return a workspace on the shipped data, the store and the clock."""
    from zt_planner.workspace import Workspace  # noqa: PLC0415 - as above
    from zt_planner.workspace.runners.job_runner import Jobs  # noqa: PLC0415 - as above

    given, opened = settings(), store()
    made = Workspace(opened, price_book(), phase_model(), clock())
    made.session_limit.most = given.sessions_a_minute
    made.link_limit.most = given.link_requests_a_minute
    made.jobs = Jobs(given.calculations_at_once, given.calculations_waiting, worker(opened).run)
    return made


def worker(store: SessionStore) -> Worker | QueueWorker:
    """Return what does the work of jobs: a process of our own, or with a key for workers the queue of the store."""
    from zt_planner.workspace.runners.worker import Worker  # noqa: PLC0415 - as above

    queue = queue_of(store)
    if queue is None:
        return Worker()
    from zt_planner.workspace.runners.queue_worker import QueueWorker  # noqa: PLC0415 - as above

    return QueueWorker(*queue, Worker())


def queue_of(store: SessionStore) -> tuple[Calculations, Seal] | None:
    """Return a store's queue of calculations, and the seal of what is in it; None without a key for workers."""
    key = settings().worker_key
    if key is None:
        return None
    from zt_planner.store.calculations import Calculations  # noqa: PLC0415 - as above
    from zt_planner.workspace.runners.queue_worker import Seal  # noqa: PLC0415 - as above

    seal = Seal(key.get_secret_value())
    return Calculations(store.database, seal.queue), seal
