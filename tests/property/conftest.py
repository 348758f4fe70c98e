"""What is drawn once for all laws."""

from __future__ import annotations

import pytest

from tests.property.any_plan import SHARED


@pytest.fixture(scope="session", autouse=True)
def _shared_scenarios() -> None:
    """Draw the scenarios that laws share, before the first of them draws one."""
    for shared in SHARED:
        shared.draw()
