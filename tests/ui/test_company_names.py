"""Every company name is shown to the letter, never as markup, or is refused with the field's path."""

from __future__ import annotations

import unicodedata

import pytest

from tests.names import is_allowed, other_cases
from tests.ui.screen import Screen
from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.topics.direction import isolated

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


def is_typeable(name: str) -> bool:
    """Tell whether a browser could send a text: half a surrogate pair it could not."""
    return not any(unicodedata.category(char) == "Cs" for char in name)


def assert_shown_or_refused(screen: Screen, name: str) -> None:
    """Type a name and compare what stands under the headline, letter by letter; its direction ends with it."""
    before = screen.scenario.company.name
    screen.move("company.name", name)
    if is_allowed(name):
        # Streamlit leaves out white space at the ends, which nobody could see.
        shown = [text for text in screen.captions if "Planning figures" in text]
        kept = isolated(name.strip())
        assert shown[0].startswith(f"{kept} · Planning figures" if kept else "Planning figures")
        assert screen.shows("company.name") == name
        assert not screen.errors
    else:
        assert [error.partition(":")[0] for error in screen.errors] == ["company.name"]
        assert screen.scenario.company.name == before
        assert screen.shows("company.name") == name


@pytest.fixture
def form(screen: Screen) -> Screen:
    """Return the page that is drawn fastest, with the name's field."""
    return screen.go("prices", "fold:more_about_company")


@pytest.mark.extended
def test_cases_are_shown_or_refused(form: Screen) -> None:
    # Of the lists beside a checkout every tenth, as each takes a run of the page; tests/export takes all through files.
    names = [*OWN_CASES, *[name for name in other_cases() if is_typeable(name)][::10]]
    assert {is_allowed(name) for name in names} == {True, False}
    for name in dict.fromkeys(names):
        assert_shown_or_refused(form, name)
