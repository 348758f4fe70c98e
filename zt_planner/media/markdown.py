"""Markdown of what people typed: every reader shows it as it was typed, and an address leads to the web or nowhere.

Decides how names, notes and addresses are written where a file or a page is
Markdown; what the dashboard needs beyond that stands in `ui.components.markdown`. Laws: a
text stays on one line, and nothing in it is read as markup or HTML; an address
that does not lead to a site by http or https is none.
"""

from __future__ import annotations

import re
from urllib.parse import quote

MARKUP = re.compile(
    r"[\\`*_{}\[\]#|~$^@=]|!(?=\[)|%(?=%)|-(?=-)|:(?=/|:|[^\W\d]|[\w+-]+:|$)|\.(?=[^\W\d_])(?<=[^\W\d_]\.)"
)
"""What Markdown or one of its dialects may read as markup within a line, parts of addresses included."""
ENTITY = re.compile(r"&(?=#?\w+;)")
"""What begins a character's name in HTML; any other “&” is read as it stands, also by those who read the text alone."""
ANGLES = str.maketrans({"<": "&lt;", ">": "&gt;"})
LINE_START = re.compile(r"^(\d*)([-+.):])(?=\s|$)")
"""What begins an item of a list, a rule or a definition."""
BLANK = "\ufeff" + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""What a reader drops at the ends of a text, or takes for code: four spaces."""
ADDRESS = re.compile(r"(?:(https?)://)?([\w-]+(?:\.[\w-]+)*)(:\d{1,5})?([/?#].*)?", re.IGNORECASE | re.DOTALL)
"""Scheme, host, port, and what follows: nobody's name before the host, and nothing else in it."""
KEPT = "/?#%&=+,;@!~"
"""What stays as it is behind the host; all else that could end a link, or be read as markup in one, is encoded."""


def literal(text: str) -> str:
    """Return a text that every Markdown reader shows as it stands, within a line."""
    return escaped(one_line(text))


def one_line(text: str) -> str:
    """Return a text without its line breaks, and without spaces at its ends."""
    return " ".join(text.splitlines()).strip(BLANK)


def escaped(line: str) -> str:
    """Return a line, or a part of one, with everything escaped that would be read as markup."""
    return LINE_START.sub(r"\1\\\2", MARKUP.sub(r"\\\g<0>", ENTITY.sub("&amp;", line).translate(ANGLES)))


def web_address(typed: str) -> str | None:
    """Return the address of a site as it can stand in a link; None when it is none, like `javascript:` and `data:`.

    Price lists leave the scheme out, so that `example.org/prices` is one, too.
    """
    found = ADDRESS.fullmatch(typed.strip())
    if found is None:
        return None
    scheme, host, port, rest = found.groups(default="")
    if not scheme and "." not in host:
        return None
    return f"{scheme.lower() or 'https'}://{host}{port}{quote(rest, safe=KEPT)}"
