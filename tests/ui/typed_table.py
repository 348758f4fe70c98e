"""A table that is edited, as a browser holds it: `AppTest` types into no data editor."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

import pandas as pd
import pytest
import streamlit as st

from tests.ui.screen import Screen
from zt_planner.errors import NothingToUndo
from zt_planner.ui.components.grid import REFUSED
from zt_planner.ui.state.tab import this_tab


class Table:
    """A table of cells in the hands of a test, as a browser keeps it: what is typed stays while its key does."""

    def __init__(self) -> None:
        """Have a table that nobody has edited."""
        self.key = ""
        self.edits: dict[tuple[int, str], object] = {}
        self.frame: pd.DataFrame | None = None

    def draw(self, frame: pd.DataFrame, *, key: str, **_: Any) -> pd.DataFrame:  # noqa: ANN401 - Streamlit's own
        """Return the frame with what was typed into the table with this key."""
        if key != self.key:
            self.edits.clear()
        self.key, self.frame, shown = key, frame, frame.copy()
        rows: dict[int, dict[str, object]] = {}
        for (place, column), value in self.edits.items():
            column_values = list(shown[column])
            column_values[place] = value
            shown[column] = column_values
            rows.setdefault(place, {})[column] = value
        st.session_state[key] = {"edited_rows": rows}
        return shown

    def row(self, name: str) -> pd.Series[Any]:
        """Return the row of a name as it was drawn last."""
        assert self.frame is not None
        return self.frame.loc[self._is_called(name)].iloc[0]

    def type(self, name: str, column: str, value: object) -> None:
        """Type into a cell, days in ISO."""
        assert self.frame is not None
        (place,) = self.frame.index[self._is_called(name)]
        self.edits[int(place), column] = value.isoformat() if isinstance(value, date) else value

    def is_marked(self, name: str) -> bool:
        """Tell whether a row is marked, as something in it is refused."""
        return str(self.row(name).iloc[0]) != name

    def _is_called(self, name: str) -> pd.Series[bool]:
        """Tell of each row whether it has a name, marked or not."""
        assert self.frame is not None
        return self.frame.iloc[:, 0].str.removeprefix(REFUSED.format(name="")) == name


class Drawing(Protocol):
    """A table that stands in for Streamlit's."""

    def draw(self, frame: pd.DataFrame, *, key: str, **_: Any) -> pd.DataFrame:  # noqa: ANN401 - Streamlit's own
        """Return the frame as it is edited."""


def refuse_elsewhere(table: Drawing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have something else be refused while the table is drawn."""

    def draw(frame: pd.DataFrame, **more: Any) -> pd.DataFrame:  # noqa: ANN401 - as above
        this_tab().refused = (NothingToUndo(),)
        return table.draw(frame, **more)

    monkeypatch.setattr(st, "data_editor", draw)


def add_task(screen: Screen, **texts: str) -> Screen:
    """Fill in the form of a new task and send it."""
    for field in screen.app.text_input:
        figure = (field.key or "").rpartition(":")[2]
        if (field.key or "").startswith("own_task:") and figure in texts:
            field.set_value(texts[figure])
    return screen.press("FormSubmitter:own_task:")
