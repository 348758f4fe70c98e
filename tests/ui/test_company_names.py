"""Every company name is shown to the letter, never as markup, or is refused with the field's path."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zt_planner.domain.values import NAME_LENGTH
from zt_planner.resources import root

if TYPE_CHECKING:
    from tests.ui.screen import Screen

OWN_CASES = (
    "Müller & Söhne GmbH",
    " ",
    "  two  spaces  ",
    "null",
    "0",
    "**bold** _thin_ `code` ~~gone~~",
    "# heading",
    "1. list",
    "- list",
    ":red[colour] :material/home: :smile:",
    "$x^2$",
    "[link](https://example.org) ![picture](x.png)",
    "<script>alert(1)</script>",
    "<b>&amp;</b>",
    "{{ 7 * 7 }} {name} %s",
    '"quoted" and \\ back',
    "=1+1",
    "日本語 العربية עברית",
    "e\N{COMBINING ACUTE ACCENT}",
    "👩‍👩‍👧 GmbH",
    "\N{RIGHT-TO-LEFT OVERRIDE}abc",
    "\N{LINE SEPARATOR}",
    "a" * NAME_LENGTH,
    "a" * (NAME_LENGTH + 1),
    "tab\there",
    "two\nlines",
    "nul\x00",
    "\x85",
)


def strings_in(data: object) -> list[str]:
    """Return every string of a JSON document, however it is nested."""
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in parts for text in strings_in(part)]


def case_files() -> list[Path]:
    """Return the files of the folder of cases, where it is there."""
    folder = Path(os.environ.get("ZT_PLANNER_CASES", root().parent / "shared" / "cases")) / "text"
    return sorted(folder.glob("*.json"))


def is_allowed(name: str) -> bool:
    """Tell whether a name is within its bounds."""
    return len(name) <= NAME_LENGTH and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in name)


def is_typeable(name: str) -> bool:
    """Tell whether a browser could send a text: half a surrogate pair it could not."""
    return not any(unicodedata.category(char) == "Cs" for char in name)


def assert_shown_or_refused(screen: Screen, name: str) -> None:
    """Type a name and compare what stands above the headline, letter by letter."""
    before = screen.scenario.company.name
    screen.move("company.name", name)
    if is_allowed(name):
        # Streamlit leaves out white space at the ends, which nobody could see.
        assert [element.value for element in screen.app.text] == [name.strip()] * bool(name)
        assert screen.shows("company.name") == name
        assert not screen.errors
    else:
        assert [error.partition(":")[0] for error in screen.errors] == ["company.name"]
        assert screen.scenario.company.name == before
        assert screen.shows("company.name") == before


@pytest.fixture
def form(screen: Screen) -> Screen:
    """Return the page that is drawn fastest, with the name's field."""
    return screen.run().go("prices").unfold("fold:more_about_company")


def test_cases_are_shown_or_refused(form: Screen) -> None:
    # Of the lists beside a checkout every tenth, as each takes a run of the page; tests/export takes all through files.
    listed = [name for file in case_files() for name in strings_in(json.loads(file.read_text("utf-8")))]
    names = [*OWN_CASES, *[name for name in listed if is_typeable(name)][::10]]
    assert {is_allowed(name) for name in names} == {True, False}
    for name in dict.fromkeys(names):
        assert_shown_or_refused(form, name)
