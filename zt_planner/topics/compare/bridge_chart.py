"""The bridge from one plan to another as a picture: from the first plan's figure to the other's, the largest bar first.

Law: the bars are those of the bridge, those that move the figure; the ends are the figures of both plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Listed, LongDay, Money, Number, Text, Words
from zt_planner.topics.compare.side_by_side import BRIDGED, GROUPS, bar_text, bars_by_size, total_text
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.waterfall import ChangeScale, WaterfallBar, waterfall

if TYPE_CHECKING:
    from zt_planner.engine.compare.bridge import Bridge
    from zt_planner.engine.compare.comparison import Variant
    from zt_planner.topics.block import Drawing
    from zt_planner.topics.palette import Palette


def bridge_chart(bridge: Bridge, first: Variant, other: Variant, palette: Palette = LIGHT) -> Drawing:
    """Return the picture of a bridge that has a bar."""
    ends = (end_text(bridge.figure, first), end_text(bridge.figure, other))
    bars = [WaterfallBar(Text(GROUPS[bar.cause]), bar.amount) for bar in bars_by_size(bridge)]
    return waterfall(ends, bars, _scale(bridge.figure, first), palette)


def _scale(figure: BridgeFigure, first: Variant) -> ChangeScale:
    """Return how changes of a figure read: money with its sign, days as earlier or later."""
    if figure is BridgeFigure.FINISH_DATE:
        title = Text("Calendar days against {plan}", plan=first.letter)
        return ChangeScale(title, Number, lambda days: finish_effect_text(int(days)))
    return ChangeScale(
        Text("Change against {plan}", plan=first.letter),
        lambda amount: Money(amount, is_signed=True),
        lambda amount: Money(amount, 2, is_signed=True),
    )


def end_text(figure: BridgeFigure, variant: Variant) -> Words:
    """Say what a plan's figure is at its end of the bridge."""
    if isinstance(variant.plan, StoppedPlan):
        return variant.letter
    figures = variant.plan.headlines
    if figure is BridgeFigure.FINISH_DATE:
        return Listed((variant.letter, LongDay(figures.finish_date)), " ")
    return Listed((variant.letter, Money(getattr(figures, figure.value), 2)), " ")


def bridge_alt(bridge: Bridge, first: Variant, other: Variant) -> Words:
    """Describe the picture of a bridge that has a bar."""
    largest = bars_by_size(bridge)[0]
    return Text(
        "{figure} from {first} to {last}: {total}. A bar for each group of inputs that moves it, the largest is {name} "
        "with {amount}. The same amounts are in the table below.",
        figure=Text(BRIDGED[bridge.figure]),
        first=end_text(bridge.figure, first),
        last=end_text(bridge.figure, other),
        total=total_text(bridge),
        name=Text(GROUPS[largest.cause]),
        amount=bar_text(largest, bridge.figure),
    )
