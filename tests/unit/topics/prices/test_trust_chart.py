"""How sure the money is: parts that add up, each line in one of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.builders import plan_for, with_lines
from tests.words import Told, told
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.trust import verified_share
from zt_planner.engine.figures import figure_lines
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.findings.line import verified_words
from zt_planner.topics.palette import DARK, LIGHT
from zt_planner.topics.prices.trust_chart import Trust, shown_shares, trust_parts

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

ENGLISH = Language(LanguageCode.ENGLISH)
SURE = {"Listed prices, checked within a year", "Own prices", "Listed prices, checked over a year ago"}


@pytest.mark.parametrize("shows_labour", [True, False])
@pytest.mark.parametrize("own", [{}, {"m365-business-premium": Decimal(15)}])
def test_the_parts_are_all_the_money_and_the_sure_ones_what_is_called_verified(
    price_book: PriceBook, phase_model: PhaseModel, today: date, own: dict[str, Decimal], *, shows_labour: bool
) -> None:
    given = Scenario().changed("prices.overrides", own)
    plan = plan_for(case_of(given, price_book, phase_model, today=today, shows_labour=shows_labour))
    parts = told(trust_parts(plan, LIGHT))
    assert sum(part.width for part in parts) == pytest.approx(100)
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    sure = sum(part.width for part in parts if part.name in SURE)
    assert sure == pytest.approx(float(verified_share(lines, plan.scenario, today) * 100), abs=0.01)
    assert not any("erified" in part.name for part in parts)  # the sentence above the bar means more by that word
    assert sum(tenths(part) for part in parts) == 1000
    assert f"{sum(tenths(part) for part in parts if part.name in SURE) / 10}% " in ENGLISH.write(verified_words(plan))
    assert ("Own prices" in {part.name for part in parts}) == bool(own)
    assert ("Contingency" in {part.name for part in parts}) == shows_labour
    assert len({part.colour for part in parts}) == len(parts)
    assert {part.colour for part in trust_parts(plan, DARK)} != {part.colour for part in parts}


def tenths(part: Told) -> int:
    """Return a share as it is shown, in tenths of a percent; what is below one counts as none."""
    return 0 if part.shown.startswith("under") else int(part.shown.rstrip("%").replace(".", ""))


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        # 22.06, 0.26 and 0.02 in the hundred are called 22.3 together, and not 22.1 and 0.3
        ((22060, 260, 20, 70000, 7660), (220, 3, 0, 700, 77)),
        ((1, 1, 1, 0, 0), (334, 333, 333, 0, 0)),
        ((3, 0, 0, 0, 9997), (0, 0, 0, 0, 1000)),
    ],
)
def test_shares_are_rounded_so_that_they_add_up(sizes: tuple[int, ...], shown: tuple[int, ...]) -> None:
    given = {kind: Decimal(size) for kind, size in zip(Trust, sizes, strict=True) if size}
    expected = {kind: Decimal(each).scaleb(-3) for kind, each in zip(Trust, shown, strict=True) if kind in given}
    assert shown_shares(given) == expected


def test_where_nothing_has_a_price_there_is_no_bar(price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    plan = plan_for(case_of(Scenario(), price_book, phase_model, today=today))
    assert trust_parts(with_lines(plan, ()), LIGHT) == ()
