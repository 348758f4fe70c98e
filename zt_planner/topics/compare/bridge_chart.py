"""The bridge from one plan to another as a picture: from the first plan's figure to the other's, the largest bar first.

Law: the bars are those of the bridge, those that move the figure; the ends are the figures of both plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.engine.plan import StoppedPlan
from zt_planner.topics.compare.side_by_side import BRIDGED, GROUPS, bar_text, bars_by_size, total_text
from zt_planner.topics.effects import finish_effect_text
from zt_planner.topics.palette import LIGHT
from zt_planner.topics.waterfall import ChangeScale, WaterfallBar, waterfall

if TYPE_CHECKING:
    from decimal import Decimal

    from plotly import graph_objects

    from zt_planner.engine.compare.bridge import Bridge
    from zt_planner.engine.compare.comparison import Variant
    from zt_planner.language import Language
    from zt_planner.topics.palette import Palette


def bridge_chart(
    bridge: Bridge, first: Variant, other: Variant, language: Language, palette: Palette = LIGHT
) -> graph_objects.Figure:
    """Return the picture of a bridge that has a bar."""
    ends = (end_text(bridge.figure, first, language), end_text(bridge.figure, other, language))
    bars = [WaterfallBar(language.say(GROUPS[bar.cause]), bar.amount) for bar in bars_by_size(bridge)]
    return waterfall(ends, bars, _scale(bridge.figure, first, language), palette)


def _scale(figure: BridgeFigure, first: Variant, language: Language) -> ChangeScale:
    """Return how changes of a figure read: money with its sign, days as earlier or later."""
    if figure is not BridgeFigure.FINISH_DATE:
        title = language.say("Change against {plan}", plan=first.letter)
        return ChangeScale(
            title, language.signed_money, lambda amount: language.signed_money(amount, 2), language.labelled
        )
    title = language.say("Calendar days against {plan}", plan=first.letter)
    return ChangeScale(
        title, language.number, lambda days: language.write(finish_effect_text(int(days))), language.labelled
    )


def end_text(figure: BridgeFigure, variant: Variant, language: Language) -> str:
    """Say what a plan comes to at its end of the bridge."""
    if isinstance(variant.plan, StoppedPlan):
        return variant.letter
    figures = variant.plan.headlines
    if figure is BridgeFigure.FINISH_DATE:
        return f"{variant.letter} {language.day(figures.finish_date)}"
    amount: Decimal = getattr(figures, figure.value)
    return f"{variant.letter} {language.money(amount, 2)}"


def bridge_alt(bridge: Bridge, first: Variant, other: Variant, language: Language) -> str:
    """Describe the picture of a bridge that has a bar."""
    largest = bars_by_size(bridge)[0]
    return language.say(
        "{figure} from {first} to {last}: {total}. A bar for each group of inputs that moves it, the largest is {name} "
        "with {amount}. The same amounts are in the table below.",
        figure=language.say(BRIDGED[bridge.figure]),
        first=end_text(bridge.figure, first, language),
        last=end_text(bridge.figure, other, language),
        total=language.write(total_text(bridge)),
        name=language.say(GROUPS[largest.cause]),
        amount=language.write(bar_text(largest, bridge.figure)),
    )
