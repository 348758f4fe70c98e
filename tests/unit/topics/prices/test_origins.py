"""Where the money is from: parts that add up, each line in one of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import builders
from tests.builders import with_lines
from tests.words import ENGLISH, Told, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.trust import MoneyOrigin
from zt_planner.topics.palette import DARK, LIGHT
from zt_planner.topics.prices.origins import (
    NAMES,
    SHARES_OF_MONEY,
    origin_parts,
    origin_shares,
    origin_sizes,
    origin_words,
)


@pytest.mark.parametrize("shows_labour", [True, False])
@pytest.mark.parametrize("own", [{}, {"m365-business-premium": Decimal(15)}])
def test_the_parts_are_all_the_money_and_the_line_says_each(
    price_book: PriceBook, phase_model: PhaseModel, own: dict[str, Decimal], *, shows_labour: bool
) -> None:
    given = Scenario().changed("prices.overrides", own)
    plan = builders.plan(given, price_book, phase_model, shows_labour=shows_labour)
    parts, shares = told(origin_parts(plan, LIGHT)), origin_shares(plan)
    assert sum(part.width for part in parts) == pytest.approx(100)
    assert sum(tenths(part) for part in parts) == 1000
    assert sum(shares.values()) == 1
    assert [part.name for part in parts] == [NAMES[origin] for origin in shares]
    line = ENGLISH.write(origin_words(plan))
    assert all(f"{tenths(part) / 10:.1f}%" in line for part in parts if tenths(part))
    assert (MoneyOrigin.OWN in shares) == bool(own)
    assert (MoneyOrigin.CONTINGENCY in shares) == shows_labour
    assert (MoneyOrigin.ASSUMED_DAYS in shares) == shows_labour
    assert len({part.colour for part in parts}) == len(parts)
    assert {part.colour for part in origin_parts(plan, DARK)} != {part.colour for part in parts}


def tenths(part: Told) -> int:
    """Return a share as it is shown, in tenths of a percent; what is below one counts as none."""
    return 0 if part.shown.startswith("under") else int(part.shown.rstrip("%").replace(".", ""))


def test_every_origin_has_its_words() -> None:
    assert set(NAMES) == set(SHARES_OF_MONEY) == set(MoneyOrigin)


def test_where_nothing_has_a_price_nothing_is_said(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = with_lines(builders.plan(Scenario(), price_book, phase_model), ())
    assert (origin_parts(plan, LIGHT), origin_sizes(plan), origin_words(plan)) == ((), {}, "")
