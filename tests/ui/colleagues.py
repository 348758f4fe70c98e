"""Somebody else in the screen's session, and what the record's page and the buttons of undo and redo say."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules, RulesSet
from zt_planner.workspace import State

PEOPLE, MONTHS = "company.employees:slider", "timeline.target_months:slider"
UNDO, REDO = "step:undo", "step:redo"
MDR = "MDR instead of SIEM"


def colleague(screen: Screen, name: str = "Anna") -> State:
    """Return the state of somebody who has joined the screen's session as an editor."""
    workspace = bootstrap.workspace()
    joined = workspace.people.join(workspace.people.renew_link(screen.state, Role.EDITOR), name)
    assert joined is not None
    return workspace.open(joined[0])


def changes(state: State, **values: object) -> State:
    """Change fields as somebody else; `company__employees` is `company.employees`."""
    workspace = bootstrap.workspace()
    return workspace.change(
        workspace.open(state.key), {path.replace("__", "."): value for path, value in values.items()}
    )


def become(screen: Screen, role: Role, rules: Rules | None = None) -> None:
    """Give the screen's participant another role."""
    assert screen.state.me is not None
    store, me = bootstrap.workspace().store, screen.state.me
    assert store.sessions.set_rules(me.session, by=me.id, **cast("RulesSet", asdict(rules or Rules())))
    assert store.seats.set_role(me.id, role, by=me.id)


def can(screen: Screen, key: str) -> bool:
    """Tell whether a button is there and on."""
    return not screen.widget(key).disabled


def rows(screen: Screen) -> list[list[str]]:
    """Return the cells of the table of decisions, with plain spaces."""
    (table,) = screen.tables
    return [[plain(said(str(cell))) for cell in row] for row in table.to_numpy()]


def texts(screen: Screen) -> list[str]:
    """Return what the page says in paragraphs."""
    return [plain(said(element.value)) for element in screen.app.markdown]


def try_variant(screen: Screen, name: str = MDR) -> Screen:
    """Try the plan that is shown as a variant."""
    screen.unfold("menu:variants")
    number = next(each.key for each in screen.app.text_input if each.key and each.key.startswith("try:"))
    screen.set(number, name)
    return screen.press("FormSubmitter:try")
