"""The licences that a company has today, a row each: seats and last day can be changed, rows added and removed.

Laws: what was typed stays in its field until it is accepted, with the reason below it; a row that others have removed
meanwhile is not written again; the order of the rows is that in which the licences are handed out.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.fields import OWNED_LICENCES
from zt_planner.domain.scenario.scenario import MOST_OWNED, OwnedLicence, Scenario
from zt_planner.engine.plan import AnyPlan
from zt_planner.entries import entry_at
from zt_planner.errors import CellProblem, Place, msgid
from zt_planner.language import Language
from zt_planner.topics.findings.findings import describe
from zt_planner.ui.components.elements import show_caption
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import own_key
from zt_planner.ui.widgets import controls
from zt_planner.ui.widgets.fields import Field

SEATS, UNTIL = (entry_at(f"{OWNED_LICENCES}.0.{name}") for name in ("seats", "until"))
ABOUT_A_LICENCE = frozenset({Code.LICENCE_OWNED_UNUSED, Code.LICENCE_OWNED_ABOVE_CAP, Code.LICENCE_PAID_TWICE})
"""Findings that name a licence; they stand below its row."""


def show_owned_licences(plan: AnyPlan, scenario: Scenario, language: Language) -> None:
    """Draw the rows, and below them what adds one."""
    say, rows = language.say, scenario.company.owned_licences
    show_caption(
        say(
            "Today's licences are kept where they fit, or replaced. List suites first, then add-ons: seats are "
            "assigned in this order."
        )
    )
    with st.container():  # always there, so that the fields below it stay where they are
        for index, row in enumerate(rows):
            _show_row(index, row, plan, language)
    if len(rows) < MOST_OWNED:
        _show_adding(language)
    else:
        show_caption(say("The list is full ({n}). Remove a licence to add another.", n=language.number(MOST_OWNED)))


def _show_row(index: int, row: OwnedLicence, plan: AnyPlan, language: Language) -> None:
    say, may_change = language.say, session.may_change()
    with st.container(border=True, gap="xsmall"):
        st.button(
            plain(controls.licence_name(language)(row.licence)),
            key=own_key(f"{OWNED_LICENCES}.{index}.remove"),
            icon=":material/delete:",
            help=say("Remove this licence"),
            type="tertiary",
            disabled=not may_change,
            on_click=widgets.pressed(_remove, row),
        )
        for name, title, entry, value, placeholder, help_text in (
            ("seats", say("Seats"), SEATS, row.seats, say("everyone"), say("Leave empty if everyone has it.")),
            ("until", say("Paid until"), UNTIL, row.until, "", say("Leave empty if you can cancel it at any time.")),
        ):
            Field(
                title,
                own_key(f"{OWNED_LICENCES}.{index}.{name}"),
                value,
                partial(_set, row, name),
                language,
                help_text,
                may_change=may_change,
                entry=entry,
                may_be_empty=True,
            ).show(placeholder)
        if row.until is not None and row.until < plan.case.start:
            show_caption(
                say(
                    "This contract ends before the plan starts, so the plan assumes that you can cancel it at any time."
                )
            )
        for finding in plan.findings:
            if finding.code in ABOUT_A_LICENCE and finding.facts["licence"] == row.licence:
                show_caption(describe(finding, session.book()).message)


def _show_adding(language: Language) -> None:
    say, added, may_change = language.say, form_state("owned_licence"), session.may_change()
    st.selectbox(
        say("Another licence"),
        [key for key in controls.ownable_licences() if key],
        None,
        format_func=controls.licence_name(language),
        key=added.key("licence"),
        placeholder=say("Choose a licence"),
        disabled=not may_change,
    )
    st.button(
        say("Add"),
        key="add_licence",
        disabled=not may_change,
        on_click=added.sent(partial(_add, say("Another licence"))),
    )
    added.explain()


def _add(title: str, values: dict[str, Any], refuse: Refuse) -> bool:
    """Add a licence that everyone has, and that can be ended at any time; return whether it is in the plan."""
    if not values["licence"]:
        refuse(CellProblem(Place(title), msgid("no licence is chosen"), msgid("Choose one")))
        return False
    return _change((*_rows(), OwnedLicence(licence=values["licence"])), refuse)


def _rows() -> tuple[OwnedLicence, ...]:
    """Return the rows as they are now, with what others have changed meanwhile."""
    return session.state().scenario.company.owned_licences


def _set(row: OwnedLicence, name: str, value: object) -> None:
    rows = _rows()
    if row in rows:
        index = rows.index(row)
        _change((*rows[:index], row.model_copy(update={name: value}), *rows[index + 1 :]))


def _remove(row: OwnedLicence) -> None:
    rows = _rows()
    if row in rows:
        index = rows.index(row)
        _change((*rows[:index], *rows[index + 1 :]))


def _change(rows: tuple[OwnedLicence, ...], refuse: Refuse = session.keep_refusal) -> bool:
    return session.change({OWNED_LICENCES: [row.model_dump(mode="json") for row in rows]}, refuse)
