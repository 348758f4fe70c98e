"""What axe-core says of a page as it stands, in both themes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.site import THEMES, Visit

STREAMLITS_OWN = {
    ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"'): (
        "the drop zone of st.file_uploader is a section with role=presentation, tabindex and aria-label; its button "
        "does the same by keyboard and by name"
    ),
    ("aria-dialog-name", 'data-testid="stToast"'): "st.toast is an alertdialog that is labelled by nothing",
}
"""Rule and element of what Streamlit's own markup causes, with the reason; nothing else is left out."""
LABELS_WHAT_IS_INACTIVE = "element => element.closest('label[data-testid=\"stWidgetLabel\"][disabled]') !== null"
"""Streamlit draws the labels of inactive controls in grey; WCAG 1.4.3 asks for no contrast there."""


COLOURS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What depends on the theme; the rest of a page is the same in both."""


def violations(page: Page, rules: dict[str, Any] | None = None) -> list[tuple[str, str, str]]:
    """Return each violation, of some rules or all, that is not Streamlit's own: rule, element, what axe says."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate("rules => axe.run({resultTypes: ['violations'], ...rules})", rules or {})
    assert found["testEngine"]["name"] == "axe-core"
    return [
        (rule["id"], node["html"][:300], node["failureSummary"])
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in STREAMLITS_OWN)
        and not (rule["id"] == "color-contrast" and page.locator(node["target"][0]).evaluate(LABELS_WHAT_IS_INACTIVE))
    ]


def assert_clean(seen: Visit) -> None:
    """Assert that axe finds nothing on the page as it stands, and no colour that is hard to see in the other theme.

    A page asks for a run when its theme changes, which draws the charts anew; so it is left in the other theme.
    """
    (other,) = {*THEMES} - {seen.theme}
    expect(seen.page.get_by_test_id("stApp")).to_have_css("color-scheme", seen.theme)
    found = violations(seen.settled().page)
    assert found == [], (seen.theme, found)
    seen.in_theme(other)
    expect(seen.page.get_by_test_id("stApp")).to_have_css("color-scheme", other)
    assert violations(seen.calm().page, COLOURS) == [], other
    assert not seen.troubles
