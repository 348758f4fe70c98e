"""Tables in the reader's words: which columns hold numbers, who sells what, from which day until which."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests import builders, papers
from tests.approval import Says
from tests.papers import UNDER_WAY, handout
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.budget.amount_traces import explain_amount
from zt_planner.topics.budget.lines import line_table
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.headline.figures import by_name
from zt_planner.topics.licences.tables import mix_table
from zt_planner.topics.prices.tables import price_table, rate_table, used_prices_table, vat_table
from zt_planner.topics.roadmap.tables import names_in_lists, task_table
from zt_planner.topics.trace import trace_table

NUMBER = re.compile(r"([A-Z]{3} )?-?[\d.,]+( [A-Z]{3}| ?%)?|critical|kritisch|")


@pytest.fixture
def plan(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    return builders.plan(builders.scenario(), price_book, phase_model)


def tables(plan: Plan, book: PriceBook, language: Language) -> dict[str, Any]:
    """Return tables by what they show."""
    return {
        "budget": told(budget_table(plan, plan.months), language),
        "tasks": told(task_table(plan), language),
        "mix": told(mix_table(plan), language),
        "prices": told(price_table(plan), language),
        "rates": told(rate_table(book), language),
        "vat": told(vat_table(book), language),
        "trace": told(trace_table(explain_amount(by_name()[FigureName.FIRST_YEAR_BUDGET], plan))),
    }


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=["English", "German"])
def test_columns_of_numbers_hold_nothing_else(plan: Plan, price_book: PriceBook, language: Language) -> None:
    for name, table in tables(plan, price_book, language).items():
        assert table.numbers, name
        for row in table.rows:
            cells = [plain(row[place]) for place in table.numbers]
            assert all(NUMBER.fullmatch(cell) for cell in cells), (name, cells)


def test_every_step_of_a_graduated_price_says_from_which_unit_on_it_holds(plan: Plan) -> None:
    table = told(price_table(plan))
    rows = [row for row in table.rows if row[0].startswith("Managed detection")]
    shown = [(row[2].partition(", from number ")[2], plain(row[1])) for row in rows]
    assert shown == [("1", "EUR 24.00"), ("51", "EUR 12.00"), ("151", "EUR 9.00"), ("401", "EUR 5.00")]


def test_an_own_amount_does_not_have_the_source_of_the_price_that_it_replaces(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    given = builders.scenario(prices__overrides={"mdr-endpoint": "7.90"}, choices__monitoring="mdr")
    plan = builders.plan(given, price_book, phase_model)
    rows = {row[0]: row for row in told(used_prices_table(plan)).rows}
    own = [row for row in rows.values() if row[1].endswith("7.90")]
    assert own
    assert {row[4:] for row in own} == {("own price", "own price")}
    assert [row for row in rows.values() if row not in own and row[-1] != "own price"]


def test_the_term_beside_a_price_of_the_plan_is_that_of_the_price(plan: Plan, says: Says) -> None:
    # USD 10.00 paid in advance x 0.866 x 1.05 for the plan's billing month by month
    rows = {row[0]: row for row in told(used_prices_table(plan)).rows}
    assert rows["Entra ID P2"][1].endswith("9.09")
    says(rows["Entra ID P2"][3])
    assert rows["FIDO2 security key"][3] == "one-off"


def test_every_amount_of_the_budget_is_a_number(plan: Plan) -> None:
    table = told(budget_table(plan, plan.months))
    assert table.numbers == tuple(range(1, len(table.columns)))
    assert len(table.rows) == len(plan.months) + 1


def test_what_no_vendor_in_particular_sells_is_said_in_the_readers_words(plan: Plan) -> None:
    english, german = ({row[5] for row in told(price_table(plan), code).rows} for code in (ENGLISH, GERMAN))
    assert {"Microsoft", "various", "no vendor"} <= english
    assert {"Microsoft", "verschiedene", "kein Hersteller"} <= german
    assert not german & {"various", "labour"}


def test_how_an_exchange_rate_was_found_is_said_in_the_readers_words(price_book: PriceBook, says: Says) -> None:
    (source,) = filter(None, (row[-1] for row in told(rate_table(price_book), GERMAN).rows))
    says(source)


def test_a_span_without_an_end_says_from_when_it_holds(plan: Plan) -> None:
    spans = [plain(row[-1]) for row in told(price_table(plan)).rows]
    assert spans[0] == "from 22 Feb 2026"
    assert "1 Mar 2022 – 21 Feb 2026" in spans
    assert all(not span.endswith("-") for span in spans)


def test_a_list_names_tasks_as_far_as_their_names_tell_them_apart(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    names = {"a": "Audit", "b": "Audit", "c": "One; two", "d": "=1+1", "e": "kickoff", "f": "Review"}
    names |= {"g": "Audit, 10\N{NO-BREAK SPACE}%", "h": "Audit\N{NARROW NO-BREAK SPACE}: 1"}
    own = {key: {"step": "5", "name": name, "effort_days": 1} for key, name in names.items()}
    plan = builders.plan(Scenario.model_validate({"tasks": {"own": own}}), price_book, phase_model)
    found = names_in_lists(plan, ENGLISH)
    assert [found[key] for key in names] == ["a", "b", "c", "d", "e", "Review", names["g"], "h"]
    says(found["kickoff"])


@pytest.mark.parametrize("code", LanguageCode)
def test_a_list_names_every_task_of_the_model(code: LanguageCode) -> None:
    names = names_in_lists(papers.situation("default").plan, Language(code))
    assert not [key for key, name in names.items() if key == name]


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=["English", "German"])
def test_tasks_under_way_say_how_far_they_are_and_by_how_much_they_have_slipped(language: Language) -> None:
    handed = papers.situation("under way", language.code)
    table = told(task_table(handed.plan, handed.reference), language)
    titles = [language.say(title) for title in ("Task", "State", "Finish", "Days left", "Days later")]
    places = [table.columns.index(title) for title in titles]
    rows = {row[places[0]]: [plain(row[place]) for place in places[1:]] for row in table.rows}
    tasks = {task.task.id: task for task in handed.plan.tasks}
    kickoff = rows[language.say(tasks["kickoff"].task.name)]
    assert kickoff == [
        language.say("done"),
        plain(language.short_day(date(2027, 2, 5))),
        "",
        "31",
    ]
    assert rows[language.say(tasks["inventory"].task.name)][0] == language.say("running")
    assert all(cell.lstrip("\N{MINUS SIGN}").isdecimal() for row in rows.values() for cell in row[3:])
    assert "State" not in told(task_table(handed.plan)).columns


def test_tasks_of_a_plan_that_has_changed_since_its_approval_say_how_much_later_they_are_and_not_how_far() -> None:
    before, now = (handout(builders.scenario(timeline__start=f"2027-{month}-04")).plan for month in ("01", "02"))
    columns = told(task_table(now, before)).columns
    assert columns == (*told(task_table(now)).columns, "Days later")
    later = [row[-1] for row in told(task_table(now, before)).rows]
    assert any(cell.isdecimal() and int(cell) > 0 for cell in later)


def test_what_was_booked_has_an_amount_and_neither_quantity_nor_price() -> None:
    given = handout(builders.scenario(**UNDER_WAY))
    rows = told(line_table(given.plan)).rows
    booked = [row[4:] for row in rows if row[1] == "Invoiced or bought"]
    assert len(booked) == sum(line.is_actual for line in given.plan.cost_lines)
    assert {row[:3] for row in booked} == {("", "", "")}
    assert all(row[3].lstrip("\N{MINUS SIGN}").startswith("EUR") for row in booked)
