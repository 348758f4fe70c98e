"""Plans that the tests of files share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handouts import AWKWARD, handout

if TYPE_CHECKING:
    from zt_planner.topics.handout import Handout


@pytest.fixture(scope="session")
def default() -> Handout:
    """Return the plan of the first visit."""
    return handout()


@pytest.fixture(scope="session")
def awkward() -> Handout:
    """Return the plan with own figures, dates and tasks."""
    return handout(AWKWARD)
