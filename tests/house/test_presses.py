"""No press is lost: what a button does is queued by its callback, never done where the button is drawn (ADR 0049)."""

from __future__ import annotations

import ast

import pytest

from zt_planner.resources import root

UI = root() / "zt_planner" / "ui"
BUTTONS = {"button", "form_submit_button"}


def presses(source: str) -> list[tuple[int, bool]]:
    """Return the line of each button, and whether it has a callback and nothing acts on what it returns."""
    nodes = list(ast.walk(ast.parse(source)))
    statements = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        (node.lineno, id(node) in statements and "on_click" in {word.arg for word in node.keywords})
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BUTTONS
    ]


def test_every_button_queues_what_it_does() -> None:
    found = {
        f"{module.relative_to(UI).as_posix()}, line {line}": is_queued
        for module in sorted(UI.rglob("*.py"))
        for line, is_queued in presses(module.read_text("utf-8"))
    }
    assert len(found) > 40
    assert not [place for place, is_queued in found.items() if not is_queued]


@pytest.mark.parametrize(
    ("source", "is_queued"),
    [
        ('st.button("x", on_click=f)', True),
        ('left.form_submit_button("x", on_click=f)', True),
        ('st.button("x")', False),
        ('if st.button("x", on_click=f):\n    g()', False),
        ('is_sent = st.form_submit_button("x", on_click=f)', False),
        ('st.form_submit_button("x", on_click=f) and g()', False),
    ],
)
def test_a_press_that_can_be_lost_is_told_from_one_that_is_queued(source: str, *, is_queued: bool) -> None:
    assert [found for _, found in presses(source)] == [is_queued]
