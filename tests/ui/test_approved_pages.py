"""Every page says what a person has approved, in every language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1.element_tree import Expander

from tests.approval import KNOWN_DATA, Approval, row_lines
from tests.english import leaves
from tests.scan_files import (
    TENANT_INFO,
    assessment,
    assessment_test,
    flow,
    json_file,
    known_rules,
    maester,
    maester_test,
    scuba_control,
    scubagear,
    sku,
    zip_file,
)
from tests.ui.meeting import FOLDS
from tests.ui.screen import Screen, frame_of, said
from zt_planner import bootstrap, catalog
from zt_planner.language import LanguageCode
from zt_planner.ui.addresses import PAGES
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.runners.job_runner import Jobs

SMALL = ":small["
"""Begins a line in small letters."""
SPOKEN = {"title", "header", "subheader", "markdown", "caption", "text", "error", "warning", "info", "success"}


@pytest.fixture
def _known_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program plan with prices and tasks that never change."""
    prices, tasks = catalog.load_price_book(KNOWN_DATA), catalog.load_phase_model(KNOWN_DATA)
    monkeypatch.setattr(bootstrap, "price_book", lambda: prices)
    monkeypatch.setattr(bootstrap, "phase_model", lambda: tasks)
    monkeypatch.setattr(bootstrap, "scan_rules", known_rules)
    monkeypatch.setattr("zt_planner.workspace.workspace.Plans", Plans)


@pytest.mark.usefixtures("_known_data")
@pytest.mark.parametrize("code", LanguageCode)
def test_the_pages(code: LanguageCode, approval: Approval) -> None:
    screen = Screen(code, language=code)
    screen.draw()  # without plans of shipped prices to compare with
    approval.check("pages", code, lines_of_pages(screen))


@pytest.mark.usefixtures("_known_data")
@pytest.mark.parametrize("code", LanguageCode)
def test_the_page_of_scans(code: LanguageCode, approval: Approval, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    screen = Screen(code, language=code)
    screen.draw()
    approval.check("pages", f"scan_{code}", lines_of_scans(screen))


def lines_of_scans(screen: Screen) -> Iterator[str]:
    """Yield what the page of scans says: empty, of several files, once they are taken over, and of a later scan.

    What the page says without files is not said again.
    """
    screen.go("scan")
    yield from (empty := list(filter(None, lines_on(screen))))

    def more() -> Iterator[str]:
        lines = (
            line.removeprefix(":small[").removesuffix("]") if ":small[" in line else line for line in lines_on(screen)
        )
        yield from (line for line in lines if line and line not in empty)

    first = json_file(assessment(assessment_test(21796, "Passed"), assessment_test("21815", "Failed"), IsDemo="true"))
    said_open = json_file(maester(maester_test("MT.1009", "Failed"), maester_test("MT.1010", "Failed")))
    gear = json_file(scubagear(scuba_control("MS.AAD.7.1v1", "Pass"), scuba_control("MS.AAD.7.2v1", "Fail")))
    known, unknown = sku("SPE_E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", 90, 84), sku("LOOM_PREMIUM", "0", 5, 5)
    files = {"a.json": first, "m.json": said_open, "gear.json": gear, "cut.json": first[:-9]}
    files |= {"all.zip": zip_file({"skus.json": json_file({"value": [known, unknown]}), "notes.txt": b"no scan"})}
    drop_alone(screen, files)
    yield from ("\n# Several files", *more())
    screen.press("scan:apply")
    yield from ("\n# Taken over", *more())
    bootstrap.workspace().change(screen.state, {"status.at": "2027-02-15"})
    methods = flow(("Users", "Single factor", 8), ("Users", "Phishable", 72))
    tests = (assessment_test(21796, "Passed"), assessment_test("21815", "Passed"))
    info = {**TENANT_INFO, "OverviewAuthMethodsAllUsers": methods}
    later = assessment(*tests, ExecutedAt="2027-03-01T08:00:00Z", TenantInfo=info)
    drop_alone(screen, {"later.json": json_file(later)})
    yield from ("\n# A later scan", *more())


def drop_alone(screen: Screen, files: dict[str, bytes]) -> None:
    """Drop files onto the page of scans, where no others are then; and open what would be set."""
    field = screen.app.file_uploader(key="scans")
    field.set_value([])
    for file, content in files.items():
        field.upload(file, content)
    screen.app.session_state["fold:scan_lines"] = True
    screen.draw()


def lines_of_pages(screen: Screen) -> Iterator[str]:
    """Yield what each page says with everything unfolded; what a page above has said is not said again."""
    seen: set[str] = set()
    for address, title in PAGES.items():
        yield f"\n# {screen.language.say(title)}"
        screen.go(address, *(f"fold:{fold}" for fold in FOLDS))
        for line in filter(None, lines_on(screen)):
            if line not in seen:
                yield line
            seen.add(line)


def lines_on(screen: Screen) -> Iterator[str]:
    """Yield what a page says, in the order in which it is read."""
    for node in screen.app._tree:  # noqa: SLF001 - a page in its order
        if isinstance(node, Expander):
            yield f"> {said(node.label)}"
        elif node.type in SPOKEN:
            yield from said(str(getattr(node, "value", ""))).splitlines()
        elif node.type == "bidi_component":
            yield from component_lines(node.proto)
        elif label := getattr(getattr(node, "proto", None), "label", ""):
            yield f"[{said(label)}]"


def component_lines(proto: Any) -> Iterator[str]:  # noqa: ANN401 - a message of Streamlit's
    """Yield what a component of ours shows."""
    data = json.loads(proto.json)
    match proto.component_name.removeprefix("zt_planner_"):
        case "cards":
            yield from (" | ".join(leaves([card["title"], card["value"], card["notes"]])) for card in data["cards"])
        case "table":
            table = frame_of(data)
            yield from row_lines(list(table.columns), table.values.tolist())
        case "live" | "day":  # a name of a state, and a picker beside a field
            return
        case _:
            yield data.get("alt") or " | ".join(each for each in leaves(data) if " " in each)
