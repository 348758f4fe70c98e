"""What people typed, where Streamlit reads Markdown: texts stay texts, and links are made here alone (ADR 0048)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zt_planner.language import Listed
from zt_planner.media.markdown import escaped, one_line, web_address
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.language import Words

REPLACED = re.compile(r"(:(?=//|material[/_]|[A-Za-z0-9_+-]+:)|\.(?<=[Ww]{3}\.)|@|-(?<=[-<]-)|>(?<=->)|=(?<=[<>~]=))")
"""What Streamlit replaces after the escapes are gone: addresses, icons, arrows. Set apart, it is no part of any."""


def plain(text: Words) -> str:
    """Return Markdown that shows a text as typed: no link, no markup, no icon, no directive."""
    parts = REPLACED.split(one_line(session.language().write(text)))
    return "".join(f":color[{escaped(part)}]" if index % 2 else escaped(part) for index, part in enumerate(parts))


def link(text: Words, address: str) -> str:
    """Return a link to an address that somebody typed; where it is none of a site, both as plain text."""
    site = web_address(address)
    return (
        plain(Listed((text, f"({address})"), " ")) if site is None else f"[{plain(text)}]({site.replace('&', '&amp;')})"
    )
