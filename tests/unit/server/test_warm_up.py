"""What the server loads before the first visitor comes, and how seldom it looks through all objects."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.types import Message

import zt_planner
from tests.builders import unstopped
from tests.unit.server.asgi import finished
from zt_planner import bootstrap, server
from zt_planner.resources import root
from zt_planner.server import background
from zt_planner.settings import variable
from zt_planner.workspace import plans
from zt_planner.workspace.keys import new_key

FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
theirs = set(sys.modules)
from zt_planner import server
from zt_planner.server import background
background.warm_up()
page = AppTest.from_file(str(server.DASHBOARD), default_timeout=60).run()
assert page.title[0].value.startswith("Zero Trust for 120 people"), page.exception
print(*sorted(set(sys.modules) - theirs))
"""
NEEDED = {
    *("zt_planner", "streamlit", "starlette", "uvicorn", "h11", "websockets", "prometheus_client", "cachetools"),
    *("pydantic", "pydantic_core", "pydantic_settings", "annotated_types", "typing_inspection", "dotenv"),
    *("sqlalchemy", "babel", "numpy", "cython_runtime", "holidays", "dateutil", "six", "packaging"),
}
"""The packages that the first page needs beside what Streamlit imports anyway. What only another page, a menu or a file
needs is imported there: all of it together doubled the start, and with pandas took 90 MB more."""
NEEDED_ELSEWHERE = (
    *("zt_planner.cli", "zt_planner.media.csv", "zt_planner.media.xlsx", "zt_planner.files.project"),
    *("zt_planner.workspace.incoming", "zt_planner.engine.goals", "zt_planner.engine.levelling.proposal"),
    "zt_planner.topics.explanations.registry",
)


@pytest.fixture
def warmed_up() -> Iterator[None]:
    """Warm up; give back what this changes for the whole process."""
    before = sys.getswitchinterval()
    background.warm_up()
    yield
    sys.setswitchinterval(before)
    gc.unfreeze()


class AtOnce:
    """A thread that does its work as soon as it is started, before whoever has started it goes on."""

    def __init__(self, target: Callable[[], None], **_: object) -> None:
        """Keep its work."""
        self.start = target


def test_pages_and_streams_share_one_workspace_however_soon_it_is_warmed_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there: list[int] = []

    async def test() -> None:
        async with server.lifespan(None):
            pass

    monkeypatch.setenv(variable("store"), str(tmp_path / "sessions.sqlite"))
    monkeypatch.setattr(server, "Thread", AtOnce)
    monkeypatch.setattr(background, "warm_up", lambda: there.append(bootstrap.workspace.cache_info().currsize))
    bootstrap.workspace.cache_clear()
    finished(test())
    bootstrap.workspace.cache_clear()
    assert there == [1], "two threads could make a workspace each"


def test_no_middleware_keeps_the_server_from_starting() -> None:
    messages, sent = iter(("lifespan.startup", "lifespan.shutdown")), list[str]()

    async def receive() -> Message:
        return {"type": next(messages)}

    async def send(message: Message) -> None:
        sent.append(message["type"])

    app = Starlette(middleware=list(server.MIDDLEWARE))
    finished(app({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_garbage_is_seldom_looked_for_among_all_objects() -> None:
    assert gc.get_threshold()[2] == zt_planner.WHOLE_SEARCHES_SELDOM


@pytest.mark.usefixtures("warmed_up")
def test_a_page_finds_what_was_computed_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(plans, "build_plan")
    monkeypatch.delattr(plans, "simulate")
    workspace = bootstrap.workspace()
    first = workspace.open(new_key())
    workspace.plans.simulation(unstopped(workspace.plan(first)))


@pytest.mark.usefixtures("warmed_up")
def test_what_sends_gets_its_turn_soon_once_everything_is_loaded() -> None:
    assert sys.getswitchinterval() == pytest.approx(background.SWITCH_SECONDS)


def test_the_first_page_imports_what_it_needs_and_nothing_for_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable("store"), str(tmp_path / "sessions.sqlite"))
    monkeypatch.setenv(variable("today"), "2026-11-06")
    ran = subprocess.run([sys.executable, "-c", FIRST_PAGE], cwd=root(), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    loaded = ran.stdout.split()
    packages = {name.partition(".")[0] for name in loaded if not name.startswith("_")}
    assert packages - sys.stdlib_module_names - NEEDED == set()
    assert [name for name in loaded if name.startswith(NEEDED_ELSEWHERE)] == []
    assert {name for name in loaded if name.startswith("holidays.countries.")} == {"holidays.countries.germany"}
    pages = {name for name in loaded if name.startswith("zt_planner.ui.pages.")}
    assert pages == {"zt_planner.ui.pages.plan"}
