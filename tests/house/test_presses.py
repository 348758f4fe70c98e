"""No press is lost: what a widget does is queued by its callback, never done where the widget is drawn (ADR 0049)."""

from __future__ import annotations

import ast

import pytest

from zt_planner.resources import root

UI = root() / "zt_planner" / "ui"
BUTTONS = {"button", "form_submit_button"}
CALLBACKS = {"on_click", "on_change", "on_select", "on_dismiss"}
QUEUED = {"pressed", "confirmed", "edited", "sent"}
"""What makes a callback that queues."""
NOTHING = {"'rerun'", "'ignore'"}
"""A fold that is opened, a file that is saved: neither does anything to a plan."""
LEAVES = {"app/shell.py: on_click=this_tab().leave"}
"""The page of a seat that has ended leads to the browser's own plan: the mark that says so outlasts any run."""


def presses(source: str) -> dict[str, bool]:
    """Return each callback, or button without one, and whether it queues; what a button returns must be left alone."""
    nodes = list(ast.walk(ast.parse(source)))
    statements = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    found: dict[str, bool] = {}
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        given = {word.arg: in_a_page(word.value) for word in node.keywords if word.arg in CALLBACKS}
        is_button = name_of(node.func) in BUTTONS
        for name, value in given.items():
            text = ast.unparse(value)
            queues = isinstance(value, ast.Call) and name_of(value.func) in QUEUED
            is_queued = queues and id(node) in statements if is_button else queues or text in NOTHING
            found[f"{name}={text}"] = is_queued and found.get(f"{name}={text}", True)
        if is_button and not given:
            found[ast.unparse(node)] = False
    return found


def in_a_page(callback: ast.expr) -> ast.expr:
    """Return a callback as it is outside of a form, in which a field has none."""
    is_of_a_form = isinstance(callback, ast.IfExp) and ast.unparse(callback.body) == "None"
    return callback.orelse if isinstance(callback, ast.IfExp) and is_of_a_form else callback


def name_of(function: ast.expr) -> str:
    """Return the last part of what is called."""
    return ast.unparse(function).rpartition(".")[2]


@pytest.mark.extended
def test_every_widget_queues_what_it_does() -> None:
    found = {
        f"{module.relative_to(UI).as_posix()}: {press}": is_queued
        for module in sorted(UI.rglob("*.py"))
        for press, is_queued in presses(module.read_text("utf-8")).items()
    }
    assert len(found) > 60
    assert {press for press, is_queued in found.items() if not is_queued} == LEAVES


@pytest.mark.parametrize(
    ("source", "is_queued"),
    [
        ('st.button("x", on_click=widgets.pressed(f))', True),
        ('st.button("x", on_click=widgets.confirmed(f))', True),
        ('left.form_submit_button("x", on_click=form.sent(f))', True),
        ('st.slider("x", on_change=widgets.edited("x", f))', True),
        ('st.popover("x", on_change="rerun")', True),
        ('st.button("x")', False),
        ('st.button("x", on_click=f)', False),
        ('st.button("x", on_click=partial(f, 1))', False),
        ('st.button("x", on_click="ignore")', False),
        ('if st.button("x", on_click=pressed(f)):\n    g()', False),
        ('is_sent = st.form_submit_button("x", on_click=form.sent(f))', False),
        ('st.form_submit_button("x", on_click=form.sent(f)) and g()', False),
        ('st.slider("x", on_change=f)', False),
        ("st.plotly_chart(x, on_select=lambda: f())", False),
    ],
)
def test_a_press_that_can_be_lost_is_told_from_one_that_is_queued(source: str, *, is_queued: bool) -> None:
    assert list(presses(source).values()) == [is_queued]
