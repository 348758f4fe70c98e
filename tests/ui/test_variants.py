"""Variants on the screen: tried, moved, undone, deleted by others, watched without day rates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

import pytest

from tests.approval import Says
from tests.office import opened
from tests.ui.colleagues import MDR, PEOPLE, UNDO, changes, colleague, rows, texts, try_variant
from tests.ui.meeting import Meeting, everything, joined
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.errors import CalculationStopped
from zt_planner.files.formats import CSV_FILE, Format
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.xlsx.sheets import FIRST_ROW
from zt_planner.ui.components.files.plan_files import csv_file, format_bytes
from zt_planner.workspace import State
from zt_planner.workspace.jobs import comparing


@pytest.mark.extended
def test_a_variant_is_tried_beside_the_plan_and_the_switch_says_which_one_moves(screen: Screen) -> None:
    screen.run()
    assert not screen.has("variant")
    try_variant(screen)
    assert (screen.state.shown, screen.shows("variant"), screen.widget("variant").options) == (
        "B",
        "B",
        ["A Plan", f"B {MDR}"],
    )
    screen.move(PEOPLE, 200)
    assert (screen.state.base.company.employees, screen.scenario.company.employees) == (120, 200)
    assert screen.app.query_params["variant"] == "B"
    screen.move("variant", "A")
    assert (screen.scenario.company.employees, screen.shows(PEOPLE)) == (120, 120)
    assert "variant" not in screen.app.query_params


@pytest.mark.extended
def test_an_address_shows_its_variant_and_one_that_is_no_variant_the_plan(screen: Screen) -> None:
    try_variant(screen.run()).move(PEOPLE, 200)
    for letter, people in (("B", 200), ("C", 120), ("<b>", 120)):
        other = joined(screen, Role.VIEWER, "")
        other.app.query_params["variant"] = letter
        assert other.run().scenario.company.employees == people
        assert ("variant" in other.app.query_params) is (people == 200)


@pytest.mark.extended
def test_a_record_of_variants_only_says_so(screen: Screen, says: Says) -> None:
    try_variant(screen.run())
    says(screen.go("record").answer)


@pytest.mark.extended
def test_a_variant_is_shown_against_the_plan(screen: Screen) -> None:
    try_variant(screen.run())
    assert "Variant B is still the same as the plan. Move a control to try something." in screen.captions
    screen.move(PEOPLE, 200)
    assert any(
        text.startswith("Against the plan (as planned): People 120 → 200: +EUR") for text in plainly(screen.captions)
    )
    assert "+EUR" in screen.figures["Budget to get there"][1]
    assert not screen.unfold("menu:variants").has("baseline")
    screen.press("why:promised_budget")
    assert any("In the plan it is EUR" in text for text in texts(screen))


@pytest.mark.extended
def test_what_is_done_to_a_variant_is_no_change_of_the_plan(screen: Screen) -> None:
    screen.run().move("timeline.target_months:slider", 8)
    try_variant(screen).move(PEOPLE, 200).move("variant", "A")
    (line,) = (text for text in plainly(screen.captions) if text.startswith("As planned: Finish in months 12 → 8"))
    assert "People" not in line
    assert screen.go("record").answer.startswith("1 change to the plan since ")


def plainly(found: list[str]) -> list[str]:
    """Return texts with plain spaces."""
    return [plain(text) for text in found]


@pytest.mark.extended
def test_what_is_done_to_variants_is_undone_and_stands_in_the_record(screen: Screen, says: Says) -> None:
    try_variant(screen.run()).move(PEOPLE, 200)
    says(plain(said(screen.widget(UNDO).help)))
    screen.unfold("menu:variants").press("variant:delete")
    assert (screen.state.shown, dict(screen.state.variants)) == ("A", {})
    screen.press(UNDO)
    assert screen.state.scenario_of("B").company.employees == 200
    screen.go("record", "fold:decisions")
    told = [row[1] for row in rows(screen)]
    assert told == [
        f"Variant B: made as {MDR}",
        "Variant B: People 120 → 200",
        f"Variant B: deleted, {MDR}",
        f"Undone: Variant B: made as {MDR}; People 120 → 200",
    ]


@pytest.mark.extended
def test_a_variant_becomes_the_plan_and_the_plan_so_far_that_variant(screen: Screen) -> None:
    try_variant(screen.run()).move(PEOPLE, 200)
    screen.unfold("menu:variants").press("variant:plan")
    assert (screen.state.shown, screen.scenario.company.employees) == ("A", 200)
    assert screen.state.scenario_of("B").company.employees == 120
    assert screen.state.variants["B"].name == "Plan before"


@pytest.mark.parametrize(("name", "why"), [("   ", "The name is empty"), ("x" * 80, "cannot be a name")])
def test_a_name_that_cannot_be_one_is_refused_beside_its_field(screen: Screen, name: str, why: str) -> None:
    try_variant(screen.run(), name)
    assert not screen.state.variants
    assert any(why in error for error in screen.errors)


@pytest.mark.extended
def test_a_variant_is_renamed(screen: Screen) -> None:
    try_variant(screen.run())
    screen.unfold("menu:variants")
    field = next(each.key for each in screen.app.text_input if each.key and each.key.startswith("variant_name:B"))
    screen.set(field, "With Okta")
    screen.press("FormSubmitter:variant_name:B")
    assert screen.state.variants["B"].name == "With Okta"
    assert screen.widget("variant").options == ["A Plan", "B With Okta"]


@pytest.mark.extended
def test_three_variants_leave_no_room_for_another(screen: Screen) -> None:
    screen.run()
    for name in ("one", "two", "three"):
        try_variant(screen, name)
    screen.unfold("menu:variants")
    assert not any((each.key or "").startswith("try:") for each in screen.app.text_input)
    assert any("at most 3 variants" in caption for caption in screen.captions)


@pytest.mark.extended
def test_somebody_elses_variant_appears_and_moves_nobodys_plan(screen: Screen) -> None:
    screen.run().move(PEOPLE, 180)
    workspace = bootstrap.workspace()
    other = workspace.edit(colleague(screen), partial(State.with_copy, source="", mark="new", name=MDR))
    screen.run()
    assert (screen.state.shown, screen.widget("variant").options) == ("A", ["A Plan", f"B {MDR}"])
    changes(other, timeline__target_months=7)
    assert screen.run().move("variant", "B").scenario.timeline.target_months in {7, 9}


@pytest.mark.extended
def test_a_viewer_switches_but_changes_no_variant_and_learns_no_day_rate(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    try_variant(owner.run()).move("labour.external_day_rate:slider", 1333)
    meeting.set_rules(Rules(hides_rates=True))
    viewer.run().move("variant", "B")
    assert viewer.state.shown == "B"
    assert not viewer.has("menu:variants")
    for page in ("plan", "budget", "prices", "record", "share"):
        sent = everything(viewer.go(page))
        assert "1333.0" not in sent, page
        assert "1,333" not in sent, page


@pytest.mark.extended
def test_who_follows_a_presenter_sees_the_variant_that_is_presented(meeting: Meeting) -> None:
    owner, editor, _ = meeting
    try_variant(owner.run()).move("present", value=True)
    assert editor.run().has("follow:stop")
    owner.move("variant", "A")
    owner.move("variant", "B")
    assert editor.run().state.shown == "B"
    owner.move("variant", "A")
    assert editor.run().run().state.shown == "A"


@pytest.mark.extended
def test_plans_that_differ_in_much_are_compared_in_the_background(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, says: Says
) -> None:
    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(bootstrap.workspace().jobs, "launch", waiting.append)
    try_variant(screen.run()).move(PEOPLE, 200).go("what_if")
    says([element.proto.text for element in screen.app.get("progress")])
    assert not screen.tables
    for run in waiting:
        run()
    assert screen.run().answer.startswith("With 80% confidence: B costs EUR")
    assert not screen.app.get("progress")


@pytest.mark.extended
def test_a_comparison_that_was_stopped_says_so_and_is_started_again_by_a_press(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, says: Says
) -> None:
    def stop(*_: object) -> None:
        raise CalculationStopped

    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    monkeypatch.setattr(bootstrap.workspace().jobs, "launch", lambda run: run())
    with monkeypatch.context() as patch:
        patch.setattr(comparing, "comparison_of", stop)
        try_variant(screen.run()).move(PEOPLE, 200).go("what_if")
        says(screen.run().errors)
    assert screen.press("compare:again").run().answer.startswith("With 80% confidence: B costs EUR")
    assert not screen.errors


@pytest.mark.extended
def test_files_hold_the_comparison_and_begin_with_the_plan_that_is_shown(screen: Screen) -> None:
    try_variant(screen.run()).move("choices.monitoring", "mdr")
    workspace, language = bootstrap.workspace(), screen.language
    book = opened(format_bytes(Format.XLSX, Dialect.RFC4180, language, workspace, screen.state))
    titles = [cell.value for cell in book["Comparison"][FIRST_ROW + 1]]
    assert titles[2:5] == [f"B  {MDR}", "A  Plan", "A against B"]
    packed = csv_file(CSV_FILE, Dialect.RFC4180, language, workspace, screen.state)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert all("-b-" in each for each in archive.namelist())
        (name,) = (each for each in archive.namelist() if each.endswith("comparison.csv"))
        header = archive.read(name).decode("utf-8-sig").splitlines()[0]
    assert header.startswith("figure,title,unit,b,a,a_minus_b")


@pytest.mark.extended
def test_the_plan_is_named_beside_its_variants(screen: Screen, says: Says) -> None:
    try_variant(screen.run()).move("variant", "A").unfold("menu:variants")
    field = next(each.key for each in screen.app.text_input if each.key and each.key.startswith("variant_name:A"))
    assert screen.shows(field) == "Plan"
    screen.set(field, "As decided in May")
    screen.press("FormSubmitter:variant_name:A")
    says(screen.widget("variant").options)
    screen.set("variant", "A")
    assert "A: As decided in May" in str(screen.go("what_if").component("table"))


@pytest.mark.extended
def test_the_reason_of_a_change_in_a_variant_lists_its_lines(screen: Screen) -> None:
    try_variant(screen.run()).move(PEOPLE, 200)
    screen.go("record", "fold:decisions").press("why:effect:1")
    assert not any("The lines are not listed" in text for text in (*texts(screen), *screen.captions))
    assert any("Licences" in str(table.to_numpy()) or "licence" in str(table.to_numpy()) for table in screen.tables)
