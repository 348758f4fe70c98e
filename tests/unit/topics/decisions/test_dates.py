"""The decisions in words: the next one in a line, all in a table, in files and in the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from icalendar import Calendar

from tests import builders
from tests.words import ENGLISH, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.decisions import decisions_of
from zt_planner.files.calendar import calendar_bytes
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.files import DECISIONS, plan_files
from zt_planner.topics.block import Sentence, TableBlock
from zt_planner.topics.decisions.dates import decision_table, decision_words, decisions_group, next_decision_line
from zt_planner.topics.view import View


def view(price_book: PriceBook, phase_model: PhaseModel, **fields: Any) -> View:  # noqa: ANN401 - any field of a scenario
    given = builders.scenario(timeline__start=date(2027, 1, 4), **fields)
    return View(builders.plan(given, price_book, phase_model), ENGLISH)


def test_the_line_names_the_next_decision_its_day_and_who_decides(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    asked = view(price_book, phase_model)
    following = next(decision for decision in decisions_of(asked.plan) if not decision.is_over)
    line = ENGLISH.write(next_decision_line(asked))
    assert ENGLISH.short_day(following.day) in line
    assert ENGLISH.write(decision_words(following)) in line
    assert "(management)" in line
    assert "overdue" not in line
    late = view(price_book, phase_model, company__sector="manufacturing")
    overdue = [decision for decision in decisions_of(late.plan) if decision.is_overdue]  # those of the law
    said = ENGLISH.write(next_decision_line(late))
    assert ENGLISH.write(decision_words(overdue[0])) in said
    assert ENGLISH.short_day(min(decision.day for decision in overdue)) in said
    assert len(overdue) == 2
    assert "1 more decision" in said


def test_a_gate_says_after_which_steps(price_book: PriceBook, phase_model: PhaseModel) -> None:
    asked = view(price_book, phase_model)
    gate = next(decision for decision in decisions_of(asked.plan) if decision.steps)
    assert "1 Identities" in ENGLISH.write(decision_words(gate))


def test_the_table_has_all_decisions_by_day_and_the_directors_where_the_law_applies(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    asked = view(price_book, phase_model, company__sector="manufacturing")
    table, decisions = told(decision_table(asked.plan)), decisions_of(asked.plan)
    assert [row[0] for row in table.rows] == [ENGLISH.short_day(decision.day) for decision in decisions]
    directors = next(row for row in table.rows if "directors" in row[1])
    assert directors[2:] == ("management", "overdue")
    without = told(decision_table(view(price_book, phase_model).plan))
    assert not any("directors" in row[1] for row in without.rows)
    group = decisions_group(asked)
    assert group is not None
    assert [type(block) for block in group.blocks] == [TableBlock, Sentence, Sentence], "the law, and the funding"


def test_a_model_without_decisions_says_nothing() -> None:
    plan = builders.plan(builders.quiet(), builders.book(), builders.model(builders.task("only")))
    asked = View(plan, ENGLISH)
    assert (decisions_group(asked), next_decision_line(asked)) == (None, "")


def test_the_file_has_its_declared_columns(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = view(price_book, phase_model).plan
    lines = plan_files(plan, ENGLISH, Dialect.RFC4180)[DECISIONS].decode().splitlines()
    assert lines[0] == "id,date,task,decision,who,overdue"
    assert len(lines) == len(decisions_of(plan)) + 1
    licences = next(line for line in lines if line.startswith("licences,"))
    finish = next(task.finish for task in plan.tasks if task.task.id == "licence_order")
    assert licences == f"licences,{finish.isoformat()},licence_order,Order the licences,IT,false"


def test_the_calendar_has_each_decision_once(price_book: PriceBook, phase_model: PhaseModel) -> None:
    asked = view(price_book, phase_model)
    events = Calendar.from_ical(calendar_bytes(asked)).walk("VEVENT")
    found = [event for event in events if "-decision-" in str(event["uid"])]
    decisions = decisions_of(asked.plan)
    assert len({str(event["uid"]) for event in found}) == len(found) == len(decisions)
    assert [event.decoded("dtstart") for event in found] == [decision.day for decision in decisions]
