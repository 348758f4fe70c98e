"""The page of scans: what is dropped is shown with a tick each, and taken over as one change that one press undoes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.scan_files import (
    PERSONAL,
    TENANT_INFO,
    assessment,
    assessment_test,
    every_file,
    json_file,
    maester,
    maester_test,
    sku,
    zip_file,
)
from tests.ui.meeting import Meeting
from tests.ui.scanned import apply, dropped, kept
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import EventKind, Rules
from zt_planner.engine.scans.effect import effect_of
from zt_planner.engine.scans.proposal import proposal_for
from zt_planner.files.scans import read_scans
from zt_planner.topics.sentence import promised_words
from zt_planner.topics.view import View
from zt_planner.workspace.runners.job_runner import Jobs

E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965"
ASSESSMENT = ("a.json", json_file(assessment(assessment_test(21796, "Passed"), assessment_test("21815", "Failed"))))
LICENCES = ("skus.json", json_file({"value": [sku("SPE_E3", E3, 90, 84), sku("LOOM_PREMIUM", "x" * 8, 5, 5)]}))


@pytest.fixture(autouse=True)
def _read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read where a page asks for it."""
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))


def lead(screen: Screen) -> str:
    """Return the sentence above the preview."""
    (found,) = (text for text in map(said, (each.value for each in screen.app.markdown)) if " tasks done" in text)
    return spaced(found).strip("*")


def spaced(text: str) -> str:
    """Return a text as it is read."""
    return plain(said(text))


def ticks(screen: Screen) -> dict[str, str]:
    """Return the keys of the ticks by the names of their lines."""
    keys = (tick.key or "" for tick in screen.app.checkbox)
    return {key.rpartition(":")[2]: key for key in keys if key.startswith("scan:")}


def promised_by(screen: Screen) -> str:
    """Return what the plan promises."""
    workspace, state = bootstrap.workspace(), screen.state
    view = workspace.plans.view(state.scenario, screen.language, shows_labour=state.sees_labour)
    assert isinstance(view, View)
    return spaced(screen.language.write(promised_words(view)))


def test_the_sentence_says_what_falls_away(screen: Screen) -> None:
    dropped(screen, ASSESSMENT)
    rules = bootstrap.scan_rules()
    proposal = proposal_for(screen.plan, read_scans([ASSESSMENT], rules).scans, rules)
    effect = effect_of(proposal, screen.plan.case)
    assert effect is not None
    assert lead(screen).startswith("3 of 44 tasks done, 2 in part: that saves EUR ")
    assert f"EUR {effect.money:,.0f}" in lead(screen)
    assert f"with the same team, {effect.weeks} weeks." in lead(screen)


def test_what_is_ticked_is_one_change_that_one_press_undoes(screen: Screen) -> None:
    before = dropped(screen, ASSESSMENT, LICENCES).scenario
    assert len(ticks(screen)) == 9
    screen.move(ticks(screen)["company.devices"], value=False)
    apply(screen)
    after = screen.scenario
    assert after.company.employees == 80
    assert after.company.devices == before.company.devices
    assert {task: edit.done for task, edit in after.tasks.edits.items()} == {
        "legacy_auth": 1,
        "mfa_pilot": 1,
        "mfa_rollout": Decimal("0.75"),
        "device_pilot": 1,
        "enrolment": Decimal("0.9"),
    }
    assert [(row.licence, row.seats) for row in after.company.owned_licences] == [("m365-e3", 90)]
    assert after.status.scans == {"licences": "unknown", "zta": "2026-05-19"}
    (event,) = bootstrap.workspace().events(screen.state)
    assert event.kind is EventKind.CHANGE
    assert not ticks(screen)
    screen.press("step:undo")
    assert screen.scenario == before
    assert [name for name, key in ticks(screen).items() if not screen.shows(key)] == ["company.devices"]
    assert len(ticks(screen)) == 9


def test_the_first_screen_says_what_was_before_until_that_is_undone(screen: Screen) -> None:
    promised, example = promised_by(screen.run()), screen.cards
    apply(dropped(screen, ASSESSMENT)).go("plan")
    (line,) = (text for text in map(spaced, screen.captions) if text.startswith("Imported from scans"))
    assert line.index(promised) < line.index(promised_by(screen))
    assert not screen.has("own")
    screen.press("step:undo")
    assert screen.has("own")
    assert screen.cards == example
    assert not [text for text in screen.captions if "Imported from scans" in text]


def test_nothing_ticked_is_nothing_to_take_over(screen: Screen) -> None:
    dropped(screen, ASSESSMENT)
    for key in ticks(screen).values():
        screen.set(key, value=False)
    screen.run()
    (button,) = (button for button in screen.app.button if button.key == "scan:apply")
    assert button.disabled
    assert lead(screen) == "0 of 44 tasks done."


def test_the_record_names_the_scan_and_its_day_and_not_its_file(screen: Screen) -> None:
    apply(dropped(screen, ("Ottilie Wanderstab.json", ASSESSMENT[1])))
    screen.go("record", "fold:decisions")
    text = spaced(" ".join(str(cell) for table in screen.tables for cell in table.values.ravel()))
    assert "Wanderstab" not in text
    assert "Imported from scans (Zero Trust Assessment of 19 May 2026): People 120 → 80" in text
    event = bootstrap.workspace().events(screen.state)[0]
    assert [change.after for change in event.changes if change.path.startswith("status.scans")] == ["2026-05-19"]


def test_an_unknown_licence_is_named_and_asked(screen: Screen) -> None:
    dropped(screen, LICENCES)
    (asked,) = (box for box in screen.app.selectbox if "LOOM_PREMIUM" in said(box.label))
    assert "company.owned_licences.m365-e5" not in ticks(screen)
    screen.move(asked.key or "", "m365-e5")
    assert "company.owned_licences.m365-e5" in ticks(screen)
    apply(screen)
    owned = {row.licence: row.seats for row in screen.scenario.company.owned_licences}
    assert owned == {"m365-e3": 90, "m365-e5": 5}


def test_a_contradiction_stands_side_by_side_and_sets_nothing(screen: Screen) -> None:
    said_open = json_file(maester(maester_test("MT.1009", "Failed"), maester_test("MT.1010", "Failed")))
    dropped(screen, ASSESSMENT, ("m.json", said_open))
    bold = [spaced(each.value) for each in screen.app.markdown if each.value.startswith("**")]
    assert "**Zero Trust Assessment of 19 May 2026**" in bold
    assert "**Maester of 30 April 2026**" in bold
    assert "tasks.edits.legacy_auth.done" not in ticks(screen)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(screen: Screen) -> None:
    dropped(screen, ASSESSMENT, ("cut.json", ASSESSMENT[1][:-9]), ("photo.png", b"\x89PNG\r\n\x1a\n"))
    assert [error.split(":")[0] for error in screen.errors] == ["cut.json", "photo.png"]
    assert lead(screen).startswith("3 of 44 tasks done")


def test_a_zip_is_read_and_what_is_no_scan_in_it_is_named(screen: Screen) -> None:
    dropped(screen, ("all.zip", zip_file({"a.json": ASSESSMENT[1], "notes.txt": b"hello"})))
    assert lead(screen).startswith("3 of 44 tasks done")
    assert any("notes.txt" in text for text in screen.captions)


def test_counts_that_do_not_fit_together_are_refused_until_one_has_no_tick(screen: Screen) -> None:
    info = {**TENANT_INFO, "TenantOverview": {"UserCount": 3, "DeviceCount": 100}}
    dropped(screen, ("a.json", json_file(assessment(assessment_test(21796, "Passed"), TenantInfo=info))))
    screen.move(ticks(screen)["company.employees"], value=True)
    assert "5 is not between 1 and 3" in " ".join(screen.errors)
    assert not screen.has("scan:apply")
    screen.move(ticks(screen)["company.admins"], value=False)
    assert not screen.errors
    assert apply(screen).scenario.company.employees == 3


def test_too_many_files_are_refused(screen: Screen) -> None:
    dropped(screen, *[(f"{number}.json", b"{}") for number in range(11)])
    assert screen.errors == ["At most 10 files at once. If you have more, put them into one ZIP file."]


def test_what_the_plan_has_already_is_not_proposed_again(screen: Screen) -> None:
    apply(dropped(screen, ASSESSMENT))
    dropped(screen, ASSESSMENT)
    assert not ticks(screen)
    assert not screen.has("scan:apply")


def test_a_viewer_and_a_locked_session_can_drop_nothing(meeting: Meeting) -> None:
    meeting.set_rules(Rules(is_locked=True))
    for screen in (meeting.viewer, meeting.owner):
        screen.go("scan")
        assert not [field for field in screen.app.file_uploader if field.key == "scans"]
        assert any("people who may change the plan" in text for text in screen.captions)


def test_what_is_changed_after_an_undo_is_not_taken_for_the_scan(screen: Screen) -> None:
    apply(dropped(screen, ASSESSMENT))
    screen.move("company.employees:slider", 81)
    assert ticks(screen).keys() == {"company.employees"}
    screen.press("step:undo").press("step:undo").move("company.employees:slider", 121)
    assert len(ticks(screen)) == 8


def test_the_second_scan_records_what_was_finished_and_no_start(screen: Screen) -> None:
    apply(dropped(screen, ASSESSMENT))
    workspace = bootstrap.workspace()
    workspace.change(screen.state, {"status.at": "2027-02-15"})
    tests = (assessment_test(21796, "Passed"), assessment_test("21815", "Passed"))
    later = json_file(assessment(*tests, ExecutedAt="2027-03-01T08:00:00Z"))
    dropped(screen, ("later.json", later))
    assert {"status.tasks.just_in_time.finished", "status.at"} <= ticks(screen).keys()
    assert any("the previous scan was on 19 May 2026" in spaced(text) for text in screen.captions)
    apply(screen)
    record = screen.scenario.status.record_of("just_in_time")
    assert (record.finished, record.started) == (screen.scenario.status.at, None)
    assert screen.scenario.status.scans == {"zta": "2027-03-01"}


def test_nothing_personal_is_kept_written_or_logged(
    screen: Screen, store_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    archive = ("Ottilie Wanderstab.zip", zip_file(dict(every_file())))
    apply(dropped(screen, archive, ("Ignaz Quellwasser.json", ASSESSMENT[1][:-9])))
    assert screen.scenario.status.scans
    for text in kept(screen, store_file, caplog.text):
        assert not [name for name in PERSONAL if name in text or name.encode().decode("latin-1") in text]


def read_from(*tests: Mapping[str, Any], **info: int) -> bytes:
    """Return an assessment of a company of so many people and devices."""
    return json_file(assessment(*tests, TenantInfo={**TENANT_INFO, "TenantOverview": info}))


def unticked(screen: Screen) -> set[str]:
    """Return the names of the lines without a tick."""
    return {name for name, key in ticks(screen).items() if not screen.shows(key)}


def test_a_count_far_from_the_plans_has_no_tick_and_stands_beside_the_button(screen: Screen) -> None:
    file = read_from(assessment_test(21796, "Passed"), UserCount=1250, DeviceCount=150)
    dropped(screen, ("a.json", file))
    assert unticked(screen) == {"company.employees"}
    (lines,) = (text for text in map(spaced, screen.captions) if "The plan today" in text)
    (counts,) = (text for text in map(spaced, screen.captions) if "becomes" in text)
    assert "Devices: 144 becomes 150" in counts
    assert "Not ticked: People: 1,250 counted, 120 in the plan today" in counts
    assert promised_by(screen) in lines
    screen.move(ticks(screen)["company.employees"], value=True)
    assert any("People: 120 becomes 1,250" in spaced(text) for text in screen.captions)
    assert apply(screen).scenario.company.employees == 1250


def test_a_line_stays_unticked_where_a_file_is_added(screen: Screen) -> None:
    dropped(screen, ASSESSMENT)
    screen.move(ticks(screen)["tasks.edits.mfa_rollout.done"], value=False)
    screen.app.file_uploader(key="scans").upload(*ASSESSMENT).upload(*LICENCES)
    screen.run()
    assert len(ticks(screen)) == 9
    assert unticked(screen) == {"tasks.edits.mfa_rollout.done"}


def test_the_proposal_and_its_ticks_are_kept_while_other_pages_are_looked_at(screen: Screen) -> None:
    dropped(screen, ASSESSMENT)
    screen.move(ticks(screen)["company.devices"], value=False)
    sentence = lead(screen)
    screen.go("roadmap").go("scan")
    assert not [file for file in screen.app.file_uploader if file.value]
    assert (lead(screen), unticked(screen)) == (sentence, {"company.devices"})
    after = apply(screen).scenario
    assert (after.company.employees, after.company.devices) == (80, None)


def test_what_was_read_goes_with_its_files(screen: Screen) -> None:
    dropped(screen, ASSESSMENT)
    (field,) = (field for field in screen.app.file_uploader if field.key == "scans")
    field.clear()
    screen.run()
    assert not ticks(screen)


def test_the_second_scan_says_what_is_new_and_what_is_open_again(screen: Screen) -> None:
    apply(dropped(screen, ASSESSMENT))
    tests = (assessment_test(21796, "Failed"), assessment_test("21815", "Passed"))
    dropped(screen, ("later.json", json_file(assessment(*tests, ExecutedAt="2026-09-01T08:00:00Z"))))
    assert any("1 newly done since 19 May 2026" in spaced(text) for text in screen.captions)
    (warning,) = (spaced(warning.value) for warning in screen.app.warning if "later scan" in warning.value)
    assert "Block legacy authentication" in warning
    assert "tasks.edits.legacy_auth.done" not in ticks(screen)
