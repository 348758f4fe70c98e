"""Each catalogue is set as its language is printed, addresses its reader as agreed, and has no English in it."""

from __future__ import annotations

import re

import pytest

from tests.english import NAMES, WORD
from tests.house.test_language import every_language, source_texts, translations_of
from zt_planner.language import LanguageCode

CODE = re.compile(r"`[^`]*`|\w+://\S+|--\w[\w-]*|\"[^\"]*\"")
"""What is quoted to be typed, and stands as it is."""
GAP = re.compile(r"\{\w+\}")
INFORMAL = {
    "de": {"du", "dein", "deine", "dich", "dir"},
    "fr": {"tu", "ton", "ta", "tes", "toi", "t’"},
    "es": {"tú", "tu", "tus", "ti", "vosotros", "vuestro", "vuestra"},
}
PROMISES = {"de": ("konform", "compliant"), "fr": ("conforme",), "es": ("conforme",)}
WRONG = {
    "fr": {
        "a space that may break, or none, before a mark": r"(?<![\N{NARROW NO-BREAK SPACE}?!])[;:!?](?=\s|$)",
        "quotation marks without their spaces": r"«(?!\N{NARROW NO-BREAK SPACE})|(?<!\N{NARROW NO-BREAK SPACE})»",
        "a straight apostrophe": r"(?<=\w)'(?=\w)",
        "another language's quotation marks": r"[“”„]|'\{",
        "a percentage without its space": r"\d ?%",
        "another language's thousands": r"\d[,.]\d{3}(?!\d)",
    },
    "es": {
        "another language's quotation marks": r"„|'\{",
        "spaces within quotation marks": r"«\s|\s»",
        "a percentage without its space": r"\d ?%",
        "another language's thousands": r"\d,\d{3}(?!\d)",
    },
}


def plain_texts(code: str) -> dict[str, str]:
    """Return the forms of a language's texts without what is quoted to be typed."""
    forms = [(key, form) for key in source_texts() for form in translations_of(key, code) if form]
    return {f"{key} = {form}": CODE.sub("", form) for key, form in forms}


@pytest.mark.parametrize(("code", "wrong"), [(code, wrong) for code, each in WRONG.items() for wrong in each])
@pytest.mark.extended
def test_a_text_is_set_as_its_language_is_printed(code: str, wrong: str) -> None:
    sign = re.compile(WRONG[code][wrong])
    assert not [shown for shown, text in plain_texts(code).items() if sign.search(text)]


def test_an_english_percentage_has_no_space() -> None:
    assert not [text for text in source_texts() if re.search(r"[\d}]\s%", text)]


@pytest.mark.parametrize(("opens", "closes"), ["¿?", "¡!"])
def test_a_spanish_question_and_a_cry_are_opened_too(opens: str, closes: str) -> None:
    texts = plain_texts("es").items()
    assert not [shown for shown, text in texts if text.count(opens) != text.count(closes)]


@every_language
def test_the_reader_is_addressed_formally(code: str) -> None:
    texts = plain_texts(code).items()
    assert not [shown for shown, text in texts if INFORMAL[code] & {*re.findall(r"\w+’?", text.lower())}]


@every_language
def test_no_lawfulness_is_promised(code: str) -> None:
    texts = plain_texts(code).items()
    assert not [shown for shown, text in texts if any(promise in text.lower() for promise in PROMISES[code])]


@every_language
def test_no_text_is_left_in_english(code: str) -> None:
    texts = plain_texts(code).items()
    assert not [shown for shown, text in texts if WORD.search(NAMES.sub("", GAP.sub("", text)))]


def test_every_language_has_its_rules() -> None:
    assert INFORMAL.keys() == PROMISES.keys() == {*LanguageCode} - {LanguageCode.ENGLISH}
