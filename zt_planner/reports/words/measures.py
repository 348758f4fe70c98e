"""The measures of NIS2 Art. 21(2) by names short enough for a chart on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import msgid

if TYPE_CHECKING:
    from zt_planner.language import Language

SHORT_NAMES = {
    "a": msgid("Risk analysis"),
    "b": msgid("Incidents"),
    "c": msgid("Continuity"),
    "d": msgid("Supply chain"),
    "e": msgid("Vulnerabilities"),
    "f": msgid("Effectiveness"),
    "g": msgid("Training"),
    "h": msgid("Encryption"),
    "i": msgid("Access control"),
    "j": msgid("MFA/messaging"),
}


def measure_name(letter: str, language: Language) -> str:
    """Return a measure's short name with its letter; the letter alone for one that the directive does not have."""
    name = SHORT_NAMES.get(letter)
    return f"({letter})" if name is None else f"{language.say(name)} ({letter})"
