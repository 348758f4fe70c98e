"""Approved texts are made with the prices and tasks of November 2026, whatever is shipped by now."""

from __future__ import annotations

import pytest

from tests.approval import KNOWN_DATA
from zt_planner import catalog
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook


@pytest.fixture(scope="session")
def price_book() -> PriceBook:
    """Return the prices of November 2026."""
    return catalog.load_price_book(KNOWN_DATA)


@pytest.fixture(scope="session")
def phase_model() -> PhaseModel:
    """Return the tasks and measures of November 2026."""
    return catalog.load_phase_model(KNOWN_DATA)
