"""The reader's language: the only place that turns values into words, in the form that the reader expects.

A statement is a `Text`: an English sentence with gaps, and in each gap a value that keeps its type (`Money`, a date,
`Share`, another `Text`) until a medium writes it with `Language.write`. Nothing between the engine and the media knows
a language.

English texts stand in the code and are the keys of the catalogue
`locale/<language>/LC_MESSAGES/zt_planner.po`; it is read as it stands, so that
no compiled file can be stale. A text without a translation is shown in
English; a house test keeps the catalogue complete. In what else languages
differ, `LOCALES` says, a record a language; how numbers, amounts and days are
written, Babel knows. Laws: a number is rounded for showing only; equal values
look equal in every medium of one language.
"""

from __future__ import annotations

import gettext
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Literal, TypeAlias

import babel
from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import (
    NumberFormatError,
    format_decimal,
    get_decimal_symbol,
    get_group_symbol,
    parse_decimal,
)

from zt_planner.domain.money import HOME_CURRENCY, rounded
from zt_planner.domain.month import Month
from zt_planner.domain.readings import without_accents
from zt_planner.domain.units import FLAG, Unit, UnitKind
from zt_planner.errors import NumberRefused, msgid
from zt_planner.gaps import Alternatives, shortened
from zt_planner.resources import locale_dir

DOMAIN = "zt_planner"
EXAMPLE = Decimal("1150.5")
MINUS = "\N{MINUS SIGN}"
PLAIN = frozenset({type(None), bool, int, float, str, Decimal, date})
"""What no statement is in; most of a report."""
MANY = 1000
"""A number that takes the plural in every language, instead of one with decimals or separators."""
TYPED_NUMBER = re.compile(r"[+-]?(?=[.,]?[0-9])[0-9.,]{1,24}")
"""What can be a number; no more digits than are computed with exactly."""
SPACED_THOUSANDS = re.compile(r"(?<=[0-9])\s(?=[0-9]{3}(?:[^0-9]|$))")


class Writable:
    """A value that a language can write."""

    __slots__ = ()

    def written(self, language: Language) -> str:
        """Return the value in the reader's form."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Refuse to be text without a language."""
        raise TypeError(repr(self))


Words: TypeAlias = Writable | str | date | Month | int
"""What can be written: a statement or a value. A str is written as it is: a name, or nothing at all.

A date is written in full, with its time if it has one; a whole number with its separators.
"""


@dataclass(frozen=True, slots=True, init=False)
class Text(Writable):
    """A statement: an English text, the key of its translations, and what fills its gaps, written `{name}`."""

    text: str
    values: tuple[tuple[str, Words], ...]

    def __init__(self, text: str, /, **values: Words) -> None:
        """Keep the values by the names of their gaps."""
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", tuple(values.items()))

    def __getitem__(self, name: str) -> Words:
        """Return the value of a gap."""
        return dict(self.values)[name]

    def written(self, language: Language) -> str:
        """Translate it and fill its gaps."""
        text = language.say(self.text)
        return text.format(**{name: language.write(value) for name, value in self.values}) if self.values else text


@dataclass(frozen=True, slots=True, init=False)
class Plural(Text):
    """A statement that depends on a number, or a range of them, which stands in the gap `{n}`."""

    many: str
    number: Words

    def __init__(self, one: str, many: str, number: Words, /, **values: Words) -> None:
        """Keep both forms, the number, and the values of the other gaps."""
        Text.__init__(self, one, **values)
        object.__setattr__(self, "many", many)
        object.__setattr__(self, "number", number)

    def written(self, language: Language) -> str:
        """Translate it in the form that the number asks for, as the reader sees it."""
        values = {name: language.write(value) for name, value in self.values}
        return language.plural(self.text, self.many, language.write(self.number), **values)


@dataclass(frozen=True, slots=True)
class Money(Writable):
    """An amount: `EUR 120,903`; a change of one has its sign."""

    amount: Decimal | Fraction | int
    places: int = 0
    currency: str = HOME_CURRENCY
    is_signed: bool = False

    def written(self, language: Language) -> str:
        """Write it with its currency."""
        money = language.signed_money if self.is_signed else language.money
        return money(self.amount, self.places, self.currency)


@dataclass(frozen=True, slots=True)
class Number(Writable):
    """A number with so many places."""

    value: Decimal | Fraction | int
    places: int = 0

    def written(self, language: Language) -> str:
        """Write it with the reader's separators."""
        return language.number(self.value, self.places)


@dataclass(frozen=True, slots=True)
class Trimmed(Writable):
    """A number with at most so many places, zeros at the end left out."""

    value: Decimal | Fraction | int
    places: int = 2

    def written(self, language: Language) -> str:
        """Write it with the reader's separators."""
        return language.trimmed(self.value, self.places)


@dataclass(frozen=True, slots=True)
class Share(Writable):
    """A share between 0 and 1, written as a percentage; a change of one has its sign."""

    share: Decimal | Fraction
    places: int = 0
    is_signed: bool = False

    def written(self, language: Language) -> str:
        """Write it in per cent."""
        shown = language.percent(self.share, self.places)
        return f"+{shown}" if self.is_signed and self.share > 0 else shown


@dataclass(frozen=True, slots=True)
class ShortDay(Writable):
    """A date as tables have it: `27 Sept 2027`."""

    day: date

    def written(self, language: Language) -> str:
        """Write it short."""
        return language.short_day(self.day)


@dataclass(frozen=True, slots=True)
class DayInYear(Writable):
    """A date without its year, where an axis names that: `27 Sept`."""

    day: date

    def written(self, language: Language) -> str:
        """Write it short."""
        return language.day_in_year(self.day)


@dataclass(frozen=True, slots=True)
class LongDay(Writable):
    """A date in full, where no gap of a statement holds it: `27 September 2027`."""

    day: date

    def written(self, language: Language) -> str:
        """Write it in full."""
        return language.day(self.day)


@dataclass(frozen=True, slots=True)
class LongMonth(Writable):
    """A month in full, where no gap of a statement holds it: `March 2027`."""

    month: Month

    def written(self, language: Language) -> str:
        """Write it in full."""
        return language.month(self.month)


@dataclass(frozen=True, slots=True)
class Moment(Writable):
    """A day and the time, in the moment's own zone, where no gap of a statement holds it: `24 Nov 2026, 19:02`."""

    moment: datetime

    def written(self, language: Language) -> str:
        """Write it with its time."""
        return language.moment(self.moment)


@dataclass(frozen=True, slots=True)
class Span(Writable):
    """From when to when something lasts, its last day included."""

    first: date
    last: date

    def written(self, language: Language) -> str:
        """Write both days, or the only one."""
        return language.span(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Country(Writable):
    """A country by its two letters."""

    code: str

    def written(self, language: Language) -> str:
        """Write its name."""
        return language.country(self.code)


@dataclass(frozen=True, slots=True, init=False)
class Listed(Writable):
    """Several texts; what is empty is left out.

    `joint` is "and" or "or" for a list in a sentence (`a, b and c`), "," for the first of many (`a, b`), ";" for texts
    that may hold commas, otherwise what stands between them: a space between sentences.
    """

    items: tuple[Words, ...]
    joint: str

    def __init__(self, items: Iterable[Words], joint: str = "and") -> None:
        """Keep what is not empty."""
        object.__setattr__(self, "items", tuple(item for item in items if item or item == 0))
        object.__setattr__(self, "joint", joint)

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.items)

    def written(self, language: Language) -> str:
        """Join them as the language does."""
        items = [language.write(item) for item in self.items]
        joined = {"and": language.listed, "or": language.either, ",": language.enumerated, ";": language.series}
        return joined[self.joint](items) if self.joint in joined else self.joint.join(items)


def series(items: Iterable[Words]) -> Listed:
    """Return texts that may hold commas, or are sentences: `a, b; c`."""
    return Listed(items, ";")


def either(items: Iterable[Words]) -> Listed:
    """Return texts of which one is meant: `a, b or c`."""
    return Listed(items, "or")


def sentences(*texts: Words) -> Listed:
    """Return sentences one after the other, those that are empty left out."""
    return Listed(texts, " ")


@dataclass(frozen=True, slots=True)
class Capitalised(Writable):
    """Words at the beginning of a sentence: `The plan`."""

    words: Words

    def written(self, language: Language) -> str:
        """Write them with a capital letter first."""
        text = language.write(self.words)
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Labelled(Writable):
    """A text after what it belongs to: `Finish: 4 May 2027`; without one, the label with its colon."""

    name: Words
    text: Words = ""

    def written(self, language: Language) -> str:
        """Write both, with the language's colon."""
        return language.labelled(language.write(self.name), language.write(self.text))


def exact_percent(share: Decimal | Fraction, *, is_signed: bool = False) -> Share:
    """Return a rate with a place only where it has one: `19%`, `8.1%`, `+10%`."""
    return Share(share, 0 if share * 100 == round(share * 100) else 1, is_signed)


def in_table(value: Any, unit: Unit) -> Words:  # noqa: ANN401 - values of every unit
    """Return a value as it stands below a title that says what it counts; nothing for None."""
    if value is None:
        return ""
    if unit is FLAG:
        return Text("yes") if value else Text("no")
    if isinstance(value, Month | date):
        return LongMonth(value) if isinstance(value, Month) else ShortDay(value)
    if isinstance(value, int | Decimal | Fraction):
        return _number_of(value, unit, unit.places.tables)
    return value if isinstance(value, Writable) else str(value)


def quantity(value: Decimal | Fraction | int | date | Month, unit: Unit, *, is_brief: bool = False) -> Words:
    """Return a value with its unit for a sentence, exactly or as those who decide read it; a day is one already."""
    if isinstance(value, date | Month):
        return value
    return _counted(_number_of(value, unit, unit.places.brief if is_brief else unit.places.text), unit)


def as_set(value: Any, unit: Unit) -> Words:  # noqa: ANN401 - values of every unit, as JSON has them
    """Return what a person set, with its unit and the decimals that it was given."""
    if unit is FLAG:
        return in_table(value, FLAG)
    if unit.kind is UnitKind.DAY:
        return ShortDay(date.fromisoformat(str(value)))
    if not unit.is_number:
        return str(value)
    number = Decimal(str(value))
    if unit.kind is UnitKind.NUMBER:
        return _counted(Trimmed(number, unit.places.tables), unit)
    return _number_of(number, unit, unit.places.text)


def _number_of(value: Decimal | Fraction | int, unit: Unit, places: int) -> Money | Share | Number | Trimmed:
    if unit.kind is UnitKind.MONEY:
        return Money(value, places)
    if unit.kind is UnitKind.SHARE:
        return exact_percent(Fraction(value))
    return Trimmed(value, places) if unit.is_trimmed else Number(value, places)


def _counted(number: Money | Share | Number | Trimmed, unit: Unit) -> Words:
    if unit.counted is None or not isinstance(number, Number | Trimmed):
        return number
    return Plural(*unit.counted, number)


class LanguageCode(StrEnum):
    """The languages that the product speaks."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"


@dataclass(frozen=True, slots=True)
class Locale:
    """In what a language differs, but for its texts and for what Babel knows."""

    own_name: str
    babel: str
    """Of which country its numbers, days and lists are."""
    holidays: str
    """What the holidays library calls it."""
    region: str = "DE-NW"
    """Whose public holidays are free in an example, where it does not say."""
    first_of_month: str = "1"
    """How the first day of a month is written."""
    before_marks: str = ""
    """What stands before a colon or a semicolon."""
    sounds: tuple[tuple[str, str, str], ...] = ()
    """Words of lists that change before a sound: the word, how what follows begins, the word that stands there."""


LOCALES = {
    LanguageCode.ENGLISH: Locale("English", "en_GB", "en_US"),
    LanguageCode.GERMAN: Locale("Deutsch", "de_DE", "de"),
    LanguageCode.FRENCH: Locale("Français", "fr_FR", "fr", "FR", "1er", "\N{NARROW NO-BREAK SPACE}"),
    LanguageCode.SPANISH: Locale(
        "Español", "es_ES", "es", "ES", sounds=(("y", "h?[ií](?![aeo])", "e"), ("o", "h?[oó]|8", "u"))
    ),
}


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


@lru_cache(maxsize=8192)
def _number(value: Decimal, places: int, code: LanguageCode) -> str:
    """Write a rounded number; remembered, as a page shows most of its numbers again and again."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, pattern, locale=_babel(code)).replace("-", MINUS)


@dataclass(frozen=True)
class Language:
    """One language's texts and forms."""

    code: LanguageCode

    @property
    def locale(self) -> Locale:
        """The language's record."""
        return LOCALES[self.code]

    @property
    def babel(self) -> babel.Locale:
        """What Babel knows of it."""
        return _babel(self.code)

    @property
    def date_format(self) -> str:
        """How a date is typed into fields and tables: `DD/MM/YYYY`."""
        return re.sub(r"(\w)\1*", _digits_of, str(self.babel.date_formats["short"].pattern).upper())

    def typed_day(self, day: date) -> str:
        """Write a day as it is typed: `04/01/2027`."""
        parts = self.date_format.replace("DD", f"{day.day:02}").replace("MM", f"{day.month:02}")
        return parts.replace("YYYY", f"{day.year:04}")

    @property
    def day_pattern(self) -> str:
        """How a date is written short, in Babel's letters: `d MMM yyyy`, `dd.MM.yyyy`."""
        return re.sub("y+", "yyyy", str(self.babel.date_formats["medium"].pattern))

    @property
    def separators(self) -> str:
        """The decimal mark and that of the thousands."""
        return get_decimal_symbol(self.babel) + get_group_symbol(self.babel)

    @property
    def has_excel_dialect(self) -> bool:
        """Tell whether its readers' spreadsheets want CSV files of their own: where the decimal mark is a comma."""
        return get_decimal_symbol(self.babel) == ","

    @property
    def has_currency_first(self) -> bool:
        """Tell whether a currency stands before its amount."""
        return str(self.babel.currency_formats["standard"].pattern).startswith("\N{CURRENCY SIGN}")

    def write(self, value: Words) -> str:
        """Write a statement or a value as the reader reads it."""
        if isinstance(value, str):
            return value
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, Month):
            return self.month(value)
        if isinstance(value, datetime):
            return self.moment(value)
        return self.day(value) if isinstance(value, date) else value.written(self)

    def written(self, report: Any) -> Any:  # noqa: ANN401 - whatever a report is made of
        """Return a report with every statement in it written; what holds none stays the same object."""
        if type(report) in PLAIN:
            return report
        if isinstance(report, Writable):
            return report.written(self)
        if isinstance(report, list | tuple):
            return self._items_written(report)
        if isinstance(report, Mapping):
            return {key: self.written(value) for key, value in report.items()}
        if is_dataclass(report) and not isinstance(report, type):
            parts = {part.name: getattr(report, part.name) for part in fields(report)}
            written = {name: self.written(value) for name, value in parts.items()}
            return report if all(written[name] is parts[name] for name in parts) else replace(report, **written)
        return report

    def _items_written(self, items: list[Any] | tuple[Any, ...]) -> Any:  # noqa: ANN401 - the same kind
        written = [self.written(item) for item in items]
        if isinstance(items, list):
            return written
        if all(new is old for new, old in zip(written, items, strict=True)):
            return items
        return getattr(items, "_make", type(items))(written)

    def say(self, text: str, /, **values: object) -> str:
        """Translate a text and fill its gaps, written `{name}`."""
        translated = _catalogue(self.code).gettext(text) if text else ""
        return translated.format(**self.written(values)) if values else translated

    def plural(self, one: str, many: str, number: int | str, /, **values: object) -> str:
        """Translate a text that depends on a number; `{n}` stands for the number as it is shown.

        A number with decimals comes as its text. What a reader sees decides the form: `1 day`, but `1.00 days`; in
        French `1,5 jour`.
        """
        shown = number if isinstance(number, str) else self.number(number)
        translated = _catalogue(self.code).ngettext(one, many, self._counted(shown))
        return translated.format(n=shown, **self.written(values))

    def _counted(self, shown: str) -> int:
        """Return a whole number that takes the same form as one that is shown."""
        if shown.isdecimal():
            return int(shown)
        try:
            return 1 if self.babel.plural_form(self.number_in(shown)) == "one" else MANY
        except NumberRefused:
            return MANY

    def money(self, amount: Decimal | Fraction | int, places: int = 0, currency: str = HOME_CURRENCY) -> str:
        """Write an amount of a currency: `EUR 120,903`, `120.903 EUR`."""
        shown = self.number(amount, places)
        if not self.has_currency_first:
            return f"{shown}\N{NO-BREAK SPACE}{currency}"
        sign, digits = (shown[0], shown[1:]) if shown.startswith(MINUS) else ("", shown)
        return f"{sign}{currency}\N{NO-BREAK SPACE}{digits}"

    def signed_money(self, amount: Decimal | Fraction | int, places: int = 0, currency: str = HOME_CURRENCY) -> str:
        """Write a change of an amount with its sign."""
        shown = self.money(amount, places, currency)
        return f"+{shown}" if rounded(amount, places) > 0 else shown

    def number(self, value: Decimal | Fraction | int, places: int = 0) -> str:
        """Write a number with so many places, a minus as the sign that it is; nothing has no sign."""
        return _number(rounded(value, places) + 0, places, self.code)

    def trimmed(self, value: Decimal | Fraction | int, places: int = 2) -> str:
        """Write a number with at most so many places, zeros at the end left out."""
        shown = rounded(value, places).normalize()
        exponent = shown.as_tuple().exponent
        return self.number(shown, -exponent if isinstance(exponent, int) and exponent < 0 else 0)

    def number_in(self, text: str) -> Decimal:
        """Read a number as the reader writes it: `1,150.50`, `1.150,50`.

        Raises NumberRefused if it is none, or is written in another language's form: a separator stands where
        only the other one could.
        """
        typed = text.strip().replace(MINUS, "-")
        if self.separators[1].isspace():
            typed = SPACED_THOUSANDS.sub("", typed)
        candidates: Sequence[str] = ()
        if TYPED_NUMBER.fullmatch(typed):
            try:
                return parse_decimal(typed, self.babel, strict=True)
            except NumberFormatError as refused:
                candidates = refused.suggestions or ()
                decimal, thousands = (typed.rfind(mark) for mark in self.separators)
                if 0 <= decimal < thousands:
                    candidates = candidates[-1:]
        raise NumberRefused(
            msgid("'{value}' cannot be read as a number"),
            msgid("Did you mean {candidates}?") if candidates else msgid("Write it as in {example}"),
            value=shortened(typed),
            candidates=Alternatives(candidates),
            example=self.number(EXAMPLE, 2),
        )

    def percent(self, share: Decimal | Fraction, places: int = 0) -> str:
        """Write a share between 0 and 1 as a percentage."""
        return self.number(rounded(share, places + 2) * 100, places) + str(self.babel.percent_formats[None].suffix[0])

    def tongue(self, other: Language) -> str:
        """Return what a language is called: `German`, `allemand`."""
        return str(self.babel.languages[other.code])

    def country(self, code: str) -> str:
        """Return a country's name by its two letters; the letters where it has none."""
        return str(self.babel.territories.get(code, code))

    def day(self, day: date) -> str:
        """Write a date in full: `27 September 2027`."""
        return self._written(day, format_date(day, "long", locale=self.babel))

    def short_day(self, day: date) -> str:
        """Write a date short, as in tables: `27 Sept 2027`, `27.09.2027`."""
        return self._written(day, format_date(day, "medium", locale=self.babel))

    def span(self, first: date, last: date) -> str:
        """Write from when to when something lasts, its last day included: `26 Jul 2027 – 13 Aug 2027`."""
        return " – ".join(dict.fromkeys(map(self.short_day, (first, last))))

    def day_in_year(self, day: date) -> str:
        """Write a date without its year, where an axis names that: `27 Sept`, `27. Sept.`."""
        return self._written(day, format_skeleton("MMMd", day, locale=self.babel))

    def moment(self, moment: datetime) -> str:
        """Write a day and the time, in the moment's own zone: `24 Nov 2026, 19:02`."""
        pattern = f"{self.day_pattern}, HH:mm"
        return self._written(moment, format_datetime(moment, pattern, moment.tzinfo, self.babel))

    def _written(self, day: date, text: str) -> str:
        """Return a date as one word, the first of a month as the language has it."""
        first = re.sub(r"^1(?= )", self.locale.first_of_month, text) if day.day == 1 else text
        return first.replace(" ", "\N{NO-BREAK SPACE}")

    def month(self, month: Month) -> str:
        """Write a month in full: `March 2027`."""
        return format_date(month.first_day, "MMMM yyyy", locale=self.babel)

    def short_month(self, month: Month) -> str:
        """Write a month for an axis: `Mar`, with the year in January."""
        return format_date(month.first_day, "LLL" if month.number > 1 else "LLL yyyy", locale=self.babel)

    def listed(self, items: Sequence[str]) -> str:
        """Join texts as a sentence does: `a, b and c`; by semicolons where one of them holds a comma."""
        if any("," in item for item in items):
            return self.series(items)
        return self._joined(items, "standard")

    def enumerated(self, items: Sequence[str]) -> str:
        """Join the first of many: `a, b`; by semicolons where one of them holds a comma."""
        return self.series(items) if any("," in item for item in items) else ", ".join(items)

    def series(self, items: Iterable[str]) -> str:
        """Join texts that may hold commas, or are sentences: `a, b; c`."""
        return f"{self.locale.before_marks}; ".join(items)

    def sorted(self, names: Mapping[str, Words]) -> dict[str, str]:
        """Write names by their keys, in the order of the alphabet: Ä beside A."""
        written = {key: self.write(name) for key, name in names.items()}
        return dict(sorted(written.items(), key=lambda item: without_accents(item[1])))

    def labelled(self, name: str, text: str = "") -> str:
        """Write a text after what it belongs to, or only that with its colon: `Finish: 4 May 2027`."""
        return " ".join(filter(None, (f"{name}{self.locale.before_marks}:", text)))

    def either(self, items: Sequence[str]) -> str:
        """Join texts of which one is meant: `a, b or c`."""
        return self._joined(items, "or")

    def _joined(self, items: Sequence[str], style: Literal["standard", "or"]) -> str:
        """Join texts by a word that suits the last of them: `presupuesto e informe`."""
        last = items[-1] if items else ""
        lead = format_list(items, style=style, locale=self.babel).removesuffix(last) if items else ""
        for word, sound, instead in self.locale.sounds:
            if lead.endswith(f" {word} ") and re.match(sound, last, re.IGNORECASE):
                lead = f"{lead.removesuffix(f'{word} ')}{instead} "
        return lead + last


def _digits_of(letters: re.Match[str]) -> str:
    """Return a part of a date's form as it is typed: two digits, of a year four."""
    return letters[1] * (4 if letters[1] == "Y" else 2)


@lru_cache
def _babel(code: LanguageCode) -> babel.Locale:
    return babel.Locale.parse(LOCALES[code].babel)


def language_for(code: str) -> Language:
    """Return a language by its code, a browser's tag or its own name (`de`, `de-AT`, `Deutsch`); otherwise English."""
    named = {locale.own_name.lower(): tag for tag, locale in LOCALES.items()}
    short = named.get(code.lower(), code.replace("_", "-").split("-", maxsplit=1)[0].lower())
    return Language(LanguageCode(short) if short in set(LanguageCode) else LanguageCode.ENGLISH)


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the months by their names and short forms in every language, in small letters without accents.

    What could be two months is none.
    """
    numbers = {"mrz": 3, "maerz": 3}
    for months in (Language(code).babel.months["format"] for code in LanguageCode):
        full = {number: without_accents(name) for number, name in months["wide"].items()}
        starts = Counter(name[:3] for name in full.values())
        for number, name in full.items():
            numbers[name] = numbers[without_accents(months["abbreviated"][number].rstrip("."))] = number
            if starts[name[:3]] == 1:
                numbers[name[:3]] = number
    return numbers
