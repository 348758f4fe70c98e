"""What a change does to an amount or a date, in words."""

from __future__ import annotations

from decimal import Decimal

from zt_planner.language import Language


def effect_text(effect: Decimal | None, language: Language, places: int = 0) -> str:
    """Write an effect with its sign; nothing where it is not known."""
    if effect is None:
        return ""
    return language.signed_money(effect, places) if effect else language.say("unchanged")


def finish_effect_text(days: int | None, language: Language) -> str:
    """Say how much earlier or later the finish is."""
    if days is None:
        return ""
    if not days:
        return language.say("unchanged")
    if days > 0:
        return language.plural("{n} day later", "{n} days later", days)
    return language.plural("{n} day earlier", "{n} days earlier", -days)
