"""A firm's logo on the page: whole, and beside the tools, on a desk and on a telephone."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.site import TELEPHONE, Visit
from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.files.catalogue import catalogue_bytes
from zt_planner.media.logo import logo_png

pytestmark = pytest.mark.extended
WIDE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 10"><rect width="90" height="10" fill="#0b7a5c"/></svg>'
)


@pytest.mark.parametrize("is_telephone", [False, True])
def test_a_wide_logo_is_whole_and_under_no_button(
    visit: Callable[..., Visit], tmp_path: Path, *, is_telephone: bool
) -> None:
    brand = Brand(firm="Firm", colour="#0b7a5c", logo=b64encode(logo_png(WIDE, "logo.svg")).decode())
    use = CatalogueUse.model_validate({"name": "Firm", "day": "2026-11-06", "brand": brand})
    file = tmp_path / "firm.zttemplate"
    file.write_bytes(catalogue_bytes(Catalogue(use)))
    seen = visit(**TELEPHONE if is_telephone else {}).open("share")
    seen.page.locator("input[type=file]").set_input_files(file)
    seen.page.get_by_role("button", name="Apply the changes").click()
    logo = seen.page.get_by_test_id("stHeaderLogo" if is_telephone else "stSidebarLogo")
    expect(logo).to_be_visible()
    logo_box, undo = logo.bounding_box(), seen.page.get_by_role("button", name="Undo").bounding_box()
    assert logo_box is not None
    assert undo is not None
    assert logo_box["y"] >= 0
    assert logo_box["x"] + logo_box["width"] <= undo["x"]
    assert seen.page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).dataset.testid",
        [logo_box["x"] + logo_box["width"] - 2, logo_box["y"] + logo_box["height"] / 2],
    ) == ("stHeaderLogo" if is_telephone else "stSidebarLogo")
