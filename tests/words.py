"""Reports as a reader reads them."""

from __future__ import annotations

from typing import Any, TypeAlias

from plotly import graph_objects

from zt_planner.language import Language, LanguageCode
from zt_planner.topics.block import Drawing

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)
Told: TypeAlias = Any
"""A report whose statements are written: of the same types, with texts in their places."""


def plotted(drawing: Drawing, language: Language = ENGLISH) -> Told:
    """Return a chart written and checked by plotly, which refuses what it does not know."""
    return graph_objects.Figure(language.written(drawing))


def told(report: object, language: Language = ENGLISH) -> Told:
    """Return a report with all its statements written."""
    return language.written(report)


def plain(text: str) -> str:
    """Return a text with plain spaces in place of no-break ones."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
