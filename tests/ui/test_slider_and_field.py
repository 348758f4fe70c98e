"""A slider and its number field agree: after typing, undo and redo, and on everybody's page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.ui.test_panel import CAPACITY, SLIDERS, WATCHED, field_of

PATHS = {path for path, *_ in SLIDERS}
BRIEF = {"company.employees", "labour.external_day_rate"}
"""Kinds of sliders: a number of people, an amount that follows the price book until it is set."""


def sliders(screen: Screen) -> set[str]:
    """Return the paths of the sliders with a field that a page shows."""
    keys = [str(slider.key) for slider in screen.app.slider]
    return {key.removesuffix(":slider") for key in keys if key.endswith(":slider")}


def agree(screen: Screen, path: str) -> object:
    """Return the field of the scenario that both show; assert that they do."""
    kept = field_of(screen.scenario, path)
    shown = screen.number(f"{path}:field")
    assert shown is not None
    assert Decimal(str(screen.shows(f"{path}:slider"))) == shown
    return kept


@pytest.mark.extended
def test_every_slider_beside_a_field_is_known(screen: Screen) -> None:
    screen.run()
    found = sliders(screen)
    for moved in (CAPACITY, WATCHED):
        found |= sliders(screen.move(*moved))
    assert found == PATHS


@pytest.mark.parametrize(
    ("path", "shown", "kept", "first"),
    [pytest.param(*each, marks=() if each[0] in BRIEF else pytest.mark.extended) for each in SLIDERS],
)
def test_both_agree_after_typing_undo_redo_and_on_another_page(
    meeting: Meeting, path: str, shown: float, kept: object, first: tuple[str, Any] | None
) -> None:
    owner, editor = meeting.owner.go("plan"), meeting.editor.go("plan")
    if first is not None:
        owner.move(*first)
    before = field_of(owner.run().scenario, path)
    owner.move(f"{path}:field", shown)
    assert agree(owner, path) == agree(editor.run(), path) == kept
    owner.press("step:undo")
    assert agree(owner, path) == agree(editor.run(), path) == before
    owner.press("step:redo")
    assert agree(owner, path) == agree(editor.run(), path) == kept
    editor.move(f"{path}:slider", editor.shows(f"{path}:slider"))
    assert agree(owner.run(), path) == kept
