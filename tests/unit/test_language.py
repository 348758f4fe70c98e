"""Numbers, amounts and shares as a reader's language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zt_planner.language import Language, LanguageCode

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("code", LanguageCode)
def test_what_is_rounded_to_nothing_has_no_sign(code: LanguageCode) -> None:
    language, little = Language(code), Decimal("-0.0001")
    written: dict[Callable[[Decimal], str], str] = {
        language.number: "0",
        language.trimmed: "0",
        language.money: language.money(Decimal(0)),
        language.signed_money: language.money(Decimal(0)),
        language.percent: language.percent(Decimal(0)),
    }
    assert [form(little) for form in written] == list(written.values())
    assert language.signed_money(-little) == language.money(Decimal(0))
    assert not [form for form in written if "-" in form(little)]


def test_a_day_without_its_year_is_written_in_each_language() -> None:
    day = date(2027, 9, 27)
    written = {code: Language(code).day_in_year(day).replace("\N{NO-BREAK SPACE}", " ") for code in LanguageCode}
    assert written == {LanguageCode.ENGLISH: "27 Sept", LanguageCode.GERMAN: "27. Sept."}
