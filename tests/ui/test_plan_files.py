"""Scenario files, examples and the baseline: what is put in place, and what is refused without a loss."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.approval import Says
from tests.portions import values
from tests.ui.meeting import texts
from tests.ui.screen import Screen, said
from tests.words import ENGLISH
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import (
    SCHEMA_VERSION,
)
from zt_planner.files.formats import CSV_FILE
from zt_planner.files.json_text import LARGEST_FILE_BYTES
from zt_planner.files.scenario_json import scenario_bytes, scenario_from, with_values
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.ui.components.files import plan_files
from zt_planner.ui.state.tab import TAB, BrowserTab
from zt_planner.workspace.plans import Plans

REFUSED = {
    "cut off": (b'{"company":', "scenario.json: it is not JSON"),
    "empty": (b"", "scenario.json: the file is empty"),
    "not text": (b"\xff\xfe\x00\x01", "scenario.json: "),
    "a picture": (b"\x89PNG\r\n\x1a\n", "scenario.json: it is a picture. Choose a scenario; on the “Share” page"),
    "a table": (b"id,amount\r\n", "scenario.json: it is not a scenario. Choose a scenario; on the “Share” page"),
    "a list": (b"[1, 2]", "scenario.json: it holds"),
    "unknown field": (b'{"company": {"emploies": 60}}', "company.emploies: 'emploies' is not a field"),
    "wrong type": (b'{"company": {"employees": "60"}}', 'company.employees: "60" is not a whole number'),
    "out of bounds": (b'{"timeline": {"target_months": 61}}', "timeline.target_months: 61 is too high"),
    "related field": (b'{"company": {"employees": 60, "frontline": 60}}', "company.frontline: 60 is not between"),
    "unknown licence": (
        b'{"company": {"owned_licences": [{"licence": "nothing"}]}}',
        "company.owned_licences.0.licence: ",
    ),
    "unknown price": (b'{"prices": {"overrides": {"nothing": 5}}}', "prices.overrides.nothing: "),
    "later version": (f'{{"schema_version": {SCHEMA_VERSION + 1}}}'.encode(), "schema_version: "),
    "too long a name": (json.dumps({"company": {"name": "x" * 81}}).encode(), "company.name: "),
}


@pytest.mark.extended
def test_a_file_is_loaded_and_becomes_the_baseline(screen: Screen) -> None:
    screen.load(b'{"company": {"employees": 77, "frontline": 3, "name": "A & B"}}')
    assert (screen.scenario.company.employees, screen.scenario.company.frontline) == (77, 3)
    assert any(text.startswith("A & B · ") for text in screen.captions)
    assert {delta for _, delta in screen.figures.values()} == {""}
    assert not screen.state.is_example
    assert screen.shows("company.employees:slider") == 77


@pytest.mark.extended
def test_who_loads_without_a_file_is_told_to_choose_one(screen: Screen, says: Says) -> None:
    screen.run().unfold("menu:file").press("FormSubmitter:load")
    says(screen.errors)
    screen.load(b'{"company": {"employees": 77}}')
    assert not screen.errors
    assert screen.scenario.company.employees == 77


@pytest.mark.extended
@pytest.mark.parametrize(
    ("content", "message"), values(REFUSED, "cut off", "a picture", "out of bounds", "later version")
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_lost(
    screen: Screen, content: bytes, message: str
) -> None:
    screen.run().move("company.employees:slider", 200)
    before = screen.state
    screen.load(content)
    assert any(error.startswith(message) for error in screen.errors), screen.errors
    assert screen.state == before
    refused = screen.errors
    assert screen.run().errors == refused  # while the file stands there
    screen.load(b"{}")
    assert not screen.errors


def test_every_faulty_field_is_named_at_once(screen: Screen) -> None:
    screen.load(b'{"company": {"employees": 0, "sites": 0}, "finance": {"contingency": 2}}')
    assert [error.partition(":")[0] for error in screen.errors] == [
        "company.employees",
        "company.sites",
        "finance.contingency",
    ]


@pytest.mark.extended
def test_what_was_saved_loads_again(screen: Screen) -> None:
    screen.run().move("company.employees:slider", 200).move("choices.hardware_reuse:slider", 35)
    saved, before = scenario_bytes(screen.scenario), screen.scenario
    screen.move("company.employees:slider", 60)
    assert screen.load(saved).scenario == before


def test_the_menu_saves_and_downloads(screen: Screen) -> None:
    screen.unfold("menu:file", "menu:download")
    labels = [said(button.proto.label) for button in screen.app.get("download_button")]
    tables = ["Tasks", "Cost lines", "Budget by month", "Stages"]
    assert labels == [
        "Save the scenario",
        "All tables",
        *tables,
        "What can be left out",
        "Applied controls (CISO Assistant)",
        "Questions to fill in",
    ]


def test_the_field_for_a_scenario_offers_as_much_as_is_read(screen: Screen) -> None:
    (field,) = screen.unfold("menu:file").app.get("file_uploader")
    assert field.proto.max_upload_size_mb * 1_000_000 == LARGEST_FILE_BYTES


def test_tables_are_written_without_a_simulation(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, state = bootstrap.workspace(), screen.run().state
    monkeypatch.setattr(Plans, "simulation", lambda *_: pytest.fail("nothing is drawn for tables"))
    tasks = plan_files.csv_file("tasks.csv", Dialect.RFC4180, ENGLISH, workspace, state)
    packed = plan_files.csv_file(CSV_FILE, Dialect.RFC4180, ENGLISH, workspace, state)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert tasks in [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize("example", bootstrap.examples(), ids=lambda example: example.file)
@pytest.mark.extended
def test_an_example_takes_the_place_of_a_plan_once_that_is_confirmed(
    screen: Screen, example: bootstrap.Example
) -> None:
    mine = screen.run().move("company.employees:slider", 77).unfold("menu:file").scenario
    screen.press(f"example:{example.file}")
    assert screen.scenario == mine
    assert any(f"“{example.name}” replaces your plan" in text for text in texts(screen))
    screen.press("show_example")
    assert screen.scenario == scenario_from(example.content, today=bootstrap.today())
    assert screen.state.is_example
    assert {delta for _, delta in screen.figures.values()} == {""}


@pytest.mark.extended
def test_an_example_takes_the_place_of_another_one_at_once_and_the_menu_closes(screen: Screen) -> None:
    smallest, *_ = bootstrap.examples()
    screen.unfold("menu:file").press(f"example:{smallest.file}")
    assert screen.scenario == scenario_from(smallest.content, today=bootstrap.today())
    assert not screen.app.session_state["menu:file"]


@pytest.mark.extended
def test_an_example_in_place_of_a_plan_is_undone(screen: Screen) -> None:
    smallest, *_ = bootstrap.examples()
    mine = screen.run().move("company.employees:slider", 77).unfold("menu:file").scenario
    screen.press(f"example:{smallest.file}").press("show_example")
    assert screen.scenario != mine
    assert screen.press("step:undo").scenario == mine


@pytest.mark.extended
def test_what_is_wrong_with_a_file_is_said_in_the_menu(screen: Screen) -> None:
    screen.load(b'{"company": {"employees": 0}}')
    popover, _ = screen.app.get("popover")
    assert [said(error.value).partition(":")[0] for error in popover.error] == ["company.employees"]
    screen.load(b'{"company": {"employees": 60}}')
    assert not screen.errors
    assert not screen.app.session_state["menu:file"]


@pytest.mark.extended
def test_an_example_has_its_name_in_the_language_of_the_reader() -> None:
    screen = Screen(LanguageCode.GERMAN, language="de").unfold("menu:file")
    smallest, *_ = bootstrap.examples()
    screen.press(f"example:{smallest.file}")
    assert screen.scenario.company.name == screen.language.say(smallest.name) != smallest.name
    assert any(text.startswith(f"{screen.scenario.company.name} · ") for text in screen.captions)
    english = scenario_from(smallest.content, today=bootstrap.today())
    assert screen.scenario == english.changed("company.name", screen.scenario.company.name)


@pytest.mark.extended
def test_a_first_plan_and_an_example_have_the_holidays_of_the_readers_language() -> None:
    first = {code: Screen(code, language=code).run().scenario.timeline.region for code in LanguageCode}
    assert first == {"en": "DE-NW", "de": "DE-NW", "fr": "FR", "es": "ES"}
    french = Screen(LanguageCode.FRENCH, language="fr").unfold("menu:file")
    assert french.state.is_example
    assert {delta for _, delta in french.figures.values()} == {""}
    smallest, lyon, *_ = bootstrap.examples()
    assert french.press(f"example:{smallest.file}").scenario.timeline.region == "FR"
    german = Screen(LanguageCode.GERMAN, language="de").unfold("menu:file")
    assert german.press(f"example:{lyon.file}").scenario.timeline.region == "FR"


def promised_budget(screen: Screen) -> int:
    """Return the thousands of euros that the first card promises, in euros."""
    return int("".join(filter(str.isdigit, screen.figures["Budget to get there"][0])))


def test_changes_are_shown_against_the_baseline_until_it_is_set_anew(screen: Screen) -> None:
    screen.run()
    example = promised_budget(screen)
    screen.move("company.employees:slider", 200)
    shown = promised_budget(screen) - example
    change = screen.language.signed_money(shown)
    assert screen.figures["Budget to get there"][1] == change
    screen.unfold("menu:variants").press("baseline")
    assert {delta for _, delta in screen.figures.values()} == {""}
    screen.move("company.employees:slider", 120)
    back = screen.language.signed_money(-shown)
    assert screen.figures["Budget to get there"][1] == back


def test_another_session_starts_with_the_example(screen: Screen) -> None:
    screen.run().move("company.employees:slider", 200)
    assert Screen().run().scenario.company.employees == 120


@pytest.mark.extended
def test_two_tabs_of_one_session_both_win(screen: Screen) -> None:
    screen.run()
    other = Screen()
    other.app.session_state[TAB] = BrowserTab(anonymous=screen.state.key)
    other.run().move("timeline.target_months:slider", 7)
    screen.move("company.employees:slider", 200)
    other.run()
    assert screen.scenario == other.scenario
    assert (other.scenario.company.employees, other.scenario.timeline.target_months) == (200, 7)
    assert other.shows("company.employees:slider") == 200
    assert screen.shows("timeline.target_months:slider") == 7
    assert with_values(other.scenario, {}) == other.scenario
