"""Inputs that belong to a field of the scenario: a choice, a date, a switch; numbers are `number_fields`.

A control shows the scenario's value and reports a change by the field's dotted
path. It keeps no value of its own and no bounds: those are the field's. Whoever
may not change the plan sees every control and can move none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from zt_planner.domain.data.price_book import Capability
from zt_planner.domain.scenario.declared import choices_of
from zt_planner.entries import entry_at
from zt_planner.language import Language
from zt_planner.topics.inputs import regions
from zt_planner.topics.labels import NOT_YET, product_name
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import own_key
from zt_planner.ui.widgets.fields import Field, name_of

DATE_WIDTH = 220
"""Pixels: a date and its label."""


def licence_name(language: Language) -> Callable[[str], str]:
    """Return how an owned licence is named in a list; an empty id is a company that has nothing yet."""
    book = session.book()
    return lambda key: language.write(product_name(key, book)) if key else language.say(NOT_YET)


def ownable_licences() -> list[str]:
    """Return what staff can have today: nothing (empty), or a licence per user; network access is no such licence."""
    book = session.book()
    return [
        "",
        *(
            key
            for key in book.user_licences
            if not book.is_second_opinion(key) and Capability.ZTNA not in book.rows_by_id[key][-1].grants
        ),
    ]


def _set(path: str, read: Callable[[Any], object], value: object) -> None:
    """Set a field to its widget's value; if it is refused, the widget shows the old value again."""
    if value is not None:
        session.change({path: read(value)})


def _set_or_clear(path: str, value: object) -> None:
    """Set a field to the chosen value; an empty text or no day clears it."""
    session.change({path: value or None})


def choice(
    path: str,
    value: object,
    options: Sequence[Any],
    names: Callable[[Any], str],
    language: Language,
    *,
    help: str = "",  # noqa: A002 - Streamlit's own word
) -> None:
    """Draw a list to choose from."""
    key = own_key(path)
    st.selectbox(
        plain(name_of(path, language)),
        options,
        options.index(widgets.show_value(key, value)),
        key=key,
        format_func=names,
        help=plain(help),
        disabled=not session.may_change(),
        on_change=widgets.edited(key, partial(_set_or_clear, path)),
    )


def segments(
    label: str,
    path: str,
    value: StrEnum,
    names: Callable[[Any], str],
    values: Callable[[Any], Mapping[str, Any]],
    *,
    help: str = "",  # noqa: A002 - Streamlit's own word
    is_named: bool = True,
) -> None:
    """Draw the values of a list side by side; `values` says which fields a chosen one sets.

    Where the values say what is asked, only a screen reader hears the label.
    """
    key = own_key(path)
    st.segmented_control(
        plain(label),
        list(type(value)),
        default=widgets.show_value(key, value),
        key=key,
        format_func=lambda option: plain(names(option)),
        required=True,
        help=plain(help),
        label_visibility="visible" if is_named else "collapsed",
        width="stretch",
        disabled=not session.may_change(),
        on_change=widgets.edited(key, lambda chosen: session.change(values(chosen))),
    )


def several(
    path: str,
    value: Sequence[StrEnum],
    names: Callable[[Any], str],
    language: Language,
    *,
    help: str = "",  # noqa: A002 - Streamlit's own word
) -> None:
    """Draw the values of a list side by side, of which any number may be chosen."""
    key, kind = own_key(path), choices_of(f"{path}.0")
    st.pills(
        plain(name_of(path, language)),
        list(kind or ()),
        selection_mode="multi",
        default=widgets.show_value(key, list(value)),
        key=key,
        format_func=lambda option: plain(names(option)),
        help=plain(help),
        disabled=not session.may_change(),
        on_change=widgets.edited(key, lambda chosen: session.change({path: tuple(chosen or ())})),
    )


def switch(path: str, value: bool, language: Language, *, help: str = "") -> None:  # noqa: A002, FBT001 - a field's value
    """Draw a switch."""
    key = own_key(path)
    st.toggle(
        plain(name_of(path, language)),
        widgets.show_value(key, value),
        key=key,
        help=plain(help),
        disabled=not session.may_change(),
        on_change=widgets.edited(key, partial(_set, path, bool)),
    )


def date_field(
    path: str,
    value: date | None,
    language: Language,
    *,
    label: str = "",
    help: str = "",  # noqa: A002 - Streamlit's own word
    may_be_empty: bool = False,
) -> None:
    """Draw a field for a day; one that may be empty takes its field's value away then."""
    _day(label or name_of(path, language), path, value, language, help=help, may_be_empty=may_be_empty).show()


def _day(label: str, path: str, value: date | None, language: Language, *, help: str, may_be_empty: bool) -> Field:  # noqa: A002 - as above
    return Field(
        label,
        own_key(path),
        value,
        partial(_set_or_clear, path),
        language,
        help,
        may_change=session.may_change(),
        entry=entry_at(path),
        may_be_empty=may_be_empty,
    )


def status_date(language: Language) -> Callable[[], object]:
    """Draw the date up to which it is known how far the work is; return what says below it why it is refused."""
    say = language.say
    field = _day(
        name_of("status.at", language),
        "status.at",
        session.state().scenario.status.at,
        language,
        help=say("The day up to which you know how far the work is. Leave empty before the work begins."),
        may_be_empty=True,
    )
    with st.container(width=DATE_WIDTH):
        return partial(field.explain, field.draw())


@lru_cache
def _country_names(language: Language) -> Mapping[str, str]:
    return language.sorted(regions.countries())


def region(path: str, value: str | None, language: Language) -> None:
    """Draw the list of countries whose holidays are known, and of a country's parts that have some of their own."""
    say, (country, part) = language.say, regions.split(value)
    known = _country_names(language)
    options = ["", *known] if country in known or not country else ["", country, *known]
    none = say("None: no public holidays")
    choice(path, country, options, lambda code: known.get(code, code) or none, language)
    names = {"": say("the whole country"), **language.sorted(regions.parts(country))}
    names.setdefault(part, part)
    if len(names) == 1:
        return
    key = own_key(f"{path}:{country}")
    st.selectbox(
        say("Part of the country"),
        list(names),
        list(names).index(widgets.show_value(key, part)),
        key=key,
        format_func=lambda code: names.get(code, code),
        disabled=not session.may_change(),
        on_change=widgets.edited(
            key, lambda chosen: session.change({path: regions.region_code(country, chosen or "")})
        ),
    )
