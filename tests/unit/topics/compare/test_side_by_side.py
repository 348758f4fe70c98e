"""The bridge as a picture: from the first plan's figure to the other's, the largest bar first, in money and in days."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from tests.approval import Says
from tests.builders import scenario
from tests.unit.topics.compare.test_comparison import ENDLESS, ENGLISH, compared, plain
from tests.words import plotted
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.engine.compare.bridge import Bridge, BridgeFigure, Contribution
from zt_planner.topics.compare.side_by_side import bridge_alt, bridge_chart, end_text

OTHER = scenario(choices__monitoring="mdr", finance__contingency=0, company__employees=150, choices__billing="monthly")


@pytest.mark.parametrize("figure", BridgeFigure)
def test_the_bars_lead_from_the_first_plan_to_the_other_the_largest_first(figure: BridgeFigure) -> None:
    first, other = compared(OTHER).variants
    bridge = next(each for each in other.bridges if each.figure is figure)
    chart = plotted(bridge_chart(bridge, first, other))
    (trace,) = chart.data
    begin, *effects, change = (Decimal(str(value)) for value in trace.x)
    assert begin == 0
    assert sum(effects) == change == bridge.total
    assert all(abs(one) >= abs(next_) > 0 for one, next_ in pairwise(effects))
    names = list(chart.layout.yaxis.ticktext)
    assert names[0] == ENGLISH.write(end_text(figure, first))
    assert names[-1] == ENGLISH.write(end_text(figure, other))
    alt = ENGLISH.write(bridge_alt(bridge, first, other))
    assert all(end in alt for end in (names[0], names[-1]))


def test_bars_are_labelled_with_what_they_add(says: Says) -> None:
    first, other = compared(OTHER).variants
    bars = (
        Contribution(InputGroup.PEOPLE, Decimal(-5), is_idle=False),
        Contribution(InputGroup.SCOPE, Decimal(12), is_idle=False),
        Contribution(InputGroup.LICENCES, Decimal(0), is_idle=True),
    )
    days = plotted(bridge_chart(Bridge(BridgeFigure.FINISH_DATE, bars), first, other))
    says(list(days.data[0].text))
    says(days.layout.xaxis.title.text)
    money = plotted(bridge_chart(Bridge(BridgeFigure.HORIZON_TOTAL, bars), first, other))
    assert list(map(plain, money.data[0].text)) == ["", "+EUR 12.00", "−EUR 5.00", "+EUR 7.00"]
    says(money.layout.xaxis.title.text)
    says(plain(ENGLISH.write(bridge_alt(Bridge(BridgeFigure.FINISH_DATE, bars), first, other))))


def test_a_plan_without_a_schedule_is_named_alone() -> None:
    _, other = compared(scenario(**ENDLESS)).variants
    assert end_text(BridgeFigure.FINISH_DATE, other) == "B"
