"""The plan's figures as `summary.json`: `reports.summary` decides what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.export.json_text import json_bytes
from zt_planner.reports.summary import summary_of

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.engine.uncertainty.outlook import Outlook
    from zt_planner.language import Language

SUMMARY_FILE = "summary.json"


def summary_bytes(plan: Plan, price_book: PriceBook, language: Language, outlook: Outlook | None = None) -> bytes:
    """Write the figures of a plan, and what its outlook says, as a JSON file."""
    return json_bytes(summary_of(plan, price_book, language, outlook))
