"""Tables that come back: unchanged they say nothing, changed cells are edits, and the rest is left out with reasons."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import case, scenario
from tests.incoming import HANDOUTS, given, read
from tests.papers import UNDER_WAY, handout
from tests.portions import names
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.incoming import FileKind, Incoming
from zt_planner.domain.month import Month
from zt_planner.engine.planner import build_plan
from zt_planner.errors import CatalogError
from zt_planner.files.formats import Format, files_in, one_file
from zt_planner.files.imports.cost_lines import CHANGE_A_BOOKING
from zt_planner.files.imports.rows import FOLLOWS
from zt_planner.files.scenario_json import with_values
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.decisions.figures import stage_rows
from zt_planner.topics.figure_names import StageFigure
from zt_planner.topics.view import AnyView


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("awkward", LanguageCode.GERMAN),
        *(pytest.param(name, LanguageCode.ENGLISH, marks=pytest.mark.extended) for name in HANDOUTS),
    ],
)
def test_files_that_nobody_has_changed_say_nothing_new(name: str, code: LanguageCode) -> None:
    handed = given(name, code)
    for form, dialects in {Format.CSV: tuple(Dialect), Format.XLSX: (Dialect.RFC4180,)}.items():
        for dialect in dialects:
            said = read(one_file(form, handed, dialect), handed.plan)
            assert (said.edits, said.left_out, said.notices) == ({}, (), ()), (form, dialect)
            assert said.scenario is None or said.scenario == handed.plan.scenario


@pytest.mark.extended
@pytest.mark.parametrize("name", names(HANDOUTS, "default", "awkward"))
def test_a_bundle_opens_to_identical_cents_and_says_so(name: str) -> None:
    handed = given(name)
    said = read(one_file(Format.BUNDLE, handed, Dialect.RFC4180), handed.plan)
    assert (said.source, said.scenario, said.notices) == (FileKind.BUNDLE, handed.plan.scenario, ())


def edited(content: bytes, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> bytes:
    """Return a CSV file as a person saves it after a change."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(change(rows))
    return out.getvalue().encode()


def tasks_changed(change: Callable[[dict[str, dict[str, str]]], None], handed: AnyView) -> Incoming:
    """Return what tasks.csv says after its rows, by id, were changed."""

    def changed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        by_id = {row["task_id"]: row for row in rows}
        change(by_id)
        return list(by_id.values())

    content = files_in(Format.CSV, handed, Dialect.RFC4180)["tasks.csv"]
    return read(edited(content, changed), handed.plan, "tasks.csv")


def test_changed_tasks_come_back_as_edits_and_hold() -> None:
    handed = given("awkward")

    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["kickoff"]["start"] = "2027-04-05"
        rows["inventory"]["internal_days"] = "20"
        rows["mfa_pilot"]["length_days"] = "12"
        rows["mfa_rollout"]["after"] = "mfa_pilot; Kick-off, Sponsor, Umfang, NIS2-Betroffenheit"
        rows["licence_order"]["start"] = "2027-07-05"
        rows["signing"] |= {"task": "Signing by both", "step": "1 Identities", "external_days": "1"}
        del rows["audit"]
        rows["new"] = {
            "task_id": "",
            "task": "Training of the night shift",
            "step": "5",
            "internal_days": "2",
            "external_days": "1",
            "start": "2027-05-03",
            "length_days": "4",
            "after": "kickoff; mfa_pilot",
        }

    said = tasks_changed(change, handed)
    assert said.edits["tasks.edits.kickoff.fixed_start"] == "2027-04-05"
    assert said.edits["tasks.edits.mfa_pilot.min_length_days"] == 12
    assert said.edits["tasks.edits.mfa_rollout.after"] == ["mfa_pilot", "kickoff"]
    assert said.edits["tasks.edits.licence_order.earliest_start"] is None
    assert said.edits["tasks.own.audit.in_scope"] is False
    assert said.edits["tasks.own.signing.name"] == "Signing by both"
    assert said.edits["tasks.own.signing.step"] == "1"
    assert said.edits["tasks.own.training-of-the-night-shift"] == {
        "name": "Training of the night shift",
        "step": "5",
        "effort_days": Decimal(3),
        "external_share": Decimal("0.3333"),
        "after": ["kickoff", "mfa_pilot"],
        "earliest_start": "2027-05-03",
        "min_length_days": 4,
    }
    after = with_values(handed.plan.scenario, said.edits)
    again = build_plan(case(after, price_book(), phase_model()))
    tasks = {task.task.id: task for task in again.tasks}
    assert tasks["kickoff"].start.isoformat() == "2027-04-05"
    assert tasks["mfa_pilot"].length_days >= 12
    assert "audit" not in tasks
    assert tasks["training-of-the-night-shift"].work.whole.external > 0


@pytest.mark.extended
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("finish", "2030-01-01", "is calculated from other figures"),
        ("slack_days", "99", "is calculated from other figures"),
        ("critical", "perhaps", "is calculated from other figures"),
        ("wait_until", "2030-01-01", "is calculated from other figures"),
        ("task", "Something else", "keep their names"),
        ("step", "5 Monitoring", "keep their steps"),
        ("start", "soon", "cannot be read"),
        ("length_days", "1.5", "cannot be read"),
        ("internal_days", "many", "cannot be read"),
        ("internal_days", "-3", "is too low"),
        ("internal_days", "1.200", "can be read in two ways"),
        ("length_days", "1,200", "can be read in two ways"),
    ],
)
def test_what_cannot_come_back_is_left_out_with_its_reason(column: str, value: str, said: str) -> None:
    found = tasks_changed(lambda rows: rows["kickoff"].update({column: value}), handout())
    assert [left.problem for left in found.left_out if said in left.problem]
    assert str(found.left_out[0].place) == f"tasks.csv, row 2, column {column}"


def test_a_sum_of_work_is_taken_over_with_a_note_that_it_is_divided_as_before(says: Says) -> None:
    found = tasks_changed(lambda rows: rows["kickoff"].update({"internal_days": "5"}), handout())
    assert found.edits == {"tasks.edits.kickoff.effort_days": Decimal("5.60")}
    assert not found.left_out
    (note,) = found.notices
    says(note.problem)
    assert note.place == found.places["tasks.edits.kickoff.effort_days"]
    moved = tasks_changed(lambda rows: rows["kickoff"].update({"internal_days": "0", "external_days": "2"}), handout())
    assert (moved.edits, moved.notices) == ({}, ())
    says(moved.left_out[0].problem)


def test_a_table_for_german_excel_says_what_is_wrong_by_its_own_columns() -> None:
    handed = given("default")
    content = files_in(Format.CSV, handed, Dialect("excel-de"))["tasks.csv"].decode("utf-8-sig")
    said = read(
        content.replace(";ja;", ";nein;", 1).replace("04.01.2027", "11.01.2027", 1).encode("cp1252"), handed.plan
    )
    assert said.edits == {"tasks.edits.kickoff.fixed_start": "2027-01-11"}
    assert [str(left.place) for left in said.left_out] == ["plan, row 2, column Kritisch"]
    with pytest.raises(CatalogError) as caught:
        read(content.replace("Externe Tage;", "").encode(), handed.plan)
    assert caught.value.column == "Externe Tage"


@pytest.mark.extended
def test_older_tables_for_german_excel_come_back_by_their_codes() -> None:
    handed = given("default")
    for content in files_in(Format.CSV, handed, Dialect.RFC4180).values():
        out = io.StringIO(newline="")
        for row in csv.reader(io.StringIO(content.decode())):
            csv.writer(out, delimiter=";").writerow(re.sub(r"^(-?\d+)\.(\d+)$", r"\1,\2", cell) for cell in row)
        said = read(out.getvalue().encode("utf-8-sig"), handed.plan)
        assert (said.edits, said.left_out) == ({}, ())


def test_a_row_that_is_no_task_and_one_that_is_there_twice_are_left_out() -> None:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["again"] = dict(rows["kickoff"])
        rows["unnamed"] = {"task": "", "internal_days": "3"}
        rows["idle"] = {"task": "Nothing to do"}

    found = tasks_changed(change, handout())
    assert found.edits == {}
    assert len(found.left_out) == 3


def lines_changed(change: Callable[[list[dict[str, str]]], None], handed: AnyView) -> Incoming:
    def changed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        change(rows)
        return rows

    content = files_in(Format.CSV, handed, Dialect.RFC4180)["cost_lines.csv"]
    return read(edited(content, changed), handed.plan, "cost_lines.csv")


def test_lines_in_months_after_the_last_that_anybody_may_type_come_back_unchanged() -> None:
    handed = handout(scenario(timeline__start="2099-06-01"))
    assert handed.plan.cost_lines[-1].month > Month(2100, 12)
    content = files_in(Format.CSV, handed, Dialect.RFC4180)["cost_lines.csv"]
    said = read(content, handed.plan, "cost_lines.csv")
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


def test_changed_prices_and_days_of_cost_lines_come_back() -> None:
    handed = handout(scenario(prices__overrides={"internal-day": "500.00"}))

    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["price_id"] == "m365-business-premium":
                row["unit_price"] = "17.50"
            if row["price_id"] == "external-day":
                row["unit_price"] = "1000"
            if row["price_id"] == "internal-day":
                row["unit_price"] = "480"
            if row["price_id"] == "contingency":
                row["quantity"] = "0.2"
        first = next(row for row in rows if row["task_id"] == "kickoff" and row["price_id"] == "external-day")
        first["quantity"] = str(Decimal(first["quantity"]) + 2)

    said = lines_changed(change, handed)
    assert said.left_out == ()
    kickoff = next(task for task in handed.plan.tasks if task.task.id == "kickoff")
    assert said.edits == {
        "prices.overrides.m365-business-premium": Decimal("17.50"),
        "labour.external_day_rate": Decimal(1000),
        "prices.overrides.internal-day": Decimal(480),
        "finance.contingency": Decimal("0.2"),
        "tasks.edits.kickoff.effort_days": round(Decimal(float(kickoff.work.days)), 2) + 2,
    }
    with_values(handed.plan.scenario, said.edits)


def test_an_amount_that_can_be_read_in_two_ways_is_left_out_with_how_to_write_each() -> None:
    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["price_id"] == "external-day":
                row["unit_price"] = "1.200"

    said = lines_changed(change, handout())
    assert said.edits == {}
    assert {(left.problem, left.remedy, *left.values.values()) for left in said.left_out} == {
        ("'{value}' can be read in two ways", "Write {plain} or {other}", "1.200", "1200", "1.20")
    }


EXTERNAL = "external-day"


def test_between_semicolons_a_point_is_that_of_the_thousands_and_a_comma_before_three_digits_is_asked_about() -> None:
    handed = handout()
    content = files_in(Format.CSV, handed, Dialect("excel-de"))["cost_lines.csv"]
    rates = {line.unit_price.amount for line in handed.plan.cost_lines if line.unit_price and line.price_id == EXTERNAL}
    day = f";{rates.pop():.2f};".replace(".", ",").encode()
    german = read(content.replace(day, b";1.200;"), handed.plan, "cost_lines.csv")
    assert german.edits == {"labour.external_day_rate": Decimal(1200)}
    asked = read(content.replace(day, b";1,200;"), handed.plan, "cost_lines.csv")
    assert asked.edits == {}
    assert {tuple(left.values.values()) for left in asked.left_out} == {("1,200", "1200", "1.20")}


@pytest.mark.parametrize("column", ["internal_days", "length_days"])
def test_a_new_task_whose_number_cannot_be_read_says_which(column: str, says: Says) -> None:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["new"] = {"task": "Training", "internal_days": "2", "length_days": "4", column: "1.200"}

    found = tasks_changed(change, handout())
    (left,) = found.left_out
    says(left.problem)
    assert str(left.place).endswith(f"column {column}")


def test_quantities_that_follow_and_prices_that_disagree_are_left_out() -> None:
    def change(rows: list[dict[str, str]]) -> None:
        licences = [row for row in rows if row["price_id"] == "m365-business-premium"]
        licences[0]["quantity"] = "300"
        licences[1]["unit_price"] = "1"
        licences[2]["amount"] = "1"
        licences[3]["unit_price"] = "cheap"
        licences[4]["unit_price"] = "2"

    said = lines_changed(change, handout())
    assert said.edits == {}
    assert len(said.left_out) == 4


def test_what_was_booked_is_changed_where_it_was_booked() -> None:
    def change(rows: list[dict[str, str]]) -> None:
        booked = [row for row in rows if row["price_id"] == "actual"]
        booked[0]["amount"] = "1"
        booked[1]["quantity"] = "2"

    said = lines_changed(change, handout(scenario(**UNDER_WAY)))
    assert said.edits == {}
    assert [left.remedy for left in said.left_out] == [CHANGE_A_BOOKING, CHANGE_A_BOOKING]


def test_days_of_operation_are_no_work_of_the_task_that_they_follow() -> None:
    def change(rows: list[dict[str, str]]) -> None:
        next(row for row in rows if row["price_id"] == "internal-day" and row["kind"] == "recurring")["quantity"] = "9"

    said = lines_changed(change, handout())
    assert said.edits == {}
    assert [left.problem for left in said.left_out] == [FOLLOWS]


def test_a_price_that_was_changed_in_one_line_holds_in_all_and_that_is_said(says: Says) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        next(row for row in rows if row["price_id"] == "m365-business-premium")["unit_price"] = "17,50"

    said = lines_changed(change, handout())
    assert said.edits == {"prices.overrides.m365-business-premium": Decimal("17.50")}
    says([notice.problem for notice in said.notices])


def test_lines_that_were_added_or_moved_are_told() -> None:
    assert "cost lines" in lines_changed(lambda rows: rows.append(dict(rows[0])), handout()).left_out[0].problem
    moved = lines_changed(lambda rows: rows.reverse(), handout())
    assert "another line" in moved.left_out[0].problem


def test_a_changed_budget_is_told_to_be_a_sum(says: Says) -> None:
    handed = handout()
    content = files_in(Format.CSV, handed, Dialect.RFC4180)["budget_by_month.csv"]

    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        rows[0]["total"] = "1"
        return rows

    said = read(edited(content, change), handed.plan, "budget_by_month.csv")
    says([left.problem for left in said.left_out])


@pytest.mark.parametrize("dialect", Dialect)
def test_changed_stages_are_told_to_be_computed_and_unchanged_ones_are_not(dialect: Dialect, says: Says) -> None:
    handed = handout(shows_labour=dialect.words is None)
    content = files_in(Format.CSV, handed, dialect)["stages.csv"]
    assert read(content, handed.plan, "stages.csv").left_out == ()
    amount = str(stage_rows(handed.plan)[0].amount(StageFigure.A_MONTH).known).encode()
    there = amount if dialect.words is None else amount.replace(b".", b",")
    assert there in content
    said = read(content.replace(there, b"1"), handed.plan, "stages.csv")
    says([left.problem for left in said.left_out])
    assert said.edits == {}
