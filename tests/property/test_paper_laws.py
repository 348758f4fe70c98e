"""Laws of what is handed out to look at: whatever the plan, there is a paper, a picture and a page, and they agree."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.blocks import answers_in, cards_in, every_block
from tests.property.any_plan import planned, small_scenario
from tests.property.test_labour_laws import rates, with_rates
from tests.words import told
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.headlines import AmountState, FigureName
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.simulation.result import simulate
from zt_planner.language import Language, LanguageCode
from zt_planner.media.board import board_paper_of
from zt_planner.media.typst.picture import paper_picture_of
from zt_planner.media.typst.typesetting import pdf_bytes, svg_bytes
from zt_planner.media.web.html import html_bytes
from zt_planner.media.web.page import web_page_of
from zt_planner.topics.axes import shown_months
from zt_planner.topics.picture.whole import Picture, picture_of
from zt_planner.topics.view import View

DRAWS = 40
VERSION = r"\b[0-9a-f]{12}\b"
"""What a scenario is told apart by: it follows from everything in it, what is hidden too."""
languages = st.sampled_from(LanguageCode).map(Language)
MOST_PAGES = 12
"""Of a paper with its status report: what a plan over decades has to say goes on from page to page, but not forever."""


def handed_out(scenario: Scenario, language: Language, *, shows_labour: bool = True) -> View:
    plan = planned(scenario, shows_labour=shows_labour)
    simulation = simulate(plan, draws=DRAWS)
    return View(plan, language, lambda: simulation)


def places_of(picture: Picture) -> list[float]:
    """Return every place on the time axis."""
    assert picture.money is not None
    rows = [each for row in picture.rows for each in (row, *row.tasks)]
    spans = [
        *(bar.span for row in rows for bar in (*row.bars, *row.waits, *row.ghosts)),
        *(span for row in rows for span in (*row.critical, *row.left)),
        *(off.span for off in picture.days_off),
        *(stack.span for stack in picture.money.stacks),
    ]
    return [edge for span in spans for edge in (span.left, span.left + span.width)]


@given(small_scenario, languages)
@pytest.mark.extended
def test_every_plan_can_be_handed_out(scenario: Scenario, language: Language) -> None:
    given_out = handed_out(scenario, language)
    assert svg_bytes(given_out).startswith(b"<svg")
    paper, said = pdf_bytes(given_out), board_paper_of(given_out)
    assert paper.startswith(b"%PDF-")
    (sheets,) = (int(count) for count in re.findall(rb"/Type/Pages/Count (\d+)", paper))
    assert len(said.sheets) <= sheets <= MOST_PAGES
    assert html_bytes(given_out).startswith(b"<!doctype html>")


@given(small_scenario, languages)
@pytest.mark.extended
def test_everything_lies_on_the_axis_and_every_stack_is_its_month(scenario: Scenario, language: Language) -> None:
    given_out = handed_out(scenario, language)
    picture = told(picture_of(given_out.plan, opened=tuple(Step)), language)
    assert all(-1e-9 <= index <= 1 + 1e-9 for index in places_of(picture))
    shown = {str(month) for month in shown_months(given_out.plan)}
    lines = (*given_out.plan.cost_lines, *given_out.plan.prepaid_tail)
    cash = sum((line.amount or Decimal(0) for line in lines if line.is_cash and str(line.month) in shown), Decimal(0))
    assert picture.money is not None
    slices = [part for stack in picture.money.stacks for part in stack.slices]
    assert sum((Decimal(part.amount) for part in slices), Decimal(0)) == cash


@given(small_scenario, languages)
@pytest.mark.extended
def test_an_amount_that_lacks_prices_is_never_zero(scenario: Scenario, language: Language) -> None:
    plan = planned(scenario)
    if plan.is_complete:
        return
    blocks = [*every_block(told(board_paper_of(handed_out(scenario, language)), language))]
    assert language.money(0) not in {answer.what for answer in answers_in(*blocks)}
    # What comes every month afterwards may have all of its prices, and be nothing: licences that are owned already.
    run_rate = plan.headlines[FigureName.RUN_RATE_MONTHLY]
    is_nothing = run_rate.state is AmountState.KNOWN and not run_rate.value
    assert [card.value for card in cards_in(*blocks)].count(language.money(0)) <= is_nothing


@given(small_scenario, rates(), languages)
@pytest.mark.extended
def test_what_is_hidden_cannot_be_read_from_paper_picture_or_page(
    scenario: Scenario, values: dict[str, object], language: Language
) -> None:
    first, second = (
        handed_out(each, language, shows_labour=False) for each in (scenario, with_rates(scenario, values))
    )
    for shown in (paper_picture_of, board_paper_of, web_page_of):
        one, other = (re.sub(VERSION, "", repr(told(shown(each), language))) for each in (first, second))
        assert one == other
