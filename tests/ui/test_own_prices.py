"""Own prices on their page: the table, a partner's list, the book's prices again; viewers change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
import streamlit as st

from tests.approval import Says
from tests.builders import row_values
from tests.ui.meeting import Meeting, everything
from tests.ui.price_table import PriceTable
from tests.ui.screen import Screen
from tests.ui.typed_table import refuse_elsewhere
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import SessionId
from zt_planner.errors import NotAllowed, PlannerError
from zt_planner.language import LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.price_book import price_book_bytes
from zt_planner.ui.pages import prices as prices_page
from zt_planner.ui.state import session
from zt_planner.ui.state.drafts import PRICES
from zt_planner.ui.state.tab import TAB
from zt_planner.workspace import State, Workspace

PREMIUM = "m365-business-premium"
LIST = (
    b"id;amount;currency;term;valid_from\r\n"
    b"m365-business-premium;15,00;EUR;annual_monthly;01.12.2026\r\n"
    b"x;1;EUR;monthly;1.1.2027\r\n"
)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> PriceTable:
    """Return the table of the Prices page in the hands of a test: `AppTest` types into no data editor."""
    found = PriceTable()
    monkeypatch.setattr(st, "data_editor", found.draw)
    return found


@pytest.fixture
def prices(screen: Screen, table: PriceTable) -> Screen:
    """Return the Prices page with its table open."""
    assert table.key == ""
    return screen.go("prices").unfold("fold:price_rows")


def test_the_page_draws_the_real_table(screen: Screen) -> None:
    screen.go("prices").unfold("fold:price_rows")
    (drawn,) = screen.app.dataframe
    assert drawn.proto.editing_mode == drawn.proto.EditingMode.DYNAMIC
    assert len(drawn.value) == len(session.workspace().price_book.prices)
    assert drawn.proto.alt == "Price table"


def test_a_cell_changes_the_plan_and_one_undo_takes_it_back(prices: Screen, table: PriceTable) -> None:
    before, key = prices.headline, table.key
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    (row, _) = prices.scenario.prices.rows[PREMIUM][::-1]
    assert row.amount == Decimal(15)
    assert prices.headline != before
    assert table.key != key
    assert all("own price" in str(prices.table("Prices of this plan")[name]) for name in ("Confidence", "Source"))
    prices.press("step:undo")
    assert prices.headline == before
    assert not prices.scenario.prices.rows


@pytest.mark.parametrize("typed", ["31.03.2028", "2028-03-31"])
def test_days_are_edited_as_the_reader_writes_them(table: PriceTable, typed: str) -> None:
    screen = Screen(LanguageCode.GERMAN, language=LanguageCode.GERMAN).go("prices", "fold:price_rows")
    table.type(PREMIUM, "valid_to", typed)
    screen.run()
    assert screen.scenario.prices.rows[PREMIUM][-1].valid_to == date(2028, 3, 31)
    assert table.holds(PREMIUM, "valid_to") == "31.03.2028"


@pytest.mark.extended
def test_a_wrong_cell_is_named_keeps_what_was_typed_and_changes_nothing(
    prices: Screen, table: PriceTable, says: Says
) -> None:
    before, key = prices.scenario, table.key
    table.type(PREMIUM, "amount", "15,00")
    prices.run()
    says(prices.errors)
    assert (prices.scenario, table.key) == (before, key)
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    assert not prices.errors
    assert prices.scenario.prices.rows[PREMIUM][-1].amount == Decimal(15)


def test_the_table_says_its_own_reasons_only(
    prices: Screen, table: PriceTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: list[PlannerError] = []

    def refused(*_: object) -> State:
        raise NotAllowed

    monkeypatch.setattr(Workspace, "change", refused)
    monkeypatch.setattr(prices_page, "show_price_problems", lambda problems, *_: own.extend(problems))
    refuse_elsewhere(table, monkeypatch)
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    assert [type(problem) for problem in own] == [NotAllowed]
    assert any(text.startswith("You have no change left to undo") for text in prices.run().errors)


@pytest.mark.extended
def test_a_wrong_cell_is_there_again_after_another_page(prices: Screen, table: PriceTable, says: Says) -> None:
    before = prices.scenario
    table.type(PREMIUM, "amount", "15,00")
    prices.run().go("budget").go("prices", "fold:price_rows")
    assert table.holds(PREMIUM, "amount") == "15,00"
    says(prices.errors)
    assert prices.scenario == before
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    assert not prices.errors
    assert prices.scenario.prices.rows[PREMIUM][-1].amount == Decimal(15)


@pytest.mark.extended
def test_a_right_cell_beside_a_wrong_one_is_kept_too(prices: Screen, table: PriceTable) -> None:
    table.type("entra-p2", "amount", "1.00")
    table.type(PREMIUM, "amount", "15,00", and_before=True)
    prices.run().go("budget").go("prices", "fold:price_rows")
    assert table.holds("entra-p2", "amount") == "1.00"
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    assert set(prices.scenario.prices.rows) == {PREMIUM, "entra-p2"}


@pytest.mark.extended
def test_what_others_change_meanwhile_is_theirs_and_what_was_typed_stays(
    meeting: Meeting, table: PriceTable, says: Says
) -> None:
    owner = meeting.owner.go("prices", "fold:price_rows")
    table.type(PREMIUM, "amount", "15,00")
    owner.run()
    row = row_values(session.workspace().price_book.rows_by_id["entra-p2"][-1]) | {"amount": "1.50"}
    session.workspace().change(meeting.editor.run().state, {"prices.rows.entra-p2": [row]})
    owner.run()
    assert table.holds(PREMIUM, "amount") == "15,00"
    assert table.holds("entra-p2", "amount") == "1.50"
    says(owner.errors)
    assert list(owner.scenario.prices.rows) == ["entra-p2"]


@pytest.mark.extended
def test_a_closed_table_says_that_it_holds_what_is_not_in_the_plan(prices: Screen, table: PriceTable) -> None:
    assert not any("What you typed" in warning for warning in prices.warnings)
    table.type(PREMIUM, "amount", "15,00")
    prices.run()
    prices.app.session_state["fold:price_rows"] = False
    prices.run()
    assert not prices.errors
    assert any("What you typed" in warning for warning in prices.warnings)
    prices.unfold("fold:price_rows")
    assert prices.errors
    assert not any("What you typed" in warning for warning in prices.warnings)


@pytest.mark.extended
def test_what_was_typed_can_be_dropped(prices: Screen, table: PriceTable) -> None:
    table.type(PREMIUM, "amount", "15,00")
    prices.run().press("drop_typed")
    assert not prices.errors
    assert table.holds(PREMIUM, "amount") == str(session.workspace().price_book.rows_by_id[PREMIUM][-1].amount)
    prices.app.session_state["fold:price_rows"] = False
    prices.run()
    assert not any("What you typed" in warning for warning in prices.warnings)


@pytest.mark.extended
def test_what_was_typed_in_another_session_is_not_shown(prices: Screen, table: PriceTable) -> None:
    prices.move("company.employees:slider", 130)
    table.type(PREMIUM, "amount", "15,00")
    prices.run()
    kept = prices.app.session_state[TAB].drafts
    kept[PRICES] = replace(kept[PRICES], session=SessionId("another"))
    prices.run()
    assert not prices.errors


@pytest.mark.extended
def test_what_the_plan_refuses_is_said_under_the_table(prices: Screen, table: PriceTable, says: Says) -> None:
    like = row_values(session.workspace().price_book.rows_by_id["entra-p2"][-1])
    own = {"prices.rows.mine": [like | {"id": "mine"}], "company.owned_licences": [{"licence": "mine"}]}
    prices.app.session_state[TAB].state = session.workspace().change(prices.state, own)
    before = prices.run().scenario

    def without(frame: pd.DataFrame) -> None:
        frame.loc[frame["id"] == "mine", :] = None

    table.edits[table.key] = without
    prices.run()
    says([error.partition(":")[0] for error in prices.errors])
    assert prices.scenario == before
    assert len(prices.run().errors) == 1


def test_too_many_problems_are_counted(prices: Screen, table: PriceTable, price_book: PriceBook) -> None:
    def wreck(frame: pd.DataFrame) -> None:
        frame.loc[:, "amount"] = "much"

    table.edits[table.key] = wreck
    prices.run()
    assert len(prices.errors) == 5
    assert f"{len(price_book.prices) - 5} more problems" in prices.captions


@pytest.mark.extended
def test_the_price_books_rows_are_taken_again(prices: Screen, table: PriceTable) -> None:
    before = prices.headline
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    table.type("entra-p2", "amount", "1.00")
    prices.run()
    prices.move("own_rows:en", "entra-p2").press("take_back")
    assert list(prices.scenario.prices.rows) == [PREMIUM]
    prices.press("take_back")
    assert not prices.scenario.prices.rows
    assert prices.headline == before


@pytest.mark.extended
def test_the_control_of_an_own_row_gives_the_books_price_back(prices: Screen, table: PriceTable) -> None:
    table.type(PREMIUM, "amount", "15.00")
    prices.run()
    assert prices.shows(f"prices.overrides.{PREMIUM}:slider") == 15
    prices.move(f"prices.overrides.{PREMIUM}:slider", 12.0).press(f"reset:{PREMIUM}")
    assert prices.shows(f"prices.overrides.{PREMIUM}:slider") == 15
    prices.press(f"reset:{PREMIUM}")
    assert (
        prices.shows(f"prices.overrides.{PREMIUM}:slider")
        == session.workspace().price_book.rows_by_id[PREMIUM][-1].amount
    )


@pytest.mark.extended
def test_a_list_is_shown_before_it_is_taken_over_in_one_change(screen: Screen) -> None:
    screen.run().move("company.employees:slider", 130).go("prices", "fold:price_files")
    before = screen.scenario
    screen.app.file_uploader[0].upload("list.csv", LIST)
    screen.run()
    shown = screen.table("What the price list changes")
    assert list(shown.iloc[:, 0]) == ["refused", "changed"]
    assert screen.scenario == before
    screen.press("take_over")
    assert screen.scenario.prices.rows[PREMIUM][-1].amount == Decimal(15)
    assert not screen.has("take_over")
    assert any("nothing to import" in caption for caption in screen.captions)
    assert screen.press("step:undo").scenario == before


@pytest.mark.extended
def test_a_list_as_german_excel_saves_it_is_taken_over_with_its_umlauts(screen: Screen) -> None:
    text = "id;amount;currency;term;valid_from;source\r\nentra-p2;7,90;EUR;annual_monthly;01.12.2026;Müller & Söhne\r\n"
    screen.go("prices", "fold:price_files")
    screen.app.file_uploader[0].upload("Preise.csv", text.encode("cp1252"))
    screen.run().press("take_over")
    row = screen.scenario.prices.rows["entra-p2"][-1]
    assert (row.amount, row.source, row.valid_from) == (Decimal("7.90"), "Müller & Söhne", date(2026, 12, 1))


@pytest.mark.extended
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id;amount\r\n" * 100_000, "list.csv, row 1, column currency: the column is missing"),
        (LIST + b"m365-e3;1;EUR;monthly;1.1.2027\r\n" * 100_000, "list.csv: the file has more than 2000 rows"),
        (b"\x81", "list.csv, row 1: the byte 0x81"),
        (b"\x89PNG\r\n\x1a\n", "list.csv: it is a picture. Choose a price list as CSV."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_lost(
    screen: Screen, content: bytes, message: str
) -> None:
    screen.run().move("company.employees:slider", 130).go("prices", "fold:price_files")
    before = screen.state
    screen.app.file_uploader[0].upload("list.csv", content)
    screen.run()
    assert any(error.startswith(message) for error in screen.errors), screen.errors
    assert screen.state == before


def test_the_book_is_saved_in_both_forms_and_so_is_the_template(screen: Screen) -> None:
    screen.go("prices", "fold:price_files")
    labels = [button.proto.label for button in screen.app.get("download_button")]
    assert labels[len(Dialect) :] == [f"Template: {form}" for form in labels[: len(Dialect)]]


@pytest.mark.extended
def test_a_viewer_reads_own_prices_and_can_change_none(meeting: Meeting, table: PriceTable) -> None:
    row = row_values(session.workspace().price_book.rows_by_id[PREMIUM][-1]) | {"amount": "15.00", "product": "Ours"}
    meeting.owner.app.session_state[TAB].state = session.workspace().change(
        meeting.owner.state, {f"prices.rows.{PREMIUM}": [row]}
    )
    viewer = meeting.viewer.go("prices", "fold:price_files")
    assert not viewer.has("fold:price_rows")
    assert not viewer.app.file_uploader
    assert table.key == ""
    assert any(
        name.startswith("Ours") and "own price" in name for name in viewer.table("Prices of this plan").iloc[:, 0]
    )
    assert viewer.headline == meeting.owner.run().headline


@pytest.mark.extended
def test_an_own_day_rate_is_hidden_with_the_others(hidden: Screen, meeting: Meeting) -> None:
    book = session.workspace().price_book
    row = row_values(book.rows_by_id["external-day"][-1]) | {"amount": "1888.00", "product": "Our consultant"}
    session.workspace().change(meeting.owner.run().state, {"prices.rows.external-day": [row]})
    viewer = hidden.go("prices", "fold:price_files")
    for page in ("prices", "record", "plan"):
        shown = everything(viewer.go(page))
        assert "1888" not in shown
        assert "1,888" not in shown
        assert "Our consultant" not in shown
    saved = price_book_bytes(book, Dialect.RFC4180, shows_labour=viewer.plan.shows_labour)
    assert b"external-day" not in saved


@pytest.mark.extended
def test_the_page_speaks_german(table: PriceTable, says: Says) -> None:
    screen = Screen(LanguageCode.GERMAN, language="de").go("prices")
    screen.unfold("fold:price_rows", "fold:price_files")
    table.type(PREMIUM, "amount", "15,00")
    screen.run()
    says(screen.errors)
