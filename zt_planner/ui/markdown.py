"""Texts that Streamlit would read as Markdown, shown as they stand."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$:&!])")
LIST_OR_RULE = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def plain(text: str) -> str:
    """Return a text with everything escaped that Markdown or Streamlit's directives would interpret."""
    return LIST_OR_RULE.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", SPECIAL.sub(r"\\\1", text))
