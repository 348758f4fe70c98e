"""Whatever the view and the controls: more controls and larger losses are never likelier, and a fifth always stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.strategies import hundredths, scenarios
from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.engine.case import case_of
from zt_planner.engine.losses import CreditedControl, credit_of, outlook_of
from zt_planner.engine.planner import plan_of
from zt_planner.engine.severity import NOTHING, Credit, LossSize, severity_of
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.analyses.reasons import loss_tables as tables
from zt_planner.reports.analyses.reasons.losses import chosen_sentences, euros, sentences
from zt_planner.reports.figure_names import LossFigure, loss_figure_name
from zt_planner.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.losses import LossOutlook

SHIPPED, MODEL = load_price_book(data_dir()), load_phase_model(data_dir())
ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)
SLACK = 1 + 1e-9
factors = hundredths("0.2", "1").map(float)
controls = st.lists(
    st.builds(CreditedControl, st.sampled_from(MODEL.losses.controls), factors, factors, st.none()), max_size=6
)
ratios = hundredths("1.01", "1000")
amounts = st.integers(1, 10**9)


@st.composite
def severities(draw: st.DrawFn) -> LossSize:
    """Draw a size of losses by median and mean, or by median and P95."""
    median, ratio = draw(hundredths("1", "1000000")), draw(ratios)
    by_mean = draw(st.booleans())
    mean, p95 = (median * ratio, None) if by_mean else (None, median * ratio)
    found = severity_of(median, mean, p95, Decimal(1))
    assert found is not None
    return found


@given(severity=severities(), before=controls, more=controls, amount=amounts)
def test_more_controls_never_raise_a_loss_and_a_fifth_stays(
    severity: LossSize, before: Sequence[CreditedControl], more: Sequence[CreditedControl], amount: int
) -> None:
    fewer, all_of_them = credit_of(before), credit_of([*before, *more])
    assert all_of_them.left_of_mean(severity) <= fewer.left_of_mean(severity) * SLACK
    assert all_of_them.left_above(amount, severity) <= fewer.left_above(amount, severity) * SLACK
    assert all_of_them.left_of_mean(severity) * SLACK >= 0.2
    assert all_of_them.left_of_mean(severity) <= SLACK
    assert all_of_them.left_above(amount, severity) * SLACK >= 0.2 * severity.exceeds(amount)


@given(severity=severities(), known=controls, amount=amounts, factor=ratios)
def test_a_larger_loss_is_never_likelier(
    severity: LossSize, known: Sequence[CreditedControl], amount: int, factor: Decimal
) -> None:
    credit = credit_of(known)
    assert credit.left_above(amount * float(factor), severity) <= credit.left_above(amount, severity) * SLACK


@given(severity=severities())
def test_factors_of_1_change_nothing(severity: LossSize) -> None:
    assert Credit(1, 1).left_of_mean(severity) == 1
    assert Credit(1, 1 - 1e-12).left_of_mean(severity) == pytest.approx(1)
    assert NOTHING.left_above(5, severity) == severity.exceeds(5)


def check_sentences(outlook: LossOutlook) -> None:
    """Assert that each sentence is there if and only if there is what it says, and in every language."""
    said, chosen = {name: text for text, name in chosen_sentences(outlook, ENGLISH)}, outlook.chosen
    texts = sentences(outlook, ENGLISH)
    assert len(texts) == len(sentences(outlook, GERMAN))
    assert ", a factor of " in texts[1]
    if chosen is None:
        assert texts[3].startswith("Your own view lacks a figure")
        assert set(said) == {""}
        return
    paid, is_reduced = outlook.break_even(chosen), outlook.avoided(chosen) > 0
    assert loss_figure_name(LossFigure.AFTER) in said
    assert (loss_figure_name(LossFigure.WEEK) in said) == (outlook.week_of_delay(chosen) != 0)
    assert (loss_figure_name(LossFigure.BREAK_EVEN) in said) == (paid is not None)
    assert any("because labour is hidden" in text for text in texts) == (not outlook.plan.shows_labour)
    if paid is not None:
        assert euros(paid.loss, ENGLISH) in said[loss_figure_name(LossFigure.BREAK_EVEN)]
    elif outlook.plan.shows_labour:
        unpaid = "prices are missing" if is_reduced else "does not pay for itself"
        assert any(unpaid in text for text in texts)


@given(scenario=scenarios(SHIPPED, tuple(MODEL.by_id)), shows_labour=st.booleans())
def test_every_plan_with_a_schedule_says_what_doing_nothing_comes_to(scenario: Scenario, *, shows_labour: bool) -> None:
    case = case_of(scenario, SHIPPED, MODEL, today=date(2026, 11, 24), shows_labour=shows_labour)
    plan = plan_of(case)
    outlook = outlook_of(plan, case)
    assert (outlook is None) == (plan.headlines is None)
    if outlook is None:
        return
    check_sentences(outlook)
    assert len(tables.views_table(outlook, GERMAN).rows) >= 3
    chosen = outlook.chosen
    if chosen is None:
        assert scenario.losses.view == "own"
        return
    yearly = [chosen.yearly(credit) for credit in (*outlook.before, *outlook.during, *outlook.after)]
    assert all(later <= earlier * SLACK for earlier, later in pairwise(yearly))
    assert outlook.week_of_delay(chosen) >= -1e-9
    found = outlook.break_even(chosen)
    assert found is None or (shows_labour and found.avoided > 0)
