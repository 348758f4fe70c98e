"""What the paper for the board says: the plan's own figures, a fair request, and nothing that is hidden."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import pytest

from tests import builders, handouts
from tests.approval import Says, lines_of
from tests.blocks import answers_in, every_block, group_in, group_of, remarks_in, tables_in, texts_in
from tests.english import leaves
from tests.papers import SITUATIONS, any_situation, handout, situation, stopped_situation
from tests.portions import names
from tests.words import ENGLISH, Told, told
from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.finding import Severity
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.operation import training_a_year
from zt_planner.engine.simulation.drivers import drivers_of
from zt_planner.engine.simulation.result import reserve_of
from zt_planner.language import Language, LanguageCode
from zt_planner.media.board import BoardPaper, board_paper_of
from zt_planner.topics.block import Answers, Role, Signature, flattened
from zt_planner.topics.compare.alternatives import alternatives_of
from zt_planner.topics.decisions.stages import stage_sentence
from zt_planner.topics.findings.blocks import MOST_REMARKS
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.labels import label
from zt_planner.topics.nis2.regulation import law_in
from zt_planner.topics.risk.blocks import MOST_DRIVERS
from zt_planner.topics.risk.confidence import reserve_sentence

EVERYDAY = {"EU", "EUR", "IT", "MID", "VAT", "ZT"}
PLANNED = tuple(name for name in SITUATIONS if name != "never ends")


def requests(paper: BoardPaper) -> list[Told]:
    return answers_in(group_of(paper, "decision"))


def whats(paper: BoardPaper) -> list[str]:
    return [answer.what for answer in requests(paper)]


def reasons(paper: BoardPaper) -> list[Told]:
    """Return why and what, which stand above what is asked for."""
    return answers_in(*(block for block in every_block(paper) if isinstance(block, Answers)))


def test_what_is_done_says_how_many_tasks_are_outside_the_five_steps() -> None:
    own = {"backup-survives": {"step": "3", "name": "Backups", "effort_days": 8}}
    (without,) = [point for point in reasons(told(board_paper_of(handouts.handout({})))) if point.question == "What"]
    given = handouts.handout({"tasks": {"own": own}})
    (point,) = [point for point in reasons(told(board_paper_of(given))) if point.question == "What"]
    assert point.why == f"{without.why}; 1 task is outside the five steps"
    assert point.what.startswith(f"{len(given.plan.tasks)} tasks for ")


def test_the_request_is_the_headline_and_what_the_contingency_lacks() -> None:
    given = situation("default")
    figures, simulation = given.plan.headlines, given.simulation
    assert figures is not None
    assert simulation is not None
    promise = given.promise
    assert promise.rounded_budget is not None
    training = training_a_year(given.plan.case, given.plan.tasks, figures.finish_date)
    assert training
    paper = told(board_paper_of(given))
    assert whats(paper) == [
        ENGLISH.money(promise.rounded_budget),
        ENGLISH.money(figures.run_rate_monthly),
        ENGLISH.money(training),
        f"Finish by {ENGLISH.day(promise.finish)}",
        f"Start on {ENGLISH.day(figures.start_date)}",
        f"{ENGLISH.number(promise.internal_days)} days of your own team",
        f"{ENGLISH.number(figures.operation_days_monthly, 1)} days a month of your own team",
        "Monitoring:",
        "",
    ]
    questions = ["Why", "What", "How much money", "By when", "Who does the work", "Or in stages"]
    assert list(dict.fromkeys(point.question for point in (*reasons(paper), *requests(paper)))) == questions
    reserve = reserve_of(given.plan, figures, simulation).shown_to_add
    assert ENGLISH.money(reserve) in requests(paper)[0].why
    assert ENGLISH.money(reserve) in "".join(texts_in(group_of(paper, "sure"))), "the reserve is one figure"
    assert texts_in(group_of(paper, "decision"), role=Role.CAUTION) == []
    assert ENGLISH.money(promise.rounded_budget) in paper.title
    assert ENGLISH.day(promise.finish) in paper.title
    said = "".join(texts_in(group_of(paper, "sure")))
    assert ENGLISH.write(planned_sentence(given)) in said
    assert ENGLISH.write(reserve_sentence(given.plan, simulation)) in said


def test_no_second_figure_stands_beside_what_is_promised() -> None:
    given = situation("default")
    paper = told(board_paper_of(given))
    asked = "\n".join(leaves((group_of(paper, "decision"), group_of(paper, "resolution"))))
    figures = given.plan.headlines
    assert ENGLISH.money(figures.introduction_budget) not in asked
    assert ENGLISH.day(figures.finish_date) not in asked
    assert ENGLISH.day(given.promise.finish) in asked


def signed(paper: BoardPaper) -> list[Told]:
    """Return what can be signed; nothing where the paper has no line for a signature."""
    blocks = () if group_in(paper, "resolution") is None else group_of(paper, "resolution").blocks
    return [choice for block in blocks if isinstance(block, Signature) for choice in block.choices]


def test_what_is_signed_is_the_promise_or_the_next_stage() -> None:
    given = situation("default")
    whole, stage = signed(told(board_paper_of(given)))
    assert given.promise.rounded_budget is not None
    assert ENGLISH.money(given.promise.rounded_budget) in whole
    assert ENGLISH.day(given.promise.finish) in whole
    assert stage == ENGLISH.write(stage_sentence(given.plan))
    planned = told(board_paper_of(handout(builders.scenario(timeline__target_months=60))))
    assert signed(planned)


@pytest.mark.parametrize("name", ["a price is missing", "never ends"])
def test_nothing_is_signed_that_something_stands_against(name: str) -> None:
    assert signed(told(board_paper_of(any_situation(name)))) == []


def test_alternatives_name_money_day_and_what_is_lost_with_the_same_team() -> None:
    given = situation("default")
    first, *others = tables_in(group_of(told(board_paper_of(given)), "two_alternatives"))[0].rows
    assert given.promise.rounded_budget is not None
    assert first[1] == ENGLISH.money(given.promise.rounded_budget)
    assert len(others) == 2
    found = tuple(alternatives_of(given))
    for row, other in zip(others, found, strict=True):
        assert ENGLISH.short_day(other.view.promise.finish) in row[2]
        assert other.view.promise.rounded_budget is not None
        assert ENGLISH.money(other.view.promise.rounded_budget) in row[1]
        assert other.view.plan.capacity == given.plan.capacity
    assert [row[4] for row in others] == [ENGLISH.write(other.lost) for other in found]
    assert all(row[4] for row in others)


def test_a_plan_under_way_is_offered_no_alternatives() -> None:
    assert group_in(told(board_paper_of(situation("under way"))), "two_alternatives") is None


def not_covered(**company: object) -> list[str]:
    rows = tables_in(group_of(told(board_paper_of(handout(builders.scenario(**company)))), "not_covered"))[0].rows
    return [subject for subject, _ in rows]


def test_what_is_not_covered_is_what_the_company_has_and_no_task_does() -> None:
    usual = not_covered()
    assert {"Backups", "Servers, VPN and firewalls", "Directory on your own servers"} <= set(usual)
    assert not {"Machines: 30", "Macs: 12"} & set(usual)
    more = not_covered(company__machines=30, company__macs=12, company__local_directory=False)
    assert {"Machines: 30", "Macs: 12"} <= set(more)
    assert "Directory on your own servers" not in more


def test_what_a_task_was_added_for_is_covered_and_what_was_left_out_is_not() -> None:
    own = {"backup-survives": {"step": "3", "name": "Backups", "effort_days": 8}}
    covered = not_covered(tasks__own=own, tasks__edits={"risk_policies": {"in_scope": False}})
    assert "Backups" not in covered
    assert covered[-1] == "Left out by you"


@pytest.mark.extended
def test_a_partner_that_operates_is_named_with_what_recurs(says: Says) -> None:
    company, partner = (
        told(board_paper_of(handout(builders.scenario(choices__operation=who)))) for who in ("own", "partner")
    )
    says(requests(company)[1].why)
    says(requests(partner)[1].why)


def test_why_is_said_without_a_promise(says: Says) -> None:
    paper = told(board_paper_of(situation("default")))
    still_open, what = reasons(paper)
    day = situation("default").plan.headlines.mfa_date
    assert day is not None
    assert f"MFA until {ENGLISH.day(day)}" in still_open.why
    assert texts_in(group_of(paper, "insurer"))[0].startswith("6 of 11 questions are answered yes by ")
    says(what.what)


def test_days_at_a_standstill_are_said_where_a_day_has_a_cost() -> None:
    given = handout(builders.scenario(company__standstill_day_cost=20_000))
    days = math.ceil(given.plan.headlines.horizon_total / 2_000) / 10
    (point,) = [point for point in reasons(told(board_paper_of(given))) if point.what == "Days at a standstill:"]
    assert f"the plan costs as much as a standstill of {days} days" in point.why


@pytest.mark.extended
def test_why_names_the_law_only_where_it_probably_applies() -> None:
    for sector, is_named in (("energy", True), ("other", False)):
        paper = told(board_paper_of(handout(builders.scenario(company__sector=sector))))
        assert [point.why.split(":")[0] for point in reasons(paper) if point.what == "NIS2:"] == (
            ["Probably an important entity"] if is_named else []
        )


def test_where_the_law_probably_applies_its_day_and_its_fine_are_named() -> None:
    given = handout(builders.scenario(company__sector="energy"))
    law = law_in(given)
    assert law is not None
    assert law.own is not None
    assert law.own.in_force is not None
    (point,) = [point for point in reasons(told(board_paper_of(given))) if point.what == "NIS2:"]
    amount = law.own.important.amount
    assert amount is not None
    assert ENGLISH.money(amount) in point.why
    assert ENGLISH.day(law.own.in_force) in point.why


def test_the_assumptions_name_what_there_is_and_what_is_held() -> None:
    held = {"company__owned_licences": [{"licence": "m365-business-standard"}], "company__machines": 30}
    paper = told(board_paper_of(handout(builders.scenario(**held, company__frontline=20, company__servers=7))))
    values = dict(tables_in(group_of(paper, "basis"))[0].rows)
    assert (values["Frontline people"], values["Servers"], values["Networked machines"]) == ("20", "7", "30")
    assert values["There is a works council"] == "yes"
    assert "Business Standard" in values["Licences you have today"]


def test_findings_are_told_by_their_share_of_the_money() -> None:
    given = situation("default")
    grave = [each for each in given.plan.findings if each.severity is Severity.WARNING]
    first = max(grave, key=lambda each: Decimal(str(each.facts.get("share", 0))))
    assert grave.index(first) == len(grave) - 1  # in the plan it is the last
    titles = [each.title for each in remarks_in([group_of(told(board_paper_of(given)), "findings")])]
    assert titles[-1] == ENGLISH.write(describe(first, given.book).title)


def test_the_annex_has_every_question_of_the_insurer() -> None:
    paper = told(board_paper_of(situation("default")))
    assert len(tables_in(group_of(paper, "insurer"))[0].rows) == 11


def test_no_reserve_is_asked_for_where_the_contingency_is_enough() -> None:
    paper = told(board_paper_of(handout(builders.scenario(finance__contingency=1))))
    assert "reserve" not in " ".join(point.why for point in requests(paper))


def test_a_plan_that_takes_longer_than_a_year_asks_for_what_the_whole_introduction_costs() -> None:
    given = situation("longer than a year")
    figures = given.plan.headlines
    assert figures is not None
    assert figures.introduction_budget > figures.first_year_budget
    first = requests(told(board_paper_of(given)))[0]
    assert given.promise.rounded_budget is not None
    assert first.what == ENGLISH.money(given.promise.rounded_budget)


@pytest.mark.parametrize("name", names(PLANNED, "default", "much at once"))
def test_the_money_adds_up_to_the_headlines(name: str) -> None:
    given = situation(name)
    plan, paper = given.plan, told(board_paper_of(given))
    if group_in(paper, "purpose") is None:
        assert not plan.is_complete
        assert not plan.headlines.horizon_total
        return
    *parts, (_, year, share, whole) = tables_in(group_of(paper, "purpose"))[0].rows
    prefix = "" if plan.is_complete else "at least "
    assert year == prefix + ENGLISH.money(plan.headlines.first_year_budget)
    assert whole == prefix + ENGLISH.money(plan.headlines.horizon_total)
    assert share == "100.0%"
    lines = figure_lines(FigureName.HORIZON_TOTAL, plan)
    for category in CASH_CATEGORIES:
        shown = [row[3] for row in parts if row[0] == ENGLISH.write(label(category))]
        found = [line for line in lines if line.category is category]
        assert bool(shown) == bool(found)
        assert all(ENGLISH.money(sum_of(found)) in text or text == "not known" for text in shown)


@pytest.mark.extended
def test_a_missing_price_makes_amounts_lower_bounds_and_asks_for_offers() -> None:
    paper = told(board_paper_of(situation("a price is missing")))
    assert whats(paper)[0].startswith("at least EUR")
    assert "reserve" not in " ".join(point.why for point in requests(paper))
    assert "Get quotes for these prices" in texts_in(group_of(paper, "decision"), role=Role.CAUTION)[0]
    assert "so every amount is a lower bound" in texts_in(group_of(paper, "sure"))[0]


def test_nothing_that_has_no_price_is_said_to_cost_nothing() -> None:
    paper = told(board_paper_of(situation("no price at all")))
    texts = "\n".join(leaves(paper))
    assert "EUR\xa00" not in texts
    assert [row[0] for row in tables_in(group_of(paper, "sure"))[0].rows] == ["Done by", "Everyone has MFA by"]
    assert group_in(paper, "purpose") is None
    assert len(texts_in(group_of(paper, "decision"), role=Role.CAUTION)) == 2


def test_a_plan_that_has_stopped_asks_for_nothing_and_says_what_to_do() -> None:
    paper = told(board_paper_of(stopped_situation()))
    assert [group.name for group in every_block(paper)] == ["decision", "findings", "basis"]
    assert requests(paper) == []
    assert remarks_in(every_block(paper))[0].is_blocking
    assert "EUR" not in "\n".join(leaves(paper))


@pytest.mark.extended
@pytest.mark.parametrize("region", ["DE", "AT", "CH"])
def test_the_consultants_day_rate_is_that_of_the_region(region: str) -> None:
    given = handout(builders.scenario(timeline__region=region))
    rates = {
        ENGLISH.money(line.unit_price.amount, 2)
        for line in given.plan.cost_lines
        if line.category is CostCategory.CONSULTANT and line.unit_price
    }
    rows = [row[1] for row in tables_in(group_of(told(board_paper_of(given)), "basis"))[0].rows]
    assert [row for row in rows if row.endswith(" a day")] == [f"{rate} a day" for rate in rates]


def test_labour_that_is_hidden_is_in_no_word() -> None:
    given = handout(shows_labour=False)
    full = handout()
    paper = told(board_paper_of(given))
    texts = "\n".join(leaves(paper))
    assert whats(paper)[0] == f"{ENGLISH.money(given.plan.headlines.introduction_budget)} without labour"
    assert "without labour and contingency" in requests(paper)[0].why
    assert "reserve" not in "\n".join(leaves((group_of(paper, "sure"), group_of(paper, "decision"))))
    assert ENGLISH.money(full.plan.headlines.first_year_budget) not in texts
    assert not {"Contingency", "Consultant", "External IT security consultant"} & {
        row[0]
        for name in ("basis", "drivers", "purpose")
        for table in tables_in(group_of(paper, name))
        for row in table.rows
    }
    assert not {"15%", "EUR\xa01,150.00 a day"} & {row[1] for row in tables_in(group_of(paper, "basis"))[0].rows}


@pytest.mark.extended
def test_the_drivers_are_the_largest_in_their_order() -> None:
    given = situation("default")
    assert given.simulation is not None
    drivers = drivers_of(given.plan, given.simulation)
    money, days = (group_of(told(board_paper_of(given)), name) for name in ("budget", "finish"))
    assert [row[1:] for row in tables_in(money)[0].rows] == [
        tuple(ENGLISH.money(end) for end in sorted((swing.low_budget, swing.high_budget)))
        for swing in drivers.by_money()[:MOST_DRIVERS]
    ]
    assert [row[1:] for row in tables_in(days)[0].rows] == [
        tuple(ENGLISH.short_day(end) for end in sorted((swing.low_finish, swing.high_finish)))
        for swing in drivers.by_days()[:MOST_DRIVERS]
    ]
    assert f"{len(drivers.by_money()) - MOST_DRIVERS} others matter less." in texts_in(money)


@pytest.mark.extended
def test_doubtful_prices_stand_with_what_they_come_to_the_largest_first(says: Says) -> None:
    prices = group_of(told(board_paper_of(situation("350 people"))), "doubtful")
    (table,) = tables_in(prices)
    amounts = [Decimal(row[2].removeprefix("EUR\xa0").replace(",", "")) for row in table.rows]
    assert amounts == sorted(amounts, reverse=True)
    says(table.rows[0][0])
    whys = {row[1] for row in table.rows[1:]}
    assert whys <= {"assumed", "over a year old", "assumed, over a year old"}
    assert "% assumed" in texts_in(prices)[0]


@pytest.mark.extended
def test_the_days_that_nobody_has_offered_are_asked_about_first_until_somebody_has() -> None:
    given = situation("default")
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, given.plan)
    work = [line for line in lines if line.category is CostCategory.CONSULTANT]
    prices = group_of(told(board_paper_of(given)), "doubtful")
    days = ENGLISH.number(sum(line.quantity for line in work))
    assert tables_in(prices)[0].rows[0][1:] == (f"{days} assumed days", ENGLISH.money(sum_of(work)))
    assert "% assumed days" in texts_in(prices)[0]
    offered = {task.task.id: (1, 1) for task in given.plan.tasks}
    share = {"internal": 0.12, "external": 0.12}
    known = builders.scenario(uncertainty__effort_ranges=offered, labour__coordination_share=share)
    asked = told(board_paper_of(handout(known)))
    assert "assumed days" not in "\n".join(leaves(group_of(asked, "doubtful")))


def test_points_of_nis2_that_no_task_serves_are_named_by_letter() -> None:
    given = situation("default")
    counted, left = texts_in(group_of(told(board_paper_of(given)), "coverage"))[:2]
    states = [item.state for item in given.plan.coverage]
    assert f"{states.count(CoverageState.SUPPORTED)} of {len(states)} points" in counted
    letters = {item.letter for item in given.plan.coverage if item.state is CoverageState.OPEN}
    assert {letter for letter in "abcdefghij" if f"({letter})" in left} == letters


def test_decisions_at_gates_are_named_once() -> None:
    given = situation("default")
    paper = told(board_paper_of(given))
    (table,) = tables_in(group_of(paper, "decisions"))
    (stages,) = tables_in(group_of(paper, "stages"))
    assert len(table.rows) + len(stages.rows) == len(decisions_of(given.plan)) + 1  # the last stage leads to no step
    one_stage = told(board_paper_of(situation("no price at all")))
    assert group_in(one_stage, "stages") is None
    (table,) = tables_in(group_of(one_stage, "decisions"))
    assert len(table.rows) == len(decisions_of(situation("no price at all").plan))


def test_each_abbreviation_of_the_field_is_explained() -> None:
    paper = told(board_paper_of(situation("default")))
    (terms,) = tables_in(group_of(paper, "terms"))
    said = " ".join(lines_of(paper))
    used = {word for word in re.findall(r"\b[A-Z]{2,}\d*\b", said) if word not in EVERYDAY}
    assert "EDR" in used
    assert used <= {row[0] for row in terms.rows}


def test_of_many_findings_the_rest_is_counted() -> None:
    given = situation("a price is missing")
    findings = group_of(told(board_paper_of(given)), "findings")
    shown = remarks_in([findings])
    assert len(shown) <= MOST_REMARKS
    left = len(given.plan.findings) - len(shown)
    assert texts_in(findings) == [f"{left} more findings are in the plan itself."]


@pytest.mark.extended
def test_amounts_with_vat_and_in_another_currency_stand_below_the_figures() -> None:
    asked = handout(builders.scenario(display__vat_country="DE", display__currency="CHF"))
    notes = texts_in(group_of(told(board_paper_of(asked)), "decision"), role=Role.NOTE)
    assert ["With 19% VAT (Germany): " in notes[0], "In CHF, net, " in notes[1]] == [True, True]
    assert texts_in(group_of(board_paper_of(handout()), "decision"), role=Role.NOTE) == []


def shape_of(paper: BoardPaper) -> list[list[str]]:
    """Return which kinds of blocks stand on each sheet."""
    return [[type(block).__name__ for block in flattened(sheet.blocks)] for sheet in paper.sheets]


@pytest.mark.extended
@pytest.mark.parametrize("name", names(SITUATIONS, "default", "never ends"))
def test_each_language_says_as_much_as_english(name: str) -> None:
    english, *others = (told(board_paper_of(any_situation(name, code)), Language(code)) for code in LanguageCode)
    for other in others:
        assert shape_of(english) == shape_of(other)
        assert english.title != other.title
