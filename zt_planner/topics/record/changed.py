"""What changed since the baseline, in one line: the decisions on the same fields as one, each with its effect.

Laws: the effects of all changes add up to the difference from the baseline to today; what was changed back,
an approval and a saved forecast are left out.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from zt_planner.domain.scenario.fields import APPROVED, FORECASTS
from zt_planner.domain.session import FieldChange
from zt_planner.engine.compare.bridge import BridgeStep
from zt_planner.language import Labelled, Listed, Plural, Text, Words, sentences, series
from zt_planner.topics.effects import other_teams, postponed_text
from zt_planner.topics.headline.before_and_after import before_and_after
from zt_planner.topics.record.minutes_words import changes_text, scans_text, step_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zt_planner.domain.headlines import Headlines
    from zt_planner.topics.record.minutes import Item
    from zt_planner.topics.record.minutes_words import MinutesWords
    from zt_planner.topics.view import AnyView

MOST_NAMED, MOST_FIELDS = 3, 1
TEAMS = frozenset({"timeline.internal_days_per_week", "timeline.external_days_per_week"})
Size = TypeVar("Size", Decimal, int)


Change: TypeAlias = BridgeStep[tuple[FieldChange, ...]]
"""What some fields were and are, and what that does; without fields prices or the date have changed."""


def changes_since(items: Iterable[Item]) -> tuple[Change, ...]:
    """Return the effects of decisions, those on the same fields as one, in the order in which they began."""
    found: dict[tuple[str, ...], Change] = {}
    for item in items:
        fields = () if item.cause is None else item.cause.changes
        key = tuple(sorted(field.path for field in fields))
        earlier = found.get(key)
        if earlier is None:
            found[key] = BridgeStep(fields, item.effect, item.days, item.before, item.after)
            continue
        before = {field.path: field.before for field in earlier.cause}
        joined = tuple(FieldChange(field.path, before[field.path], field.after) for field in fields)
        effect, days = _sum(earlier.effect, item.effect), _sum(earlier.days, item.days)
        found[key] = BridgeStep(joined, effect, days, earlier.before, item.after)
    return tuple(change for change in found.values() if _is_there(change))


def _sum(one: Size | None, other: Size | None) -> Size | None:
    return None if one is None or other is None else one + other


def _is_there(change: Change) -> bool:
    """Tell whether a change is one: not where it was changed back, nor where it only keeps figures of the plan."""
    fields = (field for field in change.cause if not field.path.startswith((APPROVED, FORECASTS)))
    return bool(change.effect or change.days) or any(field.before != field.after for field in fields)


def changed_line(items: Iterable[Item], words: MinutesWords, ends: tuple[Headlines, Headlines] | None = None) -> Words:
    """Say what changed since the baseline, of many changes the latest that move a figure; empty where nothing did.

    A change alone says with which teams it moves the finish, where the figures at both `ends` are known.
    """
    changes = changes_since(items)
    moving = [change for change in changes if change.effect != 0 or change.days != 0]
    still = [change for change in changes if change not in moving]
    shown = sorted([*still, *moving][-MOST_NAMED:], key=lambda change: change in still)
    parts: list[Words] = [change_words(change, words) for change in shown]
    if len(changes) == 1 and ends is not None:
        parts = [with_teams(changes[0], *ends, words)]
    left = len(changes) - len(shown)
    if left:
        parts.insert(0, Plural("{n} other change", "{n} other changes", left))
    return Listed(parts, " · ")


def with_teams(change: Change, before: Headlines, after: Headlines, words: MinutesWords) -> Words:
    """Say what a change is and does, with which teams it moves the finish, and what only falls due later."""
    said = sentences(change_words(change, words), *_teams(change, before, after))
    return series(filter(None, (said, postponed_text(after, before))))


def _teams(change: Change, before: Headlines, after: Headlines) -> Iterator[Words]:
    """Yield with which teams a change moves the finish, where it does and others were found for it."""
    others = other_teams(before, after)
    if others and change.days and TEAMS.isdisjoint(field.path for field in change.cause):
        yield Text("with {teams}", teams=Listed(others))


def change_words(change: Change, words: MinutesWords) -> Words:
    """Say what a change is and what it does."""
    if not change.cause:
        return step_text(Text("Prices or the date"), change)
    return step_text(scans_text(change.cause) or changes_text(change.cause, words, MOST_FIELDS), change)


def own_plan_line(changes: Sequence[FieldChange], before: AnyView, now: AnyView) -> Words:
    """Say what was promised of an example and what is now, where `changes` have made it one's own plan."""
    name = scans_text(changes) or Text("Your plan instead of the example")
    return Labelled(name, sentences(*before_and_after(before, now)))
