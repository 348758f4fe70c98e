"""A plan that stopped, on the dashboard: every page says so with its reason, and none shows a figure of it."""

from __future__ import annotations

import json

import pytest

from tests.figures import every_name
from tests.handouts import NEVER_ENDS
from tests.ui.screen import Screen
from zt_planner.domain.finding import Code
from zt_planner.engine.plan import StoppedPlan
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.view import StoppedView
from zt_planner.ui.addresses import ALL_PAGES


@pytest.fixture
def stopped(screen: Screen) -> Screen:
    """Return the dashboard with a plan whose work does not end."""
    return screen.run().load(json.dumps(NEVER_ENDS).encode())


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_page_says_that_there_is_no_schedule_and_why(page: str, stopped: Screen) -> None:
    stopped.open_all(page)
    plan = stopped.any_plan
    assert isinstance(plan, StoppedPlan)
    assert plan.findings[0].code is Code.TIMELINE_TOO_LONG
    assert stopped.headline == stopped.language.write(headline_sentence(StoppedView(plan, stopped.language)))
    assert not stopped.figures
    assert set(stopped.asked) <= set(every_name(StoppedView(plan, stopped.language)))
