"""A comparison of plans as two CSV files: the key figures side by side, and the bars of the bridges.

Laws: a figure that lacks a price, and a bridge that is not given, are empty cells, never 0; the bars of a bridge add
up to the difference of its figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.media.csv.files import table_bytes
from zt_planner.topics.compare.sentences import bar_columns, bridge_bars
from zt_planner.topics.compare.side_by_side import compared_figures, figure_columns

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.language import Language
    from zt_planner.media.csv.dialects import Dialect

COMPARISON, BRIDGE = "comparison.csv", "bridge.csv"


def comparison_files(comparison: Comparison, language: Language, dialect: Dialect) -> dict[str, bytes]:
    """Return both files by name; those for an Excel are in its language."""
    language = dialect.words or language
    return {
        COMPARISON: table_bytes(figure_columns(comparison), compared_figures(comparison), dialect, language),
        BRIDGE: table_bytes(bar_columns(), bridge_bars(comparison), dialect, language),
    }
