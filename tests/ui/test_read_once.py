"""A file that is on a page is read once, however often the page is drawn and whatever happens to the plan."""

from __future__ import annotations

import pytest

from tests.incoming import rows_read
from tests.papers import handout
from tests.ui.screen import Screen
from zt_planner.files.formats import Format, files_in
from zt_planner.media.csv.dialects import Dialect

BOOKINGS = b"month,category,amount\n2027-03,licence,100\n"
REFUSED = BOOKINGS + b'2027-04,licence,"5\n'
QUOTES = "its double quotes do not match"
PRICES = b"id,amount,currency,term,valid_from\nentra-p2,7.90,EUR,annual_monthly,2026-12-01\n"


@pytest.mark.parametrize(
    ("page", "field", "content", "refusal"),
    [
        ("share", "incoming", REFUSED, QUOTES),
        pytest.param("share", "incoming", BOOKINGS, "", marks=pytest.mark.extended),
        pytest.param("prices", "price_list", PRICES + b'entra-p2,"8\n', QUOTES, marks=pytest.mark.extended),
        pytest.param("prices", "price_list", PRICES, "", marks=pytest.mark.extended),
    ],
)
def test_a_file_is_read_once_whatever_happens_to_the_plan(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, page: str, field: str, content: bytes, refusal: str
) -> None:
    screen.go(page, *(["fold:price_files"] if field == "price_list" else []))
    rows = rows_read(monkeypatch)
    screen.app.file_uploader(key=field).upload("list.csv", content)
    screen.run()
    assert rows
    said = screen.errors
    assert (refusal in said[0]) if refusal else not said
    rows.clear()
    screen.run()
    screen.move("company.employees:slider", 130)
    assert screen.errors == said
    assert not rows


def test_what_a_file_changes_follows_the_plan(screen: Screen) -> None:
    screen.go("share")
    tasks = files_in(Format.CSV, handout(screen.scenario), Dialect.RFC4180)["tasks.csv"]
    screen.app.file_uploader(key="incoming").upload("tasks.csv", tasks)
    screen.run()
    assert screen.app.success
    screen.move("company.employees:slider", 130)
    assert not screen.app.success
