"""The plan as files on the page Share & export: out, all at once, and back with a look at what changes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime, tzinfo
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import plan_for, scenario
from tests.office import opened
from tests.papers import handout
from tests.ui.colleagues import UNDO
from tests.ui.downloads import caught
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from tests.words import ENGLISH, plain
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Rules
from zt_planner.engine.case import case_of
from zt_planner.files.formats import KINDS, Format, files_in, formats_of, one_file
from zt_planner.files.scenario_json import scenario_bytes
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect, dialect_names
from zt_planner.media.file_names import file_name
from zt_planner.topics.view import AnyView
from zt_planner.ui.components.files.plan_files import format_bytes
from zt_planner.workspace import plans
from zt_planner.workspace.jobs import all_formats
from zt_planner.workspace.runners.job_runner import Jobs


def buttons(screen: Screen) -> dict[str, str]:
    """Return the downloads by key: their labels."""
    return {button.proto.id.rpartition("-file")[2]: button.proto.label for button in screen.app.get("download_button")}


def screen_name(screen: Screen, file: str) -> str:
    """Return the name under which the plan of a page is saved."""
    return file_name(file, screen.plan, ENGLISH)


def brought(screen: Screen, content: bytes, name: str = "plan.json") -> Screen:
    """Bring a file to the page."""
    screen.app.file_uploader(key="incoming").upload(name, content)
    return screen.run()


class Clock:
    """A clock that stands: a calendar says when it was written."""

    @staticmethod
    def now(zone: tzinfo) -> datetime:
        """Return noon."""
        return datetime(2026, 11, 6, 12, tzinfo=zone)


def test_every_format_is_offered_with_a_name_and_a_purpose(screen: Screen) -> None:
    screen.go("share", "fold:formats")
    labels = [button.proto.label for button in screen.app.get("download_button")]
    formats = formats_of(handout(screen.scenario).plan)
    assert {KINDS[form].name for form in formats} <= set(labels)
    assert {KINDS[form].purpose for form in formats} <= set(screen.captions)
    assert KINDS[Format.STATUS].name not in labels


def test_it_is_said_that_a_catalogue_can_be_imported_and_what_of_it(screen: Screen) -> None:
    captions = screen.run().go("share").captions
    assert any("a catalogue (.zttemplate) with its prices, tasks, texts and look" in text for text in captions)


def test_a_status_report_is_offered_once_a_plan_is_under_way(screen: Screen) -> None:
    bootstrap.workspace().change(screen.go("share", "fold:formats").state, {"status.at": "2027-01-29"})
    labels = [button.proto.label for button in screen.run().app.get("download_button")]
    assert KINDS[Format.STATUS].name in labels


def test_it_is_said_before_a_press_which_language_files_for_excel_have(screen: Screen) -> None:
    assert any(
        "CSV files for Excel are in the language of that Excel" in text
        for text in screen.go("share", "fold:formats").captions
    )


@pytest.mark.extended
def test_a_reader_is_offered_the_form_of_their_own_excel() -> None:
    german = Screen(LanguageCode.GERMAN, language="de").go("share", "fold:formats")
    assert [*dialect_names(german.language)] == [Dialect("excel-de"), Dialect.RFC4180]
    assert german.shows("files:dialect") is Dialect("excel-de")
    assert "Excel (German)" in dialect_names(ENGLISH).values()
    german.language = ENGLISH
    german.move("language", LanguageCode.ENGLISH)
    assert german.shows("files:dialect") is Dialect("excel-de")


@pytest.mark.extended
def test_every_format_is_written_from_the_plan_that_its_reader_may_see(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "datetime", Clock)
    meeting.set_rules(Rules(hides_rates=True))
    viewer = meeting.viewer.go("share", "fold:formats")
    handed = bootstrap.workspace().plans.view(viewer.scenario, ENGLISH, shows_labour=False)
    assert not handed.plan.shows_labour
    for form in formats_of(handed.plan):
        content = format_bytes(form, Dialect.RFC4180, ENGLISH, bootstrap.workspace(), viewer.state)
        assert content == one_file(form, handed, Dialect.RFC4180), form


def test_everything_is_one_file_that_one_press_gives(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[Scenario, Dialect]] = []

    def everything(view: AnyView, dialect: Dialect) -> bytes:
        written.append((view.plan.scenario, dialect))
        return b"every file"

    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    monkeypatch.setattr(all_formats, "everything", everything)
    with caught() as files:
        screen.go("share", "fold:formats")
    assert files["Download all"]() == b"every file"
    assert written == [(screen.scenario, Dialect.RFC4180)]


@pytest.mark.extended
def test_a_file_is_looked_at_before_it_is_taken_over_and_can_be_undone(screen: Screen, says: Says) -> None:
    screen.go("share", "fold:formats")
    before = screen.scenario
    handed = handout(before)
    tasks = one_file(Format.CSV, handed, Dialect.RFC4180)
    with zipfile.ZipFile(io.BytesIO(tasks)) as archive:
        content = archive.read(screen_name(screen, "tasks.csv"))
    content = content.replace(b"kickoff,0,", b"kickoff,5,", 1).replace(b"2027-01-04", b"2027-01-11", 1)
    brought(screen, content, "tasks.csv")
    assert screen.scenario == before
    assert any(text.startswith("As planned: budget from ") for text in texts(screen))
    assert any("keep their steps" in text for text in screen.warnings)
    screen.press("incoming:apply")
    assert screen.scenario.tasks.edits["kickoff"].fixed_start is not None
    says([toast.value for toast in screen.app.toast])
    screen.press(UNDO)
    assert not screen.app.toast
    assert screen.scenario.tasks.is_empty


def tasks_csv(screen: Screen) -> bytes:
    """Return the tasks of the plan on the page as a table."""
    return files_in(Format.CSV, handout(screen.scenario), Dialect.RFC4180)["tasks.csv"]


def test_a_file_whose_changes_were_applied_is_not_compared_again_until_they_are_undone(
    screen: Screen, says: Says
) -> None:
    brought(screen.go("share", "fold:formats"), tasks_csv(screen).replace(b"2027-01-04", b"2027-03-01", 1), "tasks.csv")
    assert not screen.app.success
    screen.press("incoming:apply")
    says([said.value for said in screen.app.success])
    assert not screen.warnings
    assert not screen.has("incoming:apply")
    screen.press(UNDO)
    assert not screen.app.success
    assert screen.has("incoming:apply")


def test_it_is_not_said_that_a_file_matches_of_which_entries_are_refused(screen: Screen) -> None:
    brought(screen.go("share", "fold:formats"), tasks_csv(screen), "tasks.csv")
    assert screen.app.success
    brought(screen, tasks_csv(screen).replace(b",1.40,", b",-4,", 1), "tasks.csv")
    assert any("-4 is too low" in text for text in screen.warnings)
    assert not screen.app.success


@pytest.mark.extended
def test_a_whole_scenario_takes_the_place_of_the_plan(screen: Screen, says: Says) -> None:
    screen.go("share", "fold:formats")
    brought(screen, scenario_bytes(scenario(company__employees=77)))
    assert screen.scenario.company.employees == 120
    assert not screen.app.success
    screen.press("incoming:apply")
    assert screen.scenario.company.employees == 77
    assert screen.app.toast
    says([said.value for said in screen.app.success])


@pytest.mark.extended
def test_a_bundle_with_other_prices_opens_with_its_own_or_with_those_of_the_program(screen: Screen) -> None:
    dearer = replace(
        bootstrap.price_book(),
        prices=tuple(row.model_copy(update={"amount": row.amount * 2}) for row in bootstrap.price_book().prices),
    )
    handed = handout(scenario(company__employees=77))
    there = case_of(handed.plan.scenario, dearer, bootstrap.phase_model(), today=handed.plan.today)
    handed = replace(handed, plan=plan_for(there))
    content = one_file(Format.BUNDLE, handed, Dialect.RFC4180)
    screen.go("share", "fold:formats")
    brought(screen, content, "plan.ztplan")
    assert any("its prices are not those of this program" in text for text in screen.warnings)
    screen.press("incoming:apply")
    assert screen.scenario.prices.kept_book is not None
    assert screen.scenario.prices.kept_book.book.version == dearer.version
    screen.app.radio(key="incoming:way").set_value("shipped")
    screen.run().press("incoming:apply")
    assert screen.scenario.prices.kept_book is None
    assert screen.scenario.company.employees == 77


@pytest.mark.extended
def test_a_workbook_whose_changes_do_not_fit_this_plan_opens_its_own(screen: Screen) -> None:
    own = {"audit": {"step": "5", "name": "Audit", "effort_days": 4}}
    book = opened(one_file(Format.XLSX, handout(scenario(tasks__own=own)), Dialect.RFC4180))
    row = next(row for row in book["Roadmap"].iter_rows() if row[12].value == "audit")
    row[6].value = 9
    out = io.BytesIO()
    book.save(out)
    screen.go("share", "fold:formats")
    brought(screen, out.getvalue(), "plan.xlsx")
    assert not screen.errors
    screen.press("incoming:apply")
    assert screen.scenario.tasks.own["audit"].effort_days == 9


@pytest.mark.extended
def test_a_sum_of_work_is_noted_in_grey_until_it_is_applied(screen: Screen) -> None:
    book = opened(one_file(Format.XLSX, handout(screen.go("share", "fold:formats").scenario), Dialect.RFC4180))
    next(row for row in book["Roadmap"].iter_rows() if row[12].value == "kickoff")[6].value = 5
    out = io.BytesIO()
    book.save(out)
    brought(screen, out.getvalue(), "plan.xlsx")
    assert [text for text in screen.captions if "divided as before" in text]
    assert not screen.warnings
    screen.press("incoming:apply")
    assert screen.scenario.tasks.edits["kickoff"].effort_days == Decimal("5.6")
    assert not [text for text in screen.captions if "divided" in text]


@pytest.mark.extended
def test_a_wrong_cell_is_named_by_its_place(screen: Screen) -> None:
    book = opened(one_file(Format.XLSX, handout(), Dialect.RFC4180))
    cell = next(row[1] for row in book["Assumptions"].iter_rows() if row[3].value == "company.employees")
    cell.value = 0
    out = io.BytesIO()
    book.save(out)
    screen.go("share", "fold:formats")
    brought(screen, out.getvalue(), "plan.xlsx")
    expected = f"Assumptions, row {cell.row}, column Value: People: 0 is too low"
    assert [error.startswith(expected) for error in screen.errors] == [True]


@pytest.mark.extended
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "plan.xlsx", "plan.xlsx: it is a picture"),
        (b'{"company": {"employees": 0}}', "plan.json", "company.employees: 0 is too low"),
        (
            b'{"company": {"owned_licences": [{"licence": "nothing"}]}}',
            "plan.json",
            "company.owned_licences.0.licence: ",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_lost(
    screen: Screen, content: bytes, name: str, said: str
) -> None:
    screen.go("share", "fold:formats")
    before = screen.state
    brought(screen, content, name)
    assert any(error.startswith(said) for error in screen.errors), screen.errors
    assert screen.state.scenario == before.scenario


class Forged(io.BytesIO):
    """A file that a viewer's browser claims to have been given."""

    name = file_id = "scenario.json"


@pytest.mark.extended
def test_a_viewer_brings_nothing_back(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    for screen, is_offered in ((meeting.owner, True), (meeting.editor, True), (meeting.viewer, False)):
        assert (
            "Import a file" in [header.value for header in screen.go("share", "fold:formats").app.header]
        ) is is_offered
    forged = scenario_bytes(scenario(labour__external_day_rate=1234))
    monkeypatch.setattr("zt_planner.ui.components.files.incoming.st.file_uploader", lambda *_, **__: Forged(forged))
    for screen, reads in ((meeting.owner, True), (meeting.viewer, False)):
        screen.go("share", "fold:formats")
        assert ("incoming:apply" in [button.key for button in screen.app.button]) is reads
        assert ("Consultant, EUR a day" in " ".join(map(str, tables(screen)))) is reads


def tables(screen: Screen) -> list[object]:
    """Return what stands in the page's tables."""
    return [cell for table in screen.tables for cell in table.to_numpy().ravel()]


@pytest.mark.extended
@pytest.mark.parametrize(
    ("page", "beside", "large"),
    [
        ("plan", "Drop the file onto the “File” field on the “Share” page.", "Choose another file."),
        ("prices", "Drop a price list onto the “Price list” field, any other file onto", "Choose another file."),
        ("budget", "Drop what was invoiced onto its field on this page, any other", "Choose another file."),
        ("share", "Drop the file onto the “File” field on the “Share” page.", "Choose a scenario, a plan with its"),
    ],
)
def test_a_page_says_of_a_file_that_is_refused_what_its_own_fields_take(
    screen: Screen, page: str, beside: str, large: str
) -> None:
    (badge,) = screen.go(page).component("live")
    words = dict(badge["words"])
    assert words["beside"].startswith(f"Nothing was imported. {beside}")
    largest = 10 if page in {"share", "budget"} else 5
    assert words["large"].startswith(f"Larger than {largest} MB: {{files}}. {large}")
    assert badge["largest"] == largest * 1_000_000
    assert words["folder"].startswith(f"This is a folder. {large}")
    assert ("ZIP" in words["several"]) == (page == "share")


@pytest.mark.extended
def test_bookings_are_looked_at_by_month_category_and_task_and_can_be_undone(screen: Screen, says: Says) -> None:
    ledger = "Monat;Kategorie;Vorgang;Betrag\n2027-02;Lizenzen;mfa_rollout;1.234,56\n2027-02;Reise;;5\n"
    brought(screen.go("share", "fold:formats"), ledger.encode(), "ledger.csv")
    assert any("1 row read, 1 skipped." in text for text in texts(screen))
    assert any("'Reise' is not a category" in text for text in screen.warnings)
    (table,) = [table for table in screen.tables if "Booked before" in table.columns]
    says([[plain(cell) for cell in row] for row in table.to_numpy().tolist()])
    screen.press("incoming:apply")
    assert screen.scenario.status.bookings == {"2027-02/licence/mfa_rollout": Decimal("1234.56")}
    assert [element.value for element in screen.run().app.success]
    screen.press(UNDO)
    assert not screen.scenario.status.bookings


def test_of_bookings_that_cannot_be_read_it_is_not_said_that_they_match(screen: Screen) -> None:
    brought(screen.go("share", "fold:formats"), b"month,category,amount\n2027-02,licence,soon\n", "ledger.csv")
    assert any("0 rows read, 1 skipped." in text for text in texts(screen))
    assert not screen.app.success


def test_very_many_rows_that_cannot_be_read_are_counted_and_the_first_are_listed(screen: Screen) -> None:
    rows = "".join(f"2027-02,licence,soon {row}\n" for row in range(250))
    brought(screen.go("share", "fold:formats"), f"month,category,amount\n{rows}".encode(), "ledger.csv")
    assert "250 entries cannot be imported" in [each.label for each in screen.app.expander]
    assert "and 50 more" in screen.captions
