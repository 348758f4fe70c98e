"""Files that come back, for tests: what is read of them, how much, and what archives hold."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders import TODAY
from tests.handouts import AWKWARD, THERE
from tests.papers import SITUATIONS, any_situation, handout
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.incoming import Incoming
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan
from zt_planner.language import LanguageCode
from zt_planner.topics.view import AnyView
from zt_planner.workspace.incoming import OpenPlan, read_file

MEGABYTE = 1_000_000
BY_NAME = {"awkward": AWKWARD, "some is there": THERE}
HANDOUTS = (*SITUATIONS, *BY_NAME)


def given(name: str, code: LanguageCode = LanguageCode.ENGLISH) -> AnyView:
    return handout(Scenario.model_validate(BY_NAME[name]), code) if name in BY_NAME else any_situation(name, code)


def open_plan(plan: AnyPlan) -> OpenPlan:
    return OpenPlan(plan, price_book(), phase_model(), TODAY)


def read(content: bytes, plan: AnyPlan, file: str = "plan") -> Incoming:
    return read_file(content, file, open_plan(plan))


def rows_read(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the rows that are read of any table from now on."""
    rows: list[list[str]] = []
    reader = csv.reader

    def noted(*arguments: Any, **options: Any) -> Iterator[list[str]]:  # noqa: ANN401 - whatever `csv` takes
        for row in reader(*arguments, **options):
            rows.append(row)
            yield row

    monkeypatch.setattr(csv, "reader", noted)
    return rows


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
