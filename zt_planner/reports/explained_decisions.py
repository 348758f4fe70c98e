"""Why this effect? What a decision did to the first-year budget, and the way from the first figure to the last.

Amounts are whole euros, as in the minutes. Laws: an effect is the figure after
a decision less the one before it; the first figure and all effects add up to
the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.reports.minutes_words import days_text, effect_text, what_of
from zt_planner.reports.sentence import labour_note
from zt_planner.reports.trace import Counted, Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.reports.minutes import Item, Minutes
    from zt_planner.reports.minutes_words import Words

EFFECT, WAY = "effect", "way"
MOST_ROWS = 50
"""The way shows so many decisions one by one, the latest; what lies before them is one row."""


def effect_titles(minutes: Minutes, shown: Sequence[Item], words: Words) -> dict[str, str]:
    """Return the names of the effects of some items with what was decided; those that are not known are left out."""
    places = {id(item): place for place, item in enumerate(minutes.items)}
    return {f"{EFFECT}:{places[id(item)]}": _what(item, words) for item in shown if item.effect is not None}


def explain_decided(name: str, minutes: Minutes, words: Words) -> Trace | None:
    """Return the trace of an effect or of the way as a whole; None for any other name."""
    head, _, place = name.partition(":")
    if name == WAY and minutes.first is not None and minutes.last is not None:
        return explain_way(minutes, words)
    if head == EFFECT and place.isdecimal() and int(place) < len(minutes.items):
        return explain_effect(int(place), minutes, words)
    return None


def explain_effect(place: int, minutes: Minutes, words: Words) -> Trace | None:
    """Return why a decision had its effect; None where that is not known."""
    item, language = minutes.items[place], words.language
    earlier = [known.after for known in minutes.items[:place] if known.after is not None]
    before = earlier[-1] if earlier else minutes.first
    if item.effect is None or item.after is None or before is None:
        return None
    return Trace(
        name=f"{EFFECT}:{place}",
        title=language.say("Effect on the first-year budget"),
        value=item.effect,
        shown=effect_text(item.effect, language),
        rule=_rule(
            language.say("The first-year budget after the decision, less the one before it, in whole euros."),
            minutes,
            words,
        ),
        rows=(
            TraceRow(language.say("Budget after it"), amount=item.after.budget),
            TraceRow(language.say("Less the budget before it"), amount=-before.budget),
        ),
        counted=Counted.EUROS,
        notes=(
            _what(item, words),
            language.say(
                "Finish: {before} before it, {after} after it: {change}.",
                before=language.day(before.finish),
                after=language.day(item.after.finish),
                change=days_text(item.days, language),
            ),
        ),
    )


def explain_way(minutes: Minutes, words: Words) -> Trace | None:
    """Return how the decisions lead from the first figure to the last; None where none is known."""
    language, first, last = words.language, minutes.first, minutes.last
    if first is None or last is None:
        return None
    known = [item for item in minutes.items if item.effect is not None]
    old, new = known[:-MOST_ROWS], known[-MOST_ROWS:]
    rows = [TraceRow(language.say("The first figure"), amount=first.budget)]
    if old:
        text = language.plural("{n} earlier decision", "{n} earlier decisions", len(old))
        rows.append(TraceRow(text, amount=sum(item.effect for item in old if item.effect is not None)))
    rows += [TraceRow(_what(item, words), amount=item.effect) for item in new]
    return Trace(
        name=WAY,
        title=language.say("From the first figure to the last"),
        value=last.budget,
        shown=language.money(last.budget),
        rule=_rule(
            language.say("The first figure and the effect of each decision, in whole euros, add up to the last."),
            minutes,
            words,
        ),
        rows=tuple(rows),
        counted=Counted.EUROS,
    )


def _what(item: Item, words: Words) -> str:
    what = what_of(item.decision, words)
    return what if item.decision is None else f"{words.language.number(item.decision.place)}. {what}"


def _rule(rule: str, minutes: Minutes, words: Words) -> str:
    return rule if minutes.sight.labour else f"{rule} {labour_note(words.language)}"
