"""Whatever a file holds or lacks, it is read or refused, and what was read can be proposed and written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.scan_files import every_file, json_file, known_rules, read
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.scans.edit import edits_of
from zt_planner.engine.scans.proposal import proposal_of
from zt_planner.errors import FileProblem
from zt_planner.files.scan_json import scan_bytes

FILES = dict(every_file())
JSON = {name: content for name, content in FILES.items() if name.endswith(".json")}
JOINED = {"score.json": "profiles.json", "profiles.json": "score.json"}
"""Files that are read together."""
ODD = st.sampled_from(
    [
        None,
        True,
        -1,
        1.5,
        1e-5,
        10**30,
        float("inf"),
        "",
        "x" * 500,
        "\x00\u202e",
        [],
        {},
        [[None]],
        {"a": [1]},
        "2026-13-45",
    ]
).map(deepcopy)


def accept_or_refuse(name: str, content: bytes, phase_model: PhaseModel, price_book: PriceBook) -> None:
    """Read a file and go on as the command does."""
    try:
        scans = read(content, *([FILES[JOINED[name]]] if name in JOINED else [])).scans
    except FileProblem:
        return
    proposal = proposal_of(scans, known_rules(), phase_model, price_book)
    assert json.loads(scan_bytes(proposal))["tasks"]
    edits_of(proposal, Scenario())


def places(data: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    """Yield each object and list with each of its keys."""
    keys = list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield data, key
        yield from places(data[key])


@given(name=st.sampled_from(sorted(JSON)), where=st.lists(st.integers(0, 9999), min_size=1, max_size=4), data=st.data())
def test_changed_missing_and_repeated_values_are_read_or_refused(
    name: str, where: list[int], data: st.DataObject, phase_model: PhaseModel, price_book: PriceBook
) -> None:
    changed = json.loads(JSON[name].decode("utf-8-sig"))
    for number in where:
        every = list(places(changed))
        if every:
            whole, key = every[number % len(every)]
            match data.draw(st.sampled_from(["change", "remove", "repeat"])):
                case "remove":
                    del whole[key]
                case "repeat" if isinstance(whole, list):
                    whole.append(deepcopy(whole[key]))
                case _:
                    whole[key] = data.draw(ODD)
    accept_or_refuse(name, json_file(changed), phase_model, price_book)


@given(
    name=st.sampled_from(sorted(FILES)),
    cuts=st.lists(st.tuples(st.integers(0, 99_999), st.integers(0, 20), st.binary(max_size=4)), max_size=6),
)
def test_any_bytes_are_read_or_refused(
    name: str, cuts: list[tuple[int, int, bytes]], phase_model: PhaseModel, price_book: PriceBook
) -> None:
    content = FILES[name]
    for where, length, instead in cuts:
        start = where % (len(content) + 1)
        content = content[:start] + instead + content[start + length :]
    accept_or_refuse(name, content, phase_model, price_book)
