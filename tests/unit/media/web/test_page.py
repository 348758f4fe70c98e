"""What the page for a browser holds: every chart with its words and its numbers, every line, nothing that is hidden."""

from __future__ import annotations

import re
from dataclasses import asdict, replace

import pytest

from tests import builders
from tests.blocks import remarks_in
from tests.papers import SITUATIONS, any_situation, handout, situation, stopped_situation
from tests.portions import names
from tests.words import ENGLISH, plotted, told
from zt_planner.domain.data.rules import NO_RULES
from zt_planner.engine.costing.budget import sum_of
from zt_planner.language import Language, LanguageCode
from zt_planner.media.web.page import Section, WebPage, web_page_of
from zt_planner.topics.budget.lines import line_table
from zt_planner.topics.labels import bounded_money
from zt_planner.topics.nis2.dues import due_table
from zt_planner.topics.nis2.insurer import insurer_table
from zt_planner.topics.nis2.regulation import applies_sentence, duty_table, law_in
from zt_planner.topics.published import claims_table, losses_table
from zt_planner.topics.risk.standstill import delay_sentence, standstill_sentence
from zt_planner.topics.subsidies.subsidies import subsidy_table
from zt_planner.topics.view import View

PLANNED = tuple(name for name in SITUATIONS if name != "never ends")


def part(page: WebPage, name: str) -> Section:
    (found,) = (each for each in page.parts if each.name == name)
    return found


@pytest.mark.extended
@pytest.mark.parametrize("name", names(PLANNED, "default", "much at once"))
def test_every_chart_has_words_and_a_table_and_no_colours_of_its_own_page(name: str) -> None:
    page = web_page_of(situation(name))
    with_charts = [each for each in page.parts if each.charts or each.picture]
    no_price = {"sureness"} if name == "no price at all" else set()
    assert {each.name for each in with_charts} == {"money", "roadmap", "sureness", "drivers", "nis2"} - no_price
    assert {each.name for each in page.parts if each.picture} == {"money", "roadmap"}
    for each in with_charts:
        assert each.tables
        assert all(chart.alt for chart in each.charts)
        figures = [plotted(chart.drawing) for chart in each.charts]
        assert all(figure.layout.height > 0 for figure in figures)


@pytest.mark.extended
@pytest.mark.parametrize("name", names(PLANNED, "default", "much at once"))
def test_the_cost_lines_are_all_there_and_their_sum_is_what_leaves_the_company(name: str) -> None:
    plan = situation(name).plan
    table = told(part(web_page_of(situation(name)), "lines").tables[0].table)
    *rows, total = table.rows
    assert [row[-1] for row in rows] == [
        "no price" if line.amount is None else ENGLISH.money(line.amount, 2) for line in plan.cost_lines
    ]
    cash = sum_of(line for line in plan.cost_lines if line.is_cash)
    assert total[-1] == ENGLISH.write(bounded_money(cash, 2, is_whole=plan.is_complete))
    assert len(table.badges) == len(table.rows)


def test_quantities_of_cost_lines_are_shares_days_and_pieces() -> None:
    given = situation("default")
    rows = told(line_table(given.plan)).rows
    by_category = {row[3]: row for row in rows}
    assert by_category["Contingency"][4] == "15%"
    assert by_category["Consultant"][5] == "person-day"
    consultant = given.case.prices.price_of(given.case.prices.external_day, given.plan.months[0])
    assert consultant is not None
    assert by_category["Consultant"][6] == ENGLISH.money(consultant.amount, 2)


@pytest.mark.extended
def test_the_budget_by_month_covers_every_month_of_the_plan() -> None:
    given = situation("longer than a year")
    table = part(web_page_of(given), "money").tables[1].table
    assert len(table.rows) == len(given.plan.months) + 1


@pytest.mark.extended
def test_the_picture_has_its_tasks_with_it_and_the_roadmap_shows_them() -> None:
    given = situation("many own tasks")
    page = web_page_of(given)
    for name, is_open in (("money", False), ("roadmap", True)):
        picture = part(page, name).picture
        assert picture is not None
        assert {row.is_open for row in picture.rows} == {is_open}
        assert sum(len(row.tasks) for row in picture.rows) == len(given.plan.tasks)
    assert len(part(page, "roadmap").tables[0].table.rows) == len(given.plan.tasks)


def test_a_stopped_plan_has_what_is_wrong_and_what_was_entered_and_no_amount_of_its_own() -> None:
    page = web_page_of(stopped_situation())
    assert [each.name for each in page.parts] == ["basis", "prices"]
    assert [group.name for group in page.groups] == ["findings"]
    assert remarks_in(page.groups)[0].is_blocking


@pytest.mark.extended
def test_every_finding_is_there() -> None:
    given = situation("a price is missing")
    assert len(remarks_in(web_page_of(given).groups)) == len(given.plan.findings)


@pytest.mark.extended
def test_labour_that_is_hidden_is_in_no_table_and_no_chart() -> None:
    full, page = handout(), web_page_of(handout(shows_labour=False))
    texts = str(asdict(page))
    assert ENGLISH.money(full.plan.headlines.first_year_budget) not in texts
    assert not re.search(r"(?<![\d,])1,150(?!,?\d)", texts)
    assert not [name for name in ("External IT security consultant", "Internal IT day") if name in texts]


@pytest.mark.extended
def test_why_law_insurer_and_money_from_the_state_are_told_as_on_the_dashboard() -> None:
    given = situation("default")
    page, context = web_page_of(given), View(given.plan, ENGLISH)
    law = law_in(context)
    assert law is not None
    why = part(page, "why")
    assert why.words == tuple(filter(None, (standstill_sentence(context), delay_sentence(context))))
    assert [each.table for each in why.tables] == [losses_table(context), claims_table(context)]
    told = part(page, "law")
    assert applies_sentence(law) in told.words
    assert [each.table for each in told.tables] == [due_table(law), duty_table(law)]
    assert part(page, "insurer").tables[0].table == insurer_table(context)
    assert part(page, "support").tables[0].table == subsidy_table(context)


@pytest.mark.extended
def test_where_no_rules_of_others_are_known_the_page_has_none() -> None:
    given = situation("default")
    without = replace(given.case, base_model=replace(given.case.base_model, rules=NO_RULES))
    page = web_page_of(replace(given, plan=replace(given.plan, case=without)))
    assert part(page, "why").tables == ()
    assert part(page, "law").words == ()
    assert "insurer" not in {each.name for each in page.parts}


@pytest.mark.extended
def test_without_a_region_there_is_no_money_from_the_state() -> None:
    page = web_page_of(handout(builders.scenario(timeline__region=None)))
    assert "support" not in {each.name for each in page.parts}


@pytest.mark.extended
@pytest.mark.parametrize("name", names(SITUATIONS, "default", "never ends"))
def test_each_language_has_the_same_parts(name: str) -> None:
    english, *others = (told(web_page_of(any_situation(name, code)), Language(code)) for code in LanguageCode)
    for other in others:
        assert [(each.name, len(each.charts), len(each.tables)) for each in english.parts] == [
            (each.name, len(each.charts), len(each.tables)) for each in other.parts
        ]
        assert not {each.heading for each in english.parts} & {each.heading for each in other.parts}
