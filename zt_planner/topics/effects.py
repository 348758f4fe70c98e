"""What a change does to an amount or a date, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.engine.under_way.slip import postponed
from zt_planner.language import MINUS, Listed, Money, Plural, Text, Trimmed, Words

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.domain.headlines import Headlines


def effect_text(effect: Decimal | None, places: int = 0) -> Words:
    """Write an effect with its sign; nothing where it is not known."""
    if effect is None:
        return ""
    return Money(effect, places, is_signed=True) if effect else Text("unchanged")


def finish_effect_text(days: int | None) -> Words:
    """Say how much earlier or later the finish is."""
    if days is None:
        return ""
    if not days:
        return Text("unchanged")
    if days > 0:
        return Plural("{n} day later", "{n} days later", days)
    return Plural("{n} day earlier", "{n} days earlier", -days)


def signed(number: int, size: Words) -> Words:
    """Put the sign of a number before what is said of its size."""
    return Listed(("+" if number > 0 else MINUS if number else "", size), "")


def postponed_text(now: Headlines, then: Headlines) -> Words:
    """Say what a later plan seems to save because it falls due later; nothing where nothing does."""
    amount = rounded(postponed(now, then), 0)
    return Text("{amount} of the running costs only falls due later", amount=Money(amount)) if amount else ""


def other_teams(before: Headlines, after: Headlines) -> tuple[Words, ...]:
    """Say with how many days a week of whom a plan is made, where that differs."""
    texts = []
    if before.internal_days_per_week != after.internal_days_per_week:
        text = Plural(
            "{now} instead of {n} day a week of your team",
            "{now} instead of {n} days a week of your team",
            Trimmed(before.internal_days_per_week),
            now=Trimmed(after.internal_days_per_week),
        )
        texts.append(text)
    if before.external_days_per_week != after.external_days_per_week:
        text = Plural(
            "{now} instead of {n} day a week of the consultant",
            "{now} instead of {n} days a week of the consultant",
            Trimmed(before.external_days_per_week),
            now=Trimmed(after.external_days_per_week),
        )
        texts.append(text)
    return tuple(texts)
