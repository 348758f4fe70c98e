"""Pages say what a thing is: percentiles, rule numbers, standards and cents stand in explanations and files only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zt_planner.language import LanguageCode

APPROVED = Path(__file__).parent.parent / "approved"
UNEXPLAINED = {
    LanguageCode.ENGLISH: r"\bhorizons?\b|\bbridges?\b",
    LanguageCode.GERMAN: r"Horizont|Brücke",
    LanguageCode.SPANISH: r"horizonte|\bpuente",
    LanguageCode.FRENCH: r"\bhorizon",
}
IN_EVERY_LANGUAGE = r"\bP[1-9]0\b|\bM[1-9]\d?b?\b|\bRFC\b"
A_UNIT = re.compile(r" \| .* \| ")
"""A row of a table of unit prices, which keep their cents."""


@pytest.mark.parametrize("code", LanguageCode)
def test_no_page_has_a_word_that_only_an_explanation_explains(code: LanguageCode) -> None:
    words = re.compile(f"{IN_EVERY_LANGUAGE}|{UNEXPLAINED[code]}", re.IGNORECASE)
    lines = (APPROVED / f"pages.{code}.txt").read_text("utf-8").splitlines()
    assert len(lines) > 100
    assert not [line for line in lines if words.search(line)]


def test_no_sentence_of_a_page_has_cents() -> None:
    lines = (APPROVED / "pages.en.txt").read_text("utf-8").splitlines()
    assert not [line for line in lines if re.search(r"EUR.[\d,]+\.\d\d\b", line) and not A_UNIT.search(line)]
