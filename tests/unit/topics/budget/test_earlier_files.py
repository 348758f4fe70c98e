"""Files for German Excel with the words of an earlier version are still read, and change nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.handouts import handout
from zt_planner.catalog import price_list_from, proposals_of
from zt_planner.domain.scenario.price_proposal import ChangeKind
from zt_planner.errors import Place
from zt_planner.files.imports.result import ImportResult
from zt_planner.files.imports.rows import Returned
from zt_planner.files.imports.task_rows import EARLIER_NAME, task_edits
from zt_planner.media.csv.dialects import Dialect, unprotected
from zt_planner.media.csv.price_book import price_book_bytes

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook

EARLIER = {
    "Funktionen": "Fähigkeiten",
    "Plätze höchstens": "Höchstens Plätze",
    "Ab Menge": "Ab Nummer",
    "kein Hersteller": "Arbeit",
    "Arbeitsleistung": "Arbeit",
    "Interner Personentag (IT)": "Interner IT-Tag",
    "Betrieb von Identitäten und Geräten durch einen Dienstleister": "Betrieb von Identitäten und Geräten durch einen "
    "Partner",
    "ein Jahr, monatlich": "jährlich, monatlich bezahlt",
    "ein Jahr, im Voraus": "jährlich im Voraus",
}


def test_a_price_book_in_earlier_words_changes_nothing(price_book: PriceBook) -> None:
    text = price_book_bytes(price_book, Dialect("excel-de")).decode("utf-8-sig")
    for now, before in EARLIER.items():
        assert now in text
        text = text.replace(now, before)
    read = proposals_of(
        price_list_from(text.encode(), "list.csv"), price_book, today=date(2026, 11, 24), clean=unprotected
    )
    assert read
    assert {each.change_kind for each in read} == {ChangeKind.UNCHANGED}


def test_the_earlier_name_of_a_task_is_no_change() -> None:
    plan, result = handout().plan, ImportResult()
    task_edits([Returned(Place("tasks.csv", 2), {"task_id": "inventory", "task": EARLIER_NAME})], plan, result)
    assert not result.left_out
