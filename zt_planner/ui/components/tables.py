"""Tables: HTML tables, drawn by our component, whose figures are buttons that open explanations (ADR 0056).

Law: cells are plain text, whoever typed it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain, repeat, zip_longest
from typing import Any

from zt_planner.topics.badges import Badge
from zt_planner.topics.table import Table
from zt_planner.ui.components.elements import badges_in, open_explanation, take_press
from zt_planner.ui.components.together.presence import pointed_at
from zt_planner.ui.components.web.loading import component
from zt_planner.ui.state import session

LONG_TABLE = 20
ROOM_FOR_TEXT = ((240, "longest"), (60, "long"))
"""The width of a column by the length of its longest text; `table.css` has the widths."""
LONG_WORD = 24
"""Letters: a longer word is broken."""
_table = component("table")


def show_table(
    table: Table,
    alt: str,
    *,
    scrolls: bool = False,
    stacks: bool = False,
    place: str = "",
    press: Callable[[str], None] = open_explanation,
    press_means: str = "",
) -> None:
    """Show a table; a press on a figure opens its explanation, or does what `press` does with its name.

    `alt` names the table, uniquely within the page and `place`. A long one that `scrolls` has a fixed height, and a
    shadow where it continues; one that `stacks` has a card for each row if it does not fit in its width.
    """
    language, key = session.language(), f"table:{place}{alt}"
    table = language.written(table)
    rows = zip_longest(table.rows, table.asks, table.badges, fillvalue=())
    data = {
        "alt": alt,
        "scrolls": language.say("Scroll with the arrow keys"),
        "why": press_means or language.say("Why this number?"),
        "stacks": stacks,
        "tall": scrolls and len(table.rows) > LONG_TABLE,
        "columns": tuple(
            {"title": title, "number": index in table.numbers, "room": _room_of(table, index)}
            for index, title in enumerate(table.columns)
        ),
        "rows": tuple(
            [
                _cell_of(str(text), name, of_row if index == table.badge_column else (), "" if index else link)
                for index, (text, name) in enumerate(zip_longest(cells, names, fillvalue=""))
            ]
            for (cells, names, of_row), link in zip(rows, chain(table.links, repeat("")), strict=False)
        ),
    }
    _table(key=key, data=data, on_why_change=partial(take_press, key, press))


def _cell_of(text: str, name: str, badges: tuple[Badge, ...], link: str) -> str | dict[str, Any]:
    """Return a cell as the component takes it: only the text, if that is all."""
    if not name and not badges and not link:
        return text
    return {
        "text": text,
        "link": link,
        "name": name,
        "badges": badges_in(badges),
        "pointer": pointed_at(name, session.language()) if name else "",
    }


def _room_of(table: Table, index: int) -> str:
    """Return the width that the texts of a column need, and whether its words are broken."""
    texts = [str(row[index]) for row in table.rows]
    longest = max(map(len, texts), default=0)
    room = next((room for length, room in ROOM_FOR_TEXT if longest > length), "")
    is_broken = any(len(word) > LONG_WORD for text in texts for word in text.split())
    return f"{room} broken".strip() if is_broken else room
