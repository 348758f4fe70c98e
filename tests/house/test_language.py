"""Every text of the source has a German translation, and the catalogue holds nothing else."""

from __future__ import annotations

import string
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from zt_planner.resources import locale_dir, root

if TYPE_CHECKING:
    from collections.abc import Sequence

# How the source names its texts; `make messages` uses the same words.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "msgid": None, "say": None, "plural": (1, 2)}

Text: TypeAlias = "str | Sequence[str]"


def forms_of(text: Text) -> tuple[str, ...]:
    """Return singular and plural, or the one text."""
    return (text,) if isinstance(text, str) else tuple(text)


@lru_cache
def source_texts() -> dict[str, Text]:
    """Return every text of the source by its catalogue key, as a text or as singular and plural."""
    catalogue = Catalog()
    found = extract_from_dir(root() / "zt_planner", [("**.py", "python")], keywords=KEYWORDS)
    for _file, _line, text, _comments, context in found:
        catalogue.add(text, context=context)
    return {forms_of(message.id)[0]: message.id for message in catalogue if message.id}


@lru_cache
def german() -> Catalog:
    """Return the German catalogue as it stands."""
    with (locale_dir() / "de" / "LC_MESSAGES" / "zt_planner.po").open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def translations_of(key: str) -> tuple[str, ...]:
    """Return the German forms of a text; none where it is not in the catalogue."""
    message = german().get(key)
    return () if message is None or message.string is None else forms_of(message.string)


def gaps_in(text: str) -> set[str]:
    """Return the names of the gaps, written `{name}`."""
    return {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def test_the_source_has_texts() -> None:
    assert len(source_texts()) > 100


def test_every_text_is_translated() -> None:
    missing = [key for key in source_texts() if not translations_of(key) or not all(translations_of(key))]
    assert not missing


def test_a_plural_is_translated_as_a_plural() -> None:
    wrong = [key for key, text in source_texts().items() if len(forms_of(text)) != len(translations_of(key))]
    assert not wrong


def test_no_translation_is_fuzzy() -> None:
    assert not [message.id for message in german() if message.id and message.fuzzy]


def test_no_translation_is_left_over() -> None:
    stale = [message.id for message in german() if message.id and forms_of(message.id)[0] not in source_texts()]
    assert not stale
    assert not german().obsolete


def test_a_translation_has_the_same_gaps_as_its_text() -> None:
    wrong = [
        key
        for key, text in source_texts().items()
        if set().union(*map(gaps_in, forms_of(text))) != set().union(*map(gaps_in, translations_of(key)))
    ]
    assert not wrong


@pytest.mark.parametrize("informal", ["du", "dein", "deine", "dich", "dir"])
def test_german_addresses_the_reader_formally(informal: str) -> None:
    hits = [text for key in source_texts() for text in translations_of(key) if informal in text.lower().split()]
    assert not hits
