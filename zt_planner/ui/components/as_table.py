"""What a picture shows, as a table in its place: one menu beside the picture, in place of a fold for each table.

    tables = {"money": PageTable(say("The money"), draw_money), "tasks": PageTable(say("The roadmap"), draw_tasks)}
    as_table.show_menu(tables, language)  # where the menu belongs; of a single table it is a button
    if not as_table.show_chosen(tables):  # where the picture belongs
        show_picture(...)

The address keeps which table is shown (`?table=money`), so the keys are unique among all pages. Law: a table that is
not chosen is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from zt_planner.language import Language
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import widgets

TABLE, MENU = "table", "menu:table"
"""The parameter of the address with the table that is shown; the key of the menu."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of what a picture shows: what it is called in the menu and above it, and what draws it."""

    title: str
    draw: Callable[[], None]


def show_menu(tables: Mapping[str, PageTable], language: Language) -> None:
    """Draw the menu that shows a table in the picture's place, or the button that brings the picture back."""
    say = language.say
    if st.query_params.get(TABLE) in tables:
        st.button(
            say("As a picture"),
            key="picture_again",
            type="tertiary",
            icon=":material/bar_chart:",
            on_click=widgets.pressed(_show),
        )
    elif len(tables) == 1:
        st.button(
            say("As a table"),
            key=MENU,
            type="tertiary",
            icon=":material/table:",
            on_click=widgets.pressed(_show, *tables),
        )
    else:
        st.menu_button(
            say("As a table"),
            list(tables),
            key=MENU,
            type="tertiary",
            icon=":material/table:",
            format_func=lambda name: plain(tables[name].title),
            on_click=widgets.edited(MENU, _show),
        )


def show_chosen(tables: Mapping[str, PageTable]) -> bool:
    """Draw the table that was chosen, and return whether one is."""
    chosen = tables.get(st.query_params.get(TABLE, ""))
    if chosen is not None:
        st.header(plain(chosen.title), anchor=False)
        chosen.draw()
    return chosen is not None


def _show(name: str | None = None) -> None:
    if name:
        st.query_params[TABLE] = name
    else:
        st.query_params.pop(TABLE, None)
