"""The alerts and the dashboard ask for metrics that are there; Prometheus itself warns by them when it should."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client import REGISTRY

from tests.programs import program
from zt_planner.resources import root

FOLDER = root() / "deploy" / "monitoring"
OF_PROMETHEUS = {"up"}
SECONDS = 90
"""What Prometheus may take on the slowest machine; nothing waits for it."""
WELL = """\
zt_planner_store_up 1
zt_planner_store_errors_total 3
zt_planner_run_seconds_bucket{{le="0.1"}} {n}
zt_planner_run_seconds_bucket{{le="5.0"}} {n}
zt_planner_run_seconds_bucket{{le="+Inf"}} {n}
zt_planner_calculations{{stage="waiting"}} 2
zt_planner_calculations_failed_total 3
zt_planner_worker_places 4
process_resident_memory_bytes 4e8
"""
ILL = """\
zt_planner_store_up 0
zt_planner_store_errors_total {n}00
zt_planner_run_seconds_bucket{{le="0.1"}} 0
zt_planner_run_seconds_bucket{{le="5.0"}} {n}
zt_planner_run_seconds_bucket{{le="+Inf"}} {n}
zt_planner_calculations{{stage="waiting"}} 30
zt_planner_calculations_failed_total {n}00
zt_planner_worker_places 0
process_resident_memory_bytes 4e9
"""


@lru_cache
def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@lru_cache
def panels() -> list[dict[str, Any]]:
    """Return the pictures of the dashboard."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))["panels"]
    return found


def expressions() -> dict[str, str]:
    """Return each expression by where it stands."""
    alerts = {rule["alert"]: rule["expr"] for rule in rules()}
    shown = {f"{panel['title']} {it['refId']}": it["expr"] for panel in panels() for it in panel["targets"]}
    return alerts | shown


def names_in(expression: str) -> set[str]:
    """Return the metrics that an expression asks for; raise ValueError for one that cannot be read."""
    found: set[str] = set()

    def keep(node: promql_parser.Expr) -> bool:
        if isinstance(node, promql_parser.VectorSelector) and node.name:
            found.add(node.name)
        return True

    promql_parser.walk(promql_parser.parse(expression), keep)
    return found


def exported() -> set[str]:
    """Return the names of all that the program exports."""
    return {name for family in REGISTRY.collect() for name in (family.name, *(each.name for each in family.samples))}


@pytest.mark.parametrize("where", expressions())
def test_an_expression_asks_for_metrics_that_are_there(where: str) -> None:
    asked = names_in(expressions()[where])
    assert asked
    assert asked <= exported() | OF_PROMETHEUS


def test_every_metric_of_ours_is_shown() -> None:
    shown = {name for panel in panels() for it in panel["targets"] for name in names_in(it["expr"])}
    ours = {family.name for family in REGISTRY.collect() if family.name.startswith("zt_planner_")}
    assert {re.sub("_(total|bucket|count|sum)$", "", name) for name in shown} >= ours
    assert len(ours) >= 8


def test_every_alert_says_what_it_is_and_what_to_do() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in {"critical", "warning"}, rule
        assert rule["annotations"].keys() == {"summary", "description"}, rule
        assert "{{ $labels.instance }}" in rule["annotations"]["summary"], rule


def test_no_two_pictures_lie_on_each_other() -> None:
    cells = [
        (column, line)
        for place in (panel["gridPos"] for panel in panels())
        for column in range(place["x"], place["x"] + place["w"])
        for line in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert {column for column, _ in cells} == set(range(24))


class Listening:
    """An HTTP server on a port of its own, until it is closed."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        """Answer from now on."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()


class Quiet(BaseHTTPRequestHandler):
    """Answers without a log."""

    def answer(self, text: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def process(text: str) -> Listening:
    """Return what answers as a process of the planner does, with counters that rise from one answer to the next."""
    asked = count(1)

    class Metrics(Quiet):
        def do_GET(self) -> None:
            self.answer(text.format(n=next(asked)))

    return Listening(Metrics)


@pytest.fixture
def processes() -> Iterator[dict[str, str]]:
    """Return the addresses of a process that is well, one that is ill, and one that is gone."""
    well, ill, gone = process(WELL), process(ILL), process(WELL)
    gone.close()
    yield {"well": well.address, "ill": ill.address, "gone": gone.address}
    well.close()
    ill.close()


@pytest.fixture
def warnings() -> Iterator[tuple[str, Queue[tuple[str, str]]]]:
    """Return where Prometheus is to send its warnings, and those that came: which, and of which process."""
    came: Queue[tuple[str, str]] = Queue()

    class Alerts(Quiet):
        def do_POST(self) -> None:
            for alert in json.loads(self.rfile.read(int(self.headers["Content-Length"]))):
                came.put((alert["labels"]["alertname"], alert["labels"]["instance"]))
            self.answer()

    receiver = Listening(Alerts)
    yield receiver.address, came
    receiver.close()


def settings_for(folder: Path, processes: dict[str, str], receiver: str) -> Path:
    """Write our settings of Prometheus for these processes, in a hurry; but for their waits, rules are as shipped."""
    alerts = yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))
    for rule in (rule for group in alerts["groups"] for rule in group["rules"]):
        rule.pop("for", None)
    (folder / "alerts.yml").write_text(yaml.safe_dump(alerts), "utf-8")
    settings = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))
    (job,) = settings["scrape_configs"]
    del job["authorization"]
    job["static_configs"] = [{"targets": list(processes.values())}]
    settings["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    settings["alerting"] = {"alertmanagers": [{"static_configs": [{"targets": [receiver]}]}]}
    file = folder / "prometheus.yml"
    file.write_text(yaml.safe_dump(settings), "utf-8")
    return file


@pytest.mark.extended
def test_prometheus_warns_of_each_process_that_is_ill_and_of_no_other(
    tmp_path: Path, processes: dict[str, str], warnings: tuple[str, Queue[tuple[str, str]]]
) -> None:
    receiver, came = warnings
    settings = settings_for(tmp_path, processes, receiver)
    options = (
        f"--config.file={settings}",
        f"--storage.tsdb.path={tmp_path / 'data'}",
        "--web.listen-address=127.0.0.1:0",
    )
    expected = {(rule["alert"], processes["ill"]) for rule in rules() if rule["alert"] != "PlannerDown"}
    expected.add(("PlannerDown", processes["gone"]))
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen([program("prometheus"), *options], stdout=log, stderr=log)
    try:
        found: set[tuple[str, str]] = set()
        while found < expected:
            found.add(came.get(timeout=SECONDS))
        assert found == expected
    finally:
        server.terminate()
        server.wait(timeout=SECONDS)
