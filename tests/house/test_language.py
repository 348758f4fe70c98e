"""Every text of the source and of the data files is translated, and the catalogues hold nothing else."""

from __future__ import annotations

import ast
import io
import re
import string
import tokenize
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools.update_messages import LANGUAGES, catalogue_path, data_texts, template, updated
from zt_planner.resources import root

Text: TypeAlias = "str | Sequence[str]"

MANY_OF = (
    r"\w*(?:days|weeks|months|years|hours|minutes|seconds|people|persons|administrators|users|devices|servers|sites|"
    r"seats|licences|tasks|steps|measures|decisions|changes|rows|lines|cells|columns|entries|files|parts|levels|units|"
    r"decimals|characters|problems|places|prices|products|plans|draws|spans|ways|"
    r"tagen?|wochen|monaten?|jahren?|stunden|minuten|sekunden|personen|leuten?|standorten?|plätzen?|lizenzen|aufgaben|"
    r"schritten?|maßnahmen|entscheidungen|änderungen|zeilen|zellen|spalten|einträgen?|dateien|teilen?|ebenen|einheiten|"
    r"stellen|fehlern?|preisen?|produkten?|plänen?|durchläufen?|wegen?)"
)
BETWEEN = "own|more|other|new|working|cost|smaller|weiteren?|eigenen?|neuen?|kleineren?"
COUNTED = re.compile(rf"\{{(\w+)\}}[ \N{{NO-BREAK SPACE}}](?:(?:{BETWEEN}) )?{MANY_OF}\b", re.IGNORECASE)
NEVER_ONE = {"most", "bound", "draws", "few", "many", "all", "of", "share", "first", "file", "horizon"}
"""Gaps that no 1 fills: bounds of the program, numbers of draws, what something is a part of, shares, names, a horizon.

The first number of people that a curve has is told only where it is more than 1.
"""
BESIDE_MOST = "{most}"
"""A number beside the bound that it is above is more than 1."""
JOINED = re.compile(r"[a-zäöüß)}][.!?][A-ZÄÖÜ]")
AT_THE_END, AT_THE_BEGINNING = re.compile(r"[a-zäöüß)}.,;:!?]$"), re.compile(r"[A-Za-zÄÖÜäöüß({]")
SENTENCE_END = re.compile(r"(?<=[.!?])\s*(?=[A-ZÄÖÜ])")


OF_A_DEVICE = r"(?! (?:test )?devices?\b| or hybrid| one\b| before the policy)"
PROMISE = re.compile(
    rf"\b(?:(?<!non-)compliant{OF_A_DEVICE}|guaranteed?|you save|return on investment|ROI|konform|garantier\w*|"
    r"sie sparen|Kapitalrendite)\b",
    re.IGNORECASE,
)
NO_PROMISES = {
    "Require a compliant device in Conditional Access",
    "A device without a compliance policy counts as not compliant",
    "A policy asks administrators for a compliant or hybrid-joined device",
    "A policy requires a compliant device",
    "Devices that are not compliant cannot reach company data",
}
"""A device, not a company."""


def forms_of(text: Text) -> tuple[str, ...]:
    """Return singular and plural, or the one text."""
    return (text,) if isinstance(text, str) else tuple(text)


@lru_cache
def source_texts() -> dict[str, Text]:
    """Return every text by its catalogue key, as a text or as singular and plural."""
    return {forms_of(message.id)[0]: message.id for message in template() if message.id}


every_language = pytest.mark.parametrize("code", LANGUAGES)


@lru_cache
def catalogue(code: str) -> Catalog:
    """Return a language's catalogue as it stands."""
    with catalogue_path(code).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def translations_of(key: str, code: str = "de") -> tuple[str, ...]:
    """Return the forms of a text in a language; none where it is not in the catalogue."""
    message = catalogue(code).get(key)
    return () if message is None or message.string is None else forms_of(message.string)


def gaps_in(text: str) -> set[str]:
    """Return the names of the gaps, written `{name}`."""
    return {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.mark.extended
def test_source_and_data_files_have_texts() -> None:
    assert len(source_texts()) > 500
    assert set(filter(None, data_texts())) <= set(source_texts())


def texts_said(module: Path) -> Iterator[str]:
    """Yield the texts that a module says, wherever it does: the extractor does not look into f-strings."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"Text", "Plural", "say", "msgid", "plural", "Count"} and node.args[0].value:
                yield str(node.args[0].value)


@pytest.mark.extended
def test_every_text_that_is_said_is_in_the_catalogue() -> None:
    said = {text for module in (root() / "zt_planner").rglob("*.py") for text in texts_said(module)}
    assert len(said) > 500
    assert said <= set(source_texts())


@every_language
def test_every_text_is_translated(code: str) -> None:
    missing = [key for key in source_texts() if not translations_of(key, code) or not all(translations_of(key, code))]
    assert not missing


@every_language
def test_a_plural_has_every_form_and_nothing_else_has_two(code: str) -> None:
    plurals = catalogue(code).num_plurals
    wanted = {key: 1 if isinstance(text, str) else plurals for key, text in source_texts().items()}
    wrong = [key for key, forms in wanted.items() if len(translations_of(key, code)) != forms]
    assert not wrong


@every_language
def test_no_translation_is_fuzzy(code: str) -> None:
    assert not [message.id for message in catalogue(code) if message.id and message.fuzzy]


@every_language
def test_no_translation_is_left_over(code: str) -> None:
    held = [forms_of(message.id)[0] for message in catalogue(code) if message.id]
    assert not set(held) - set(source_texts())
    assert not catalogue(code).obsolete


@every_language
def test_a_translation_has_the_same_gaps_as_its_text(code: str) -> None:
    wrong = [
        key
        for key, text in source_texts().items()
        if set().union(*map(gaps_in, forms_of(text))) != set().union(*map(gaps_in, translations_of(key, code)))
    ]
    assert not wrong


@pytest.mark.extended
@every_language
def test_the_catalogue_is_as_make_messages_writes_it(code: str) -> None:
    content = catalogue_path(code).read_bytes()
    assert updated(content, code) == content


def every_form() -> Iterator[tuple[str, str]]:
    """Yield the key and each form of every text, in every language."""
    for key, text in source_texts().items():
        translated = (form for code in LANGUAGES for form in translations_of(key, code))
        yield from ((key, form) for form in (*forms_of(text), *translated))


def test_a_number_stands_before_a_plural_only_where_the_text_has_a_singular_too() -> None:
    wrong = [
        form
        for key, form in every_form()
        if isinstance(source_texts()[key], str) and BESIDE_MOST not in key
        for name in COUNTED.findall(form)
        if name not in NEVER_ONE
    ]
    assert not wrong


def test_sentences_of_a_text_are_apart() -> None:
    assert not [form for _, form in every_form() if JOINED.search(form)]


def test_no_text_says_a_sentence_twice() -> None:
    said = {form: SENTENCE_END.split(form) for _, form in every_form()}
    assert not [form for form, sentences in said.items() if len(set(sentences)) < len(sentences)]


def pairs_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in two strings that are one text, as Python joins them: the end and the beginning."""
    pieces: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING:
            pieces.append(token.string.strip("rf").strip("\"'"))
        elif token.type not in {tokenize.NL, tokenize.COMMENT}:
            yield from pairwise(pieces)
            pieces.clear()


@pytest.mark.extended
def test_words_are_apart_where_a_text_goes_on_in_the_next_line() -> None:
    joined = [
        f"{module.name}: {before!r} {after!r}"
        for module in (root() / "zt_planner").rglob("*.py")
        for before, after in pairs_in(module.read_text("utf-8"))
        if AT_THE_END.search(before) and AT_THE_BEGINNING.match(after)
    ]
    assert not joined


def test_nobody_is_told_to_be_compliant_or_guaranteed_anything() -> None:
    texts = {form for key, text in source_texts().items() for form in (*forms_of(text), *translations_of(key))}
    assert {text for text in texts if PROMISE.search(text)} - NO_PROMISES == set()
