"""The price table of the page, in the hands of a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st


class PriceTable:
    """The table of the page as a test edits it: what a browser would send of the frame that was drawn last.

    A widget with its key stands in for it, so that Streamlit forgets it as it forgets a table that is not drawn.
    """

    def __init__(self) -> None:
        """Have a table that nobody has edited."""
        self.edits: dict[str, Callable[[pd.DataFrame], None]] = {}
        self.key, self.shown = "", pd.DataFrame()

    def draw(self, frame: pd.DataFrame, *, key: str, **_: Any) -> pd.DataFrame:  # noqa: ANN401 - Streamlit's own
        """Return the frame with what was typed into the table with this key."""
        st.toggle("Price table", key=key)
        self.key, self.shown = key, frame.copy()
        if key in self.edits:
            self.edits[key](self.shown)
        return self.shown

    def holds(self, price_id: str, column: str) -> str:
        """Return what the last row of an id shows."""
        return str(self.shown.loc[self.shown["id"] == price_id, column].iloc[-1])

    def type(self, price_id: str, column: str, value: str | date, *, and_before: bool = False) -> None:
        """Type into the last row of an id, perhaps besides what was typed before."""
        earlier = self.edits.get(self.key) if and_before else None

        def edit(frame: pd.DataFrame) -> None:
            if earlier is not None:
                earlier(frame)
            place = max(frame.index[frame["id"] == price_id])
            frame.loc[place, column] = value.isoformat() if isinstance(value, date) else value

        self.edits[self.key] = edit
