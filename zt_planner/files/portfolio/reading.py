"""The plans of a portfolio: which files there are, and what each of them holds.

Decides which files are plans, by their endings, and what a client's key is: the file's path within the folder that was
named, with the folder's name before it where several are. Laws: no two clients have one key, whatever system the
folder lies on; a file that cannot be read is a failure with its reason, and stops no other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import FieldProblem, FileProblem, Place, PlannerError, ScenarioError, msgid
from zt_planner.files.imports.catalogue import catalogue_in
from zt_planner.files.plan_file import LARGEST_PLAN_BYTES, scenario_of_file
from zt_planner.files.scenario_json import with_settings, with_values
from zt_planner.gaps import shortened
from zt_planner.topics.portfolio.rows import Client

ENDINGS = frozenset({".json", ".ztplan"})
"""Of the files that are plans; any other is left out, and counted."""


class ClientFile(NamedTuple):
    """A client's key, and where its file lies."""

    key: str
    path: str

    @property
    def client(self) -> Client:
        """The client of the file."""
        return Client(self.key, readable(Path(self.path).stem))


class Failure(NamedTuple):
    """A client whose plan could not be read or made, and why."""

    key: str
    error: PlannerError


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a portfolio by their keys, how many others there are, and what could not be looked at."""

    files: tuple[ClientFile, ...]
    others: int
    failures: tuple[Failure, ...]


def unusable_folder(folder: Path, problem: str, remedy: str, **values: object) -> ScenarioError:
    """Return the error of a folder that was named."""
    return ScenarioError((FieldProblem(shortened(str(folder), 200), problem, remedy, values),))


def found_in(folders: Sequence[Path], out: Path) -> Found:
    """Find the plans in some folders, and in those within them; what lies in `out` is none."""
    check_folders(folders, out)
    files: list[ClientFile] = []
    failures: list[Failure] = []
    others = 0
    for folder in folders:
        prefix = f"{folder.resolve().name}/" if len(folders) > 1 else ""
        for path in paths_in(folder, out.resolve(), failures):
            key = readable(prefix + path.relative_to(folder).as_posix())
            if path.suffix.lower() in ENDINGS:
                files.append(ClientFile(key, str(path)))
            else:
                others += 1
    return Found(tuple(sorted(files)), others, tuple(failures))


def readable(name: str) -> str:
    """Return a name as text that can be written: bytes that are none are shown by their numbers."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def check_folders(folders: Sequence[Path], out: Path) -> None:
    """Refuse what is no folder, two folders of one name, one within another, and results among the plans."""
    named: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            problem = msgid("it is not a folder") if folder.exists() else msgid("there is no such folder")
            raise unusable_folder(folder, problem, msgid("Name a folder with plans"))
        whole = folder.resolve()
        if whole == out.resolve():
            raise unusable_folder(out, msgid("the plans lie in it"), msgid("Name another folder for the results"))
        for other in named.values():
            if whole.is_relative_to(other) or other.is_relative_to(whole):
                problem = msgid("it is within '{value}', or the other way round")
                raise unusable_folder(folder, problem, msgid("Name only one of them"), value=shortened(str(other)))
        if whole.name in named:
            problem = msgid("another folder has the name '{value}', too")
            raise unusable_folder(folder, problem, msgid("Rename one of them"), value=shortened(whole.name))
        named[whole.name] = whole


def paths_in(folder: Path, out: Path, failures: list[Failure]) -> Iterator[Path]:
    """Yield the files of a folder and of those within it; what cannot be listed becomes a failure."""

    def failed(error: OSError) -> None:
        place = Path(error.filename or folder)
        failures.append(Failure(readable(place.as_posix()), unreadable(place, error)))

    for parent, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if Path(parent, name).resolve() != out)
        yield from (Path(parent, name) for name in sorted(names))


def unreadable(path: Path, error: OSError) -> FileProblem:
    """Return the error of a file that the system does not let be read."""
    problem, remedy = msgid("the file cannot be read: {reason}"), msgid("Check the file and who may read it")
    return FileProblem(Place(shortened(path.name)), problem, remedy, reason=error.strerror or str(error))


def content_of(path: str) -> bytes:
    """Return what a file holds, as far as a plan can be long; raise FileProblem where the system refuses."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_PLAN_BYTES + 1)
    except OSError as error:
        raise unreadable(Path(path), error) from None


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """How every client is planned: with which data and catalogue, as of which day, with which settings."""

    data: str
    today: date
    settings: tuple[str, ...] = ()
    catalogue: str | None = None


class Data(NamedTuple):
    """What plans are made with."""

    book: PriceBook
    model: PhaseModel
    catalogue: Catalogue | None


@lru_cache(maxsize=1)
def data_of(settings: PlanSettings) -> Data:
    """Read prices, tasks and catalogue, once a process."""
    book, model = load_price_book(Path(settings.data)), load_phase_model(Path(settings.data))
    given = settings.catalogue
    return Data(book, model, None if given is None else catalogue_in(Path(given), book, model))


def scenario_in(file: ClientFile, settings: PlanSettings) -> Scenario:
    """Return the scenario of a client's file, as it is written there."""
    data = data_of(settings)
    return scenario_of_file(content_of(file.path), Path(file.path).name, data.book, data.model)


def case_with(scenario: Scenario, settings: PlanSettings) -> Case:
    """Return the case of a client's scenario, with the catalogue and the settings that hold for all."""
    data = data_of(settings)
    if data.catalogue is not None:
        scenario = with_values(scenario, data.catalogue.edits(scenario, data.book, data.model))
    scenario = with_settings(scenario, settings.settings)
    return case_of(scenario, data.book, data.model, today=settings.today)


def plan_of(scenario: Scenario, settings: PlanSettings) -> AnyPlan:
    """Return the plan of a client's scenario, with the catalogue and the settings that hold for all."""
    return build_plan(case_with(scenario, settings))


def check_values(files: Iterable[ClientFile], settings: PlanSettings) -> None:
    """Raise ScenarioError where what is set for all is refused in an empty scenario and, for the same field, by each.

    What only some clients refuse, or only because of what they say themselves, is a failure of theirs.
    """
    refused = _refusal(Scenario(), settings)
    if refused is None:
        return
    paths = {problem.path for problem in refused.problems}
    for file in files:
        with suppress(PlannerError):  # one that cannot be read says nothing of the settings
            own = _refusal(scenario_in(file, settings), settings)
            if own is None or paths.isdisjoint(problem.path for problem in own.problems):
                return
    raise refused


def _refusal(scenario: Scenario, settings: PlanSettings) -> ScenarioError | None:
    try:
        case_with(scenario, settings)
    except ScenarioError as error:
        return error
    return None


class Identity(NamedTuple):
    """A client's key, the version of its scenario, by which its content is told from others, and the company's name."""

    key: str
    version: str
    company: str
    stem: str

    @property
    def name(self) -> str:
        """What the client is called: by its company, or by its file where that has no name."""
        return self.company or self.stem


def identities(files: Sequence[ClientFile], settings: PlanSettings) -> list[Identity | Failure]:
    """Read some files: which plans they hold, or why they are refused."""
    known: list[Identity | Failure] = []
    for file in files:
        try:
            scenario = scenario_in(file, settings)
        except PlannerError as error:
            known.append(Failure(file.key, error))
        else:
            known.append(Identity(file.key, scenario.version, scenario.company.name, file.client.stem))
    return known


def digest_of(*parts: bytes | str) -> str:
    """Return a digest of some parts, each told from the next."""
    whole = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big"))
        whole.update(content)
    return whole.hexdigest()


def digest_of_folder(folder: Path) -> str:
    """Return a digest of the files that lie in a folder itself, by name."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return digest_of(*(part for path in files for part in (path.name, path.read_bytes())))
