"""The reader's language: texts, money, dates and numbers in the form that the reader expects.

English texts stand in the code and are the keys of the catalogue
`locale/<language>/LC_MESSAGES/zt_planner.po`; it is read as it stands, so that
no compiled file can be stale. A text without a translation is shown in
English; a house test keeps the catalogue complete. Laws: a number is rounded
for showing only; equal values look equal in every medium of one language.
"""

from __future__ import annotations

import gettext
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberFormatError, format_decimal, format_percent, parse_decimal

from zt_planner.domain.money import HOME_CURRENCY, rounded
from zt_planner.errors import Alternatives, NumberRefused, msgid, shortened
from zt_planner.resources import locale_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from zt_planner.domain.month import Month

__all__ = ["Language", "LanguageCode", "language_for", "msgid"]

DOMAIN = "zt_planner"
EXAMPLE = Decimal("1150.5")
OTHERS = 2
"""Any number that takes the plural: both languages have two forms."""
TYPED_NUMBER = re.compile(r"[+-]?(?=[.,]?[0-9])[0-9.,]{1,24}")
"""What can be a number; no more digits than are computed with exactly."""


class LanguageCode(StrEnum):
    """The languages that the product speaks."""

    ENGLISH = "en"
    GERMAN = "de"


BABEL_LOCALES = {LanguageCode.ENGLISH: "en_GB", LanguageCode.GERMAN: "de_DE"}
OWN_NAMES = {LanguageCode.ENGLISH: "English", LanguageCode.GERMAN: "Deutsch"}
DATE_FORMATS = {LanguageCode.ENGLISH: "DD/MM/YYYY", LanguageCode.GERMAN: "DD.MM.YYYY"}


@lru_cache
def _catalogue(code: LanguageCode) -> gettext.NullTranslations:
    """Return the translations of a language, compiled in memory."""
    path = locale_dir() / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if code is LanguageCode.ENGLISH or not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Language:
    """One language's texts and forms."""

    code: LanguageCode

    @property
    def locale(self) -> Locale:
        """The Babel locale: British English, or German as in Germany."""
        return _locale(self.code)

    @property
    def date_format(self) -> str:
        """How a date is typed into fields and tables: the day first, in both languages."""
        return DATE_FORMATS[self.code]

    def say(self, text: str, /, **values: object) -> str:
        """Translate a text and fill its gaps, written `{name}`."""
        translated = _catalogue(self.code).gettext(text) if text else ""
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, number: int | str, /, **values: object) -> str:
        """Translate a text that depends on a number; `{n}` stands for the number as it is shown.

        A number with decimals comes as its text. What a reader sees decides the form: `1 day`, but `1.00 days`.
        """
        shown = number if isinstance(number, str) else self.number(number)
        translated = _catalogue(self.code).ngettext(one, many, 1 if shown == "1" else OTHERS)
        return translated.format(n=shown, **values)

    def money(self, amount: Decimal | Fraction | int, places: int = 0, currency: str = HOME_CURRENCY) -> str:
        """Write an amount of a currency: `EUR 120,903`, `120.903 EUR`."""
        shown = self.number(amount, places)
        if self.code is LanguageCode.GERMAN:
            return f"{shown}\N{NO-BREAK SPACE}{currency}"
        sign, digits = (shown[0], shown[1:]) if shown.startswith(("-", "\N{MINUS SIGN}")) else ("", shown)
        return f"{sign}{currency}\N{NO-BREAK SPACE}{digits}"

    def signed_money(self, amount: Decimal) -> str:
        """Write a change of an amount with its sign."""
        return f"+{self.money(amount)}" if amount > 0 else self.money(amount)

    def thousands(self, amount: Decimal) -> str:
        """Write an amount short, for a chart: `16.1k`, `16,1 Tsd.`."""
        return self.say("{thousands}k", thousands=self.number(amount / 1000, 1))

    def number(self, value: Decimal | Fraction | int, places: int = 0) -> str:
        """Write a number with so many places."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(rounded(value, places), pattern, locale=self.locale)

    def trimmed(self, value: Decimal | Fraction | int, places: int = 2) -> str:
        """Write a number with at most so many places, zeros at the end left out."""
        shown = rounded(value, places).normalize()
        exponent = shown.as_tuple().exponent
        return self.number(shown, -exponent if isinstance(exponent, int) and exponent < 0 else 0)

    def number_in(self, text: str) -> Decimal:
        """Read a number as the reader writes it: `1,150.50`, `1.150,50`.

        Raises NumberRefused where it is none, or is written in another language's form: a separator stands where
        only the other one could.
        """
        typed = text.strip().replace("\N{MINUS SIGN}", "-")
        candidates: Sequence[str] = ()
        if TYPED_NUMBER.fullmatch(typed):
            try:
                return parse_decimal(typed, self.locale, strict=True)
            except NumberFormatError as refused:
                candidates = refused.suggestions or ()
        raise NumberRefused(
            msgid("'{value}' cannot be read as a number"),
            msgid("Did you mean {candidates}?") if candidates else msgid("Write it as in {example}"),
            value=shortened(typed),
            candidates=Alternatives(candidates),
            example=self.number(EXAMPLE, 2),
        )

    def percent(self, share: Decimal | Fraction, places: int = 0) -> str:
        """Write a share between 0 and 1 as a percentage."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        suffix = "\N{NO-BREAK SPACE}%" if self.code is LanguageCode.GERMAN else "%"
        return format_percent(rounded(share, places + 2), f"{pattern}%", locale=self.locale).replace("%", suffix)

    def country(self, code: str) -> str:
        """Return a country's name by its two letters; the letters where it has none."""
        return str(self.locale.territories.get(code, code))

    def day(self, day: date) -> str:
        """Write a date in full: `27 September 2027`."""
        return format_date(day, "long", locale=self.locale).replace(" ", "\N{NO-BREAK SPACE}")

    def short_day(self, day: date) -> str:
        """Write a date short, as in tables: `27 Sept 2027`, `27.09.2027`."""
        return format_date(day, "medium", locale=self.locale).replace(" ", "\N{NO-BREAK SPACE}")

    def moment(self, moment: datetime) -> str:
        """Write a day and the time, in the moment's own zone: `24 Nov 2026, 19:02`."""
        pattern = "dd.MM.yyyy, HH:mm" if self.code is LanguageCode.GERMAN else "d MMM yyyy, HH:mm"
        return format_datetime(moment, pattern, moment.tzinfo, self.locale).replace(" ", "\N{NO-BREAK SPACE}")

    def month(self, month: Month) -> str:
        """Write a month in full: `March 2027`."""
        return format_date(month.first_day, "MMMM yyyy", locale=self.locale)

    def short_month(self, month: Month) -> str:
        """Write a month for an axis: `Mar`, with the year in January."""
        return format_date(month.first_day, "LLL" if month.number > 1 else "LLL yyyy", locale=self.locale)

    def listed(self, items: Sequence[str]) -> str:
        """Join texts as a sentence does: `a, b and c`; by semicolons where one of them holds a comma."""
        if any("," in item for item in items):
            return "; ".join(items)
        return format_list(items, locale=self.locale) if items else ""

    def either(self, items: Sequence[str]) -> str:
        """Join texts of which one is meant: `a, b or c`."""
        return format_list(items, style="or", locale=self.locale) if items else ""


@lru_cache
def _locale(code: LanguageCode) -> Locale:
    return Locale.parse(BABEL_LOCALES[code])


def language_for(code: str) -> Language:
    """Return a language by its code, a browser's tag or its own name (`de`, `de-AT`, `Deutsch`); otherwise English."""
    named = {name.lower(): tag for tag, name in OWN_NAMES.items()}
    short = named.get(code.lower(), code.replace("_", "-").split("-", maxsplit=1)[0].lower())
    return Language(LanguageCode(short) if short in set(LanguageCode) else LanguageCode.ENGLISH)
