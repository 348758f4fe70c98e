"""What can be left out, as it is read, in a file and in the terminal."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.builders import book, case, ending_price, model, plan, plan_for, price, quiet, scenario, task
from tests.words import ENGLISH, Told, plain, told
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.compare.option import (
    LATER,
    Option,
    option_of,
    options_without,
    ready_options,
    with_team_in_time,
)
from zt_planner.engine.goals.answer import ask
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.plan import Plan
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.files import LEFT_OUT, left_out_files
from zt_planner.topics.block import TableBlock
from zt_planner.topics.compare.alternatives import alternatives_of
from zt_planner.topics.compare.options import (
    OptionRow,
    left_out_group,
    lost_words,
    option_name,
    option_table,
    options_answer,
    row_of,
    same_team_note,
    way_option,
)
from zt_planner.topics.compare.side_by_side import promise_cells
from zt_planner.topics.view import View

START = scenario(timeline__start=date(2027, 1, 4))


def planned(given: Scenario, *, shows_labour: bool = True) -> Plan:
    data = bootstrap.price_book(), bootstrap.phase_model()
    return plan_for(case_of(given, *data, today=date(2026, 11, 30), shows_labour=shows_labour))


def file_rows(given: Plan) -> list[dict[str, str]]:
    content = left_out_files(given, ENGLISH, Dialect.RFC4180)[LEFT_OUT].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.fixture(scope="module")
def default() -> Plan:
    return planned(START)


def options(given: Plan) -> tuple[Option, ...]:
    return tuple(with_team_in_time(given, option) for option in (*ready_options(given), *options_without(given)))


def table(given: Plan) -> Told:
    return told(option_table(View(given, ENGLISH), [row_of(option, given) for option in options(given)]))


def cells(given: Plan, what: str) -> list[str]:
    """Return the row of an option, with plain spaces."""
    row = next(row for row in table(given).rows if row[0] == told(option_name(what, given)))
    return [plain(cell) for cell in row]


def test_each_part_stands_with_money_days_and_what_is_lost(default: Plan) -> None:
    assert cells(default, "monitoring") == [
        "Without: Monitoring (SIEM)",
        "EUR 167,000 (−EUR 22,000)",
        "EUR 2,471 (−EUR 500)",
        "3 Nov 2027 (43 days earlier)",
        "Nobody watches what happens in your network. NIS2, points no longer supported: 3.2, 3.4.",
        "3 + 2.5",
    ]
    assert cells(default, "step:2")[4].endswith("?")
    assert cells(default, "operation:partner")[4] == "nothing"


def test_what_is_ready_is_called_by_what_it_is_instead_of(default: Plan) -> None:
    names = [told(option_name(option.id, default)) for option in ready_options(default)]
    assert names == ["MDR instead of SIEM", "A partner runs it", "3 months later, another team"]


def test_ways_and_a_levelled_plan_stand_in_the_same_list() -> None:
    order, late = {"timeline.protection_first": 0}, task("mfa_rollout", days=2, step="1", head_start_days=100)
    tasks = model(task("order", days=2), late, task("b", step="3", days=2))
    now = plan(quiet(), book(), tasks)
    answer = ask(case(quiet(timeline__confidence="planned"), book(), tasks), Goals(date(2027, 1, 8)))
    ways = [way_option(found, number, answer.now) for number, found in enumerate(answer.sets)]
    assert ways
    assert all(way.values == found.values for way, found in zip(ways, answer.sets, strict=True))
    assert [way.id for way in ways] == [f"way:{number}" for number in range(len(ways))]
    later = option_of(now, "way:9", plan(quiet(timeline__protection_first=0), book(), tasks), order, {})
    assert told(lost_words(later, now)) == "MFA for everyone 2 days later."
    row = OptionRow(later, "Other choices", "finish early")
    assert told(option_table(View(now, ENGLISH), [row])).rows[0][0] == "Other choices: finish early"


def test_the_file_is_for_programs(default: Plan) -> None:
    rows = {row["what"]: row for row in file_rows(default)}
    assert list(rows) == ["step:2", "step:3", "step:4", "step:5", "monitoring", "risk_access", "local_directory"]
    assert rows["monitoring"] == {
        "what": "monitoring",
        "introduction_budget": "131330.81",
        "run_rate_monthly": "2470.92",
        "finish_date": "2027-08-13",
        "mfa_date": "2027-03-02",
        "points_lost": "3.2;3.4",
        "answers_lost": "",
        "promised_budget": "166106.93",
        "promised_finish": "2027-11-03",
    }
    assert rows["step:4"]["answers_lost"] == "edr"


def test_hidden_labour_is_in_no_amount(default: Plan) -> None:
    hidden = planned(START, shows_labour=False)
    (first, *_) = file_rows(hidden)
    assert "introduction_budget" not in first
    shown = {row["what"]: row["introduction_budget"] for row in file_rows(default)}
    for row in file_rows(hidden):
        assert float(row["introduction_budget_without_labour"]) < float(shown[row["what"]])
    assert all("without labour" in row[1] for row in table(hidden).rows)


def test_a_missing_price_is_no_amount_and_no_difference() -> None:
    unpriced = plan(quiet(), book(), model(task("a", step="1", external_share=1), task("b", step="2")))
    (row, *_) = file_rows(unpriced)
    assert row["introduction_budget"] == ""
    assert "−" not in cells(unpriced, "step:2")[1]


def test_what_is_not_in_the_plan_has_no_day() -> None:
    given = plan(quiet(), book(price("suite", 0, grants=("office", "mail"))), model(task("a", step="2")))
    assert cells(given, "step:2")[3] == "no schedule"
    assert file_rows(given)[0]["mfa_date"] == ""


def test_teams_are_told_only_where_a_day_is_to_be_kept(default: Plan) -> None:
    given = planned(START.changed("timeline.mode", "capacity"))
    assert len(table(given).columns) == 5
    assert len(table(default).columns) == 6


def test_the_one_option_that_another_team_makes_later_is_named_as_the_exception(default: Plan) -> None:
    rows = [row_of(option, default) for option in (*ready_options(default), *options_without(default))]
    later = [row for row in rows if not row.option.kept]
    assert [row.option.id for row in later] == [LATER]
    assert told(later[0].name) in told(same_team_note(default, rows))
    others = [row for row in rows if row.option.kept]
    assert told(later[0].name) not in told(same_team_note(default, others))


def test_a_plan_of_which_nothing_can_be_left_out_says_so() -> None:
    given = plan(quiet(choices__monitoring="none", choices__risk_access="none"), book(), model(task("a", step="1")))
    group = left_out_group(View(given, ENGLISH), tuple(options_without(given)))
    assert not any(isinstance(block, TableBlock) for block in group.blocks)


def test_parts_are_called_by_what_they_are(default: Plan) -> None:
    assert told(option_name("step:4", default)) == "Without: Step 4 Devices"
    assert told(option_name("machines", default)) == "Without: Machines"
    assert told(option_name("task:exercise", default)) == "Without: Table-top exercise, report, hand-over to operation"


def test_what_is_read_is_the_promise_of_the_page_and_of_the_board_paper(default: Plan) -> None:
    view = View(default, ENGLISH)
    assert table(default).columns[1:4] == ("New budget (80% sure)", "New monthly cost", "New finish (80% sure)")
    for other in alternatives_of(view):
        (row,) = [row for row in table(default).rows if row[0] == told(other.name)]
        assert (row[1], row[3]) == told(promise_cells(other.view, view))


def test_the_answer_is_about_the_same_figures_as_the_table(default: Plan) -> None:
    view = View(default, ENGLISH)
    said = told(options_answer(view, options(default)))
    saved = max(
        before - after
        for before in (view.promise.rounded_budget,)
        for after in (option.promise.rounded_budget for option in options(default) if option.promise is not None)
        if before is not None and after is not None
    )
    assert said.startswith("With 80% confidence:")
    assert ENGLISH.money(saved) in said
    own = planned(START.changed("timeline.confidence", "planned"))
    assert told(options_answer(View(own, ENGLISH), options(own))).startswith("As planned:")
    assert table(own).columns[1] == "New budget"


def test_a_price_missing_after_the_introduction_leaves_what_an_option_saves(default: Plan) -> None:
    row = bootstrap.price_book().rows_by_id["cloud-siem"][-1]
    given = planned(scenario(timeline__start=date(2027, 1, 4), **ending_price(row, "2028-06-30")))
    assert not given.is_complete
    whole, ending = (told(options_answer(View(each, ENGLISH), options(each))) for each in (default, given))
    assert "saves most" in ending
    assert ending == whole
    assert cells(given, "monitoring")[1] == cells(default, "monitoring")[1]


def test_without_all_prices_of_the_introduction_no_option_is_said_to_save() -> None:
    row = bootstrap.price_book().rows_by_id["cloud-siem"][-1]
    given = planned(scenario(timeline__start=date(2027, 1, 4), **ending_price(row, "2027-06-30")))
    assert "saves most" not in told(options_answer(View(given, ENGLISH), options(given)))
