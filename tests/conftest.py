"""What every test can ask for: a fixed day, the shipped prices and tasks, a PostgreSQL server."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.approval import FOLDER, Approval, Says
from tests.builders import TODAY
from tests.postgres import Postgres
from zt_planner import catalog
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.resources import data_dir
from zt_planner.store import database

# No deadline: a slow machine is no defect. Continuous integration draws the same examples each time.
settings.register_profile(
    "brief",
    deadline=None,
    max_examples=2,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=bool(os.environ.get("CI")),
)
settings.register_profile(
    "laws",
    settings.get_profile("brief"),
    max_examples=50,
    phases=[phase for phase in Phase if phase not in {Phase.shrink, Phase.explain}],
)
settings.register_profile("thorough", settings.get_profile("brief"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "brief"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch of `make approve`."""
    parser.addoption("--approve", action="store_true", help="approve what documents say now (tests/approved)")


class FailuresAtOnce:
    """Prints a failure when it happens: a long run shows none before its end."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Print what failed, a law with its example."""
        if report.failed:
            self.terminal.write_sep("_", report.nodeid)
            self.terminal.write_line(report.longreprtext)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Print failures at once where several processes share a run, which takes long."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and config.getoption("numprocesses", None):
        config.pluginmanager.register(FailuresAtOnce(terminal))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make approve` runs."""
    for item in items:
        if not {"approval", "says"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("approved")


def pytest_collection_finish() -> None:
    """Leave what was imported, which stays, out of every later search for garbage: that takes a tenth of the tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _nobody_pulls_the_plug() -> Iterator[None]:
    """Have SQLite not wait for the disk: a commit that is only in the system's memory outlives every test."""
    set_up = database._set_up_sqlite  # noqa: SLF001 - what decides how safe a commit is

    def quick(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")  # to change the journal waits, too
        set_up(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_set_up_sqlite", quick)
        yield


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def price_book() -> PriceBook:
    """Return the shipped prices."""
    return catalog.load_price_book(data_dir())


@pytest.fixture(scope="session")
def phase_model() -> PhaseModel:
    """Return the shipped tasks and measures."""
    return catalog.load_phase_model(data_dir())


@pytest.fixture(scope="session")
def approval(pytestconfig: pytest.Config) -> Approval:
    """Return what approved texts are compared by, or approved."""
    return Approval(approves=pytestconfig.getoption("approve"))


@pytest.fixture
def says(request: pytest.FixtureRequest, approval: Approval) -> Iterator[Says]:
    """Return what the sentences of a test are compared by, or approved."""
    folder = ".".join(request.path.relative_to(FOLDER.parent).parent.parts)
    heading = f"{request.path.stem.removeprefix('test_')}: {request.node.name.removeprefix('test_').replace('_', ' ')}"
    said, failed = Says(approval, FOLDER / "sentences" / f"{folder}.txt", heading), request.session.testsfailed
    yield said
    if request.session.testsfailed == failed:
        said.finish()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a running server; a test that stops it starts it again."""
    server = Postgres()
    yield server
    server.end()
