"""Reports as a reader reads them."""

from __future__ import annotations

from typing import Any, TypeAlias

from zt_planner.language import Language, LanguageCode

ENGLISH = Language(LanguageCode.ENGLISH)
Told: TypeAlias = Any
"""A report whose statements are written: of the same types, with texts in their places."""


def told(report: object, language: Language = ENGLISH) -> Told:
    """Return a report with all its statements written."""
    return language.written(report)
