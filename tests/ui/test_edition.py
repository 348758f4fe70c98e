"""The notice above a plan that was made with the model's first edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.screen import Screen

BEGIN = "This plan was made with the first edition of the model:"


def notices(screen: Screen) -> list[str]:
    return [element.value for element in screen.app.markdown if element.value.startswith(BEGIN)]


@pytest.mark.extended
def test_an_older_file_says_once_what_the_second_edition_moves_and_why(screen: Screen) -> None:
    screen.load(b'{"schema_version": 6, "company": {"employees": 120, "sites": 2, "apps": 8}}')
    (notice,) = notices(screen)
    assert "Prices: " in notice
    assert "Tasks and rules: " in notice
    screen.press("edition:seen")
    assert notices(screen) == []
    assert screen.scenario.seen_edition == 2


def test_a_file_of_today_says_nothing(screen: Screen) -> None:
    screen.load(b'{"company": {"employees": 130}}')
    assert notices(screen) == []
