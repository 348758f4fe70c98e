"""An address that came with a price list is a link in no file: a reader opens nothing by a press on somebody's text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests import builders
from tests.office import opened
from tests.papers import handout
from tests.portions import names
from zt_planner.media.web.html import html_bytes
from zt_planner.media.xlsx import workbook_bytes

LICENCE = "m365-business-premium"
ADDRESSES = ("javascript:alert(1)", "data:text/html,x", "https://example.org/x", "www.example.org")
ROW = {
    "vendor": "Microsoft",
    "product": "https://example.org/product",
    "category": "licence",
    "unit": "user/month",
    "amount": "15.00",
    "currency": "EUR",
    "term": "annual_monthly",
    "valid_from": "2026-01-01",
    "confidence": "primary",
    "note": "mailto:a@example.org",
}


class Links(HTMLParser):
    """Keeps where the links of a page lead to."""

    def __init__(self) -> None:
        """Have read nothing."""
        super().__init__()
        self.targets: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the target of a link."""
        if tag == "a":
            self.targets += [value for name, value in attrs if name == "href"]


@pytest.mark.extended
@pytest.mark.parametrize("address", names(ADDRESSES, ADDRESSES[0]))
def test_an_address_from_a_price_list_is_text_in_the_workbook_and_on_the_page(address: str) -> None:
    row = {**ROW, "source": address, "source_url": address}
    given = handout(builders.scenario(prices__rows={LICENCE: [row]}))
    cells = [cell for sheet in opened(workbook_bytes(given)) for line in sheet.iter_rows() for cell in line]
    assert address in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.hyperlink]
    page = Links()
    page.feed(html_bytes(given).decode())
    assert page.targets
    assert all(target is not None and target.startswith("#") for target in page.targets)
