"""Tasks in the reader's words: names, and what was set for them, in the record and wherever it is named."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import JsonValue

from tests.approval import Says
from tests.records import minutes_words
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.differences import differences, values_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import FieldChange
from zt_planner.engine.scheduling.edited_model import edited_model
from zt_planner.files.scenario_json import with_values
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.record.minutes_words import MinutesWords, changes_text
from zt_planner.topics.task_words import spelled_out, task_name, task_names

EDIT, OWN, RECORD = "tasks.edits.kickoff.", "tasks.own.audit", "status.tasks.kickoff."
AUDIT: dict[str, Any] = {"step": "5", "name": "Our audit", "effort_days": 5}


@pytest.fixture
def words(price_book: PriceBook, phase_model: PhaseModel) -> MinutesWords:
    """Return English words for a scenario with an own task."""
    return minutes_words(price_book, phase_model, scenario=with_values(Scenario(), {OWN: AUDIT}))


def test_own_names_are_never_translated(phase_model: PhaseModel) -> None:
    tasks = with_values(Scenario(), {OWN: {**AUDIT, "name": "Preparation"}}).tasks
    names = told(task_names(edited_model(phase_model, tasks)), GERMAN)
    assert names["audit"] == "Preparation"
    assert GERMAN.say("Preparation") == "Vorbereitung"
    assert (
        names["ztna"]
        == GERMAN.write(task_name(phase_model.by_id["ztna"]))
        == GERMAN.say(phase_model.by_id["ztna"].name)
    )


@pytest.mark.parametrize(
    ("path", "value", "english", "german"),
    [
        (EDIT + "effort_days", 8.5, "8.5 days", "8,5 Tage"),
        (EDIT + "effort_days", None, "the model's", "wie im Modell"),
        (EDIT + "min_length_days", 1, "1 working day", "1 Arbeitstag"),
        (EDIT + "wait_weeks", 6, "6 weeks", "6 Wochen"),
        (EDIT + "earliest_start", "2027-03-01", "1 Mar 2027", "01.03.2027"),
        (EDIT + "fixed_start", None, "no date", "kein Termin"),
        (EDIT + "after", [], "nothing", "nichts"),
        (EDIT + "after", ["audit", "gone"], "Our audit and gone", "Our audit und gone"),
        (RECORD + "started", "2027-03-01", "1 Mar 2027", "01.03.2027"),
        (RECORD + "finished", None, "not recorded", "nicht erfasst"),
        (RECORD + "remaining_days", 6, "6 working days", "6 Arbeitstage"),
        (RECORD + "spent_internal", 1.5, "1.5 days", "1,5 Tage"),
        (RECORD + "spent_external", 1, "1 day", "1 Tag"),
        (EDIT + "in_scope", False, "no", "nein"),
        (EDIT + "in_scope", True, "yes", "ja"),
        (OWN + ".step", "3", "3 Segmentation", "3 Segmentierung"),
        (OWN + ".name", "Our audit", "Our audit", "Our audit"),
        (OWN + ".external_share", 0.25, "25%", "25 %"),
        (OWN + ".high", 2.5, "2.5", "2,5"),
        (OWN, None, "none", "keine"),
        (OWN, AUDIT, "5 days", "5 Tage"),
        (
            OWN,
            {**AUDIT, "wait_weeks": 2, "fixed_start": "2027-05-03", "after": ["gone"]},
            "5 days, 2 weeks, 3 May 2027, after gone",
            "5 Tage, 2 Wochen, 03.05.2027, nach gone",
        ),
    ],
)
def test_what_is_set_reads_as_a_person_writes_it(
    path: str, value: JsonValue, english: str, german: str, price_book: PriceBook
) -> None:
    names = {"audit": "Our audit"}
    shown = [language.write(field_value(path, value, price_book, names)) for language in (ENGLISH, GERMAN)]
    assert [plain(text) for text in shown] == [english, german]


def test_a_field_is_named_by_its_task(words: MinutesWords, says: Says) -> None:
    says(ENGLISH.write(field_label(EDIT + "effort_days")))
    says(words.language.write(words.label_of(EDIT + "wait_weeks")))
    says(ENGLISH.write(field_label(OWN, tasks=words.tasks)))
    says(GERMAN.write(field_label(OWN)))


def test_the_record_names_the_figures_that_were_changed(words: MinutesWords, says: Says) -> None:
    before = with_values(Scenario(), {OWN: AUDIT, "tasks.edits.mfa_rollout.effort_days": 12})
    after = with_values(
        before,
        {
            "tasks.edits.mfa_rollout.effort_days": 8,
            OWN: {**AUDIT, "effort_days": 4, "after": ["kickoff"], "external_share": 0.5},
        },
    )
    text = plain(words.language.write(changes_text(differences(before, after), words, most=9)))
    says(text)


def test_an_own_task_comes_and_goes_in_the_record(words: MinutesWords) -> None:
    with_it = with_values(Scenario(), {OWN: AUDIT})
    for before, after, text in (
        (Scenario(), with_it, "Own task: Our audit: none → 5 days"),
        (with_it, Scenario(), "Own task: Our audit: 5 days → none"),
    ):
        (change,) = differences(before, after)
        assert change.path == OWN
        assert tuple(spelled_out(change)) == (change,)
        assert plain(words.language.write(changes_text([change], words))) == text


def test_what_is_set_for_tasks_is_found_by_its_paths() -> None:
    given = with_values(Scenario(), {OWN: AUDIT, EDIT + "wait_weeks": 2, EDIT + "effort_days": 3})
    paths = {path: value for path, value in values_of(given).items() if path.startswith("tasks")}
    assert paths == {EDIT + "effort_days": 3, EDIT + "wait_weeks": 2, OWN: AUDIT}
    assert with_values(given, dict.fromkeys(paths)) == Scenario()


def test_a_change_of_any_other_field_is_as_it_is() -> None:
    change = FieldChange("company.sites", 1, 2)
    assert tuple(spelled_out(change)) == (change,)
