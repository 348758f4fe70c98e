"""Plans that the tests of files share."""

from __future__ import annotations

import pytest

from tests.handouts import AWKWARD, handout
from zt_planner.topics.view import View


@pytest.fixture(scope="session")
def default() -> View:
    """Return the plan of the first visit."""
    return handout()


@pytest.fixture(scope="session")
def awkward() -> View:
    """Return the plan with own figures, dates and tasks."""
    return handout(AWKWARD)
