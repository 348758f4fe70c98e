"""What the paper for the board says: the plan's own figures, a fair request, and nothing that is hidden."""

from __future__ import annotations

import math
from dataclasses import asdict
from decimal import Decimal

import pytest

from tests import builders, handouts
from tests.approval import Says
from tests.papers import SITUATIONS, any_situation, handout, situation, stopped_situation
from tests.portions import names
from tests.words import told
from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.simulation.drivers import drivers_of
from zt_planner.engine.simulation.result import reserve_of
from zt_planner.language import Language, LanguageCode
from zt_planner.media.board.basis import MOST_DRIVERS, MOST_REMARKS
from zt_planner.media.board.paper import BoardPaper, board_paper_of
from zt_planner.topics.labels import label
from zt_planner.topics.risk.confidence import reserve_sentence

ENGLISH = Language(LanguageCode.ENGLISH)
PLANNED = tuple(name for name in SITUATIONS if name != "never ends")


def whats(paper: BoardPaper) -> list[str]:
    return [point.what for point in paper.decision.points]


def test_what_is_done_says_how_many_tasks_are_outside_the_five_steps() -> None:
    own = {"backup-survives": {"step": "3", "name": "Backups", "effort_days": 8}}
    (without,) = [point for point in told(board_paper_of(handouts.handout({}))).reasons if point.question == "What"]
    given = handouts.handout({"tasks": {"own": own}})
    (point,) = [point for point in told(board_paper_of(given)).reasons if point.question == "What"]
    assert point.why == f"{without.why}; 1 task is outside the five steps"
    assert point.what.startswith(f"{len(given.plan.tasks)} tasks for ")


def test_the_request_is_the_headline_and_what_the_contingency_lacks() -> None:
    given = situation("default")
    figures, simulation = given.plan.headlines, given.simulation
    assert figures is not None
    assert simulation is not None
    reserve = reserve_of(given.plan, figures, simulation)
    paper = told(board_paper_of(given))
    assert whats(paper) == [
        ENGLISH.money(figures.introduction_budget),
        ENGLISH.money(figures.run_rate_monthly),
        ENGLISH.money(reserve.to_add),
        f"Finish by {ENGLISH.day(simulation.finish_at(0.8))}",
        f"Start on {ENGLISH.day(figures.start_date)}",
        f"{ENGLISH.number(figures.internal_days)} days of our own people",
        f"{ENGLISH.number(figures.operation_days_monthly, 1)} days a month of our own people",
        "Watching:",
        "",
    ]
    questions = ["Why", "What", "How much money", "How sure", "By when", "Who runs it", "Or in stages"]
    assert list(dict.fromkeys(point.question for point in (*paper.reasons, *paper.decision.points))) == questions
    assert ENGLISH.money(figures.one_off_total) in paper.decision.points[0].why
    assert ENGLISH.money(reserve.contingency) in paper.decision.points[2].why
    assert ENGLISH.money(reserve.sure) in paper.decision.points[2].why
    assert paper.decision.cautions == ()
    assert figures.mfa_date is not None
    assert f"MFA for everyone by {ENGLISH.day(figures.mfa_date)}" in paper.title
    assert paper.sure is not None
    assert paper.sure.reserve == ENGLISH.write(reserve_sentence(given.plan, simulation))


@pytest.mark.extended
def test_a_partner_that_operates_is_named_with_what_recurs(says: Says) -> None:
    company, partner = (
        told(board_paper_of(handout(builders.scenario(choices__operation=who)))) for who in ("own", "partner")
    )
    says(company.decision.points[1].why)
    says(partner.decision.points[1].why)


def test_why_is_said_without_a_promise(says: Says) -> None:
    insurer, what = told(board_paper_of(situation("default"))).reasons
    assert insurer.why.startswith("6 of 11 questions are answered yes by ")
    says(what.what)


def test_days_at_a_standstill_are_said_where_a_day_has_a_cost() -> None:
    given = handout(builders.scenario(company__standstill_day_cost=20_000))
    days = math.ceil(given.plan.headlines.horizon_total / 2_000) / 10
    (point,) = [point for point in told(board_paper_of(given)).reasons if point.what == "Days at a standstill:"]
    assert f"the plan costs as much as a standstill of {days} days" in point.why


@pytest.mark.extended
def test_why_names_the_law_only_where_it_probably_applies() -> None:
    for sector, is_named in (("energy", True), ("other", False)):
        reasons = told(board_paper_of(handout(builders.scenario(company__sector=sector)))).reasons
        assert [point.why.split(":")[0] for point in reasons if point.what == "NIS2:"] == (
            ["Probably an important entity"] if is_named else []
        )


def test_the_annex_has_every_question_of_the_insurer(says: Says) -> None:
    paper = told(board_paper_of(situation("default")))
    assert paper.insurer is not None
    assert len(paper.insurer.table.rows) == 11
    assert paper.after is not None
    says([(row[0], row[3]) for row in paper.after.table.rows])
    assert [row[4] for row in paper.after.table.rows] == ["6.5", "5.9", "2.2", "2.2"]


def test_no_reserve_is_asked_for_where_the_contingency_is_enough() -> None:
    paper = told(board_paper_of(handout(builders.scenario(finance__contingency=1))))
    assert "reserve" not in " ".join(point.why for point in paper.decision.points)
    assert paper.sure is not None
    assert "No further reserve" in whats(paper)
    assert "of contingency included, is enough" in paper.sure.reserve


def test_a_plan_that_takes_longer_than_a_year_asks_for_what_the_whole_introduction_costs() -> None:
    given = situation("longer than a year")
    figures = given.plan.headlines
    assert figures is not None
    assert figures.introduction_budget > figures.first_year_budget
    first = told(board_paper_of(given)).decision.points[0]
    assert first.what == ENGLISH.money(figures.introduction_budget)
    assert ENGLISH.money(figures.one_off_total) in first.why


@pytest.mark.parametrize("name", names(PLANNED, "default", "much at once"))
def test_the_money_adds_up_to_the_headlines(name: str) -> None:
    given = situation(name)
    plan, paper = given.plan, told(board_paper_of(given))
    if paper.money is None:
        assert not plan.is_complete
        assert not plan.headlines.horizon_total
        return
    *parts, (_, year, share, whole) = paper.money.table.rows
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
    assert "reserve" not in " ".join(point.why for point in paper.decision.points)
    assert "Get quotes for these prices" in paper.decision.cautions[0]
    assert paper.sure is not None
    assert "so every amount is a lower bound" in paper.sure.sentences[-1]
    assert paper.sure.reserve == ""
    assert [fact.value.startswith("at least EUR") for fact in (paper.facts[0], paper.facts[4])] == [True] * 2


def test_nothing_that_has_no_price_is_said_to_cost_nothing() -> None:
    paper = told(board_paper_of(situation("no price at all")))
    texts = str(asdict(paper))
    assert "EUR\xa00" not in texts
    assert [fact.value for fact in (paper.facts[0], paper.facts[4])] == ["not known"] * 2
    assert [row.cells[0] for row in paper.sure.rows] == ["Done by", "Everyone has MFA by"] if paper.sure else False
    assert paper.money is None
    assert len(paper.decision.cautions) == 2


def test_a_plan_that_has_stopped_asks_for_nothing_and_says_what_to_do() -> None:
    paper = told(board_paper_of(stopped_situation()))
    assert (paper.decision.points, paper.reasons, paper.insurer, paper.after) == ((), (), None, None)
    assert (paper.facts, paper.sure, paper.picture, paper.money, paper.drivers) == ((), None, None, None, ())
    assert paper.remarks is not None
    assert paper.remarks.remarks[0].is_blocking
    assert "EUR" not in str(asdict(paper))


@pytest.mark.extended
@pytest.mark.parametrize("region", ["DE", "AT", "CH"])
def test_the_consultants_day_rate_is_that_of_the_region(region: str) -> None:
    given = handout(builders.scenario(timeline__region=region))
    rates = {
        ENGLISH.money(line.unit_price.amount, 2)
        for line in given.plan.cost_lines
        if line.category is CostCategory.CONSULTANT and line.unit_price
    }
    rows = [row[1] for row in told(board_paper_of(given)).inputs.table.rows]
    assert [row for row in rows if row.endswith(" a day")] == [f"{rate} a day" for rate in rates]


def test_labour_that_is_hidden_is_in_no_word() -> None:
    given = handout(shows_labour=False)
    full = handout()
    paper = told(board_paper_of(given))
    texts = str(asdict(paper))
    assert whats(paper)[0] == ENGLISH.money(given.plan.headlines.first_year_budget)
    assert "without labour and contingency" in paper.decision.points[0].why
    assert paper.sure is not None
    assert paper.sure.reserve == ""
    assert "as a reserve" not in texts
    assert ENGLISH.money(full.plan.headlines.first_year_budget) not in texts
    assert not {"Contingency", "Consultant", "External IT security consultant"} & {
        row[0] for table in (paper.inputs, *paper.drivers, paper.money) if table for row in table.table.rows
    }
    assert not {"15%", "EUR\xa01,150.00 a day"} & {row[1] for row in paper.inputs.table.rows}


@pytest.mark.extended
def test_the_drivers_are_the_largest_in_their_order() -> None:
    given = situation("default")
    assert given.simulation is not None
    drivers = drivers_of(given.plan, given.simulation)
    money, days = told(board_paper_of(given)).drivers
    assert [row[1:] for row in money.table.rows] == [
        tuple(ENGLISH.money(end) for end in sorted((swing.low_budget, swing.high_budget)))
        for swing in drivers.by_money()[:MOST_DRIVERS]
    ]
    assert [row[1:] for row in days.table.rows] == [
        tuple(ENGLISH.short_day(end) for end in sorted((swing.low_finish, swing.high_finish)))
        for swing in drivers.by_days()[:MOST_DRIVERS]
    ]
    assert f"{len(drivers.by_money()) - MOST_DRIVERS} others matter less." in money.words


@pytest.mark.extended
def test_doubtful_prices_stand_with_what_they_come_to_the_largest_first(says: Says) -> None:
    prices = told(board_paper_of(situation("350 people"))).prices
    assert prices is not None
    amounts = [Decimal(row[2].removeprefix("EUR\xa0").replace(",", "")) for row in prices.table.rows]
    assert amounts == sorted(amounts, reverse=True)
    says(prices.table.rows[0][0])
    whys = {row[1] for row in prices.table.rows[1:]}
    assert whys <= {"unverified", "over a year old", "unverified, over a year old"}
    assert "% unverified" in prices.words


@pytest.mark.extended
def test_the_days_that_nobody_has_offered_are_asked_about_first_until_somebody_has() -> None:
    given = situation("default")
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, given.plan)
    work = [line for line in lines if line.category is CostCategory.CONSULTANT]
    prices = told(board_paper_of(given)).prices
    assert prices is not None
    days = ENGLISH.number(sum(line.quantity for line in work))
    assert prices.table.rows[0][1:] == (f"{days} assumed days", ENGLISH.money(sum_of(work)))
    assert "% assumed days" in prices.words
    offered = {task.task.id: (1, 1) for task in given.plan.tasks}
    coordination = {"internal": 1, "external": Decimal("1.5")}
    asked = told(
        board_paper_of(
            handout(
                builders.scenario(uncertainty__effort_ranges=offered, labour__coordination_days_per_month=coordination)
            )
        )
    ).prices
    assert asked is not None
    assert "assumed" not in str(asdict(asked))


def test_what_is_not_covered_is_named() -> None:
    given = situation("default")
    coverage = told(board_paper_of(given)).coverage
    assert coverage is not None
    left = {item.letter for item in given.plan.coverage if item.state is not CoverageState.SUPPORTED}
    assert left
    assert {letter for letter in "abcdefghij" if f"({letter})" in coverage.left} == left
    assert [each.letter for each in coverage.measures] == [f"({item.letter})" for item in given.plan.coverage]
    assert "not proof of compliance" in coverage.note


def test_of_many_findings_the_rest_is_counted() -> None:
    given = situation("a price is missing")
    remarks = told(board_paper_of(given)).remarks
    assert remarks is not None
    assert len(remarks.remarks) <= MOST_REMARKS
    left = len(given.plan.findings) - len(remarks.remarks)
    assert remarks.left == f"{left} more findings are in the plan itself."


@pytest.mark.extended
def test_amounts_with_vat_and_in_another_currency_stand_below_the_figures() -> None:
    notes = told(
        board_paper_of(handout(builders.scenario(display__vat_country="DE", display__currency="CHF")))
    ).amount_notes
    assert ["With 19% VAT (Germany): " in notes[0], "In CHF, net, " in notes[1]] == [True, True]
    assert told(board_paper_of(handout())).amount_notes == ()


@pytest.mark.extended
@pytest.mark.parametrize("name", names(SITUATIONS, "default", "never ends"))
def test_each_language_says_as_much_as_english(name: str) -> None:
    english, *others = (asdict(told(board_paper_of(any_situation(name, code)))) for code in LanguageCode)
    for other in others:
        assert {key: bool(value) for key, value in english.items()} == {
            key: bool(value) for key, value in other.items()
        }
        assert english["title"] != other["title"]
