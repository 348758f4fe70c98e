"""A page that shows what people type in every way that the dashboard does; Streamlit runs this file as a script."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import streamlit as st

from tests.names import other_cases
from zt_planner.ui.components.markdown import link, plain
from zt_planner.ui.components.web.loading import component

NASTY = (
    "www.evil.example/login",
    "WWW.evil.example (www.evil.example) www.www.evil.example",
    "http://evil.example HtTp://www.evil.example. https://evil.example/a?b=c",
    "a@b.example mailto:a@b.example xmpp:a@b.example a.b+c@d.example",
    "::www.evil.example ::@b.example :@: :a:www.b.example",
    ":smile: :+1: a:smile:b 10:30:45",
    ":material/home: :material_home: a:material/home:b",
    "a :streamlit: b",
    ":red[x] :red-badge[x] :small[x] :help[x] :shimmer[x] :color[x]{foreground=red}",
    "::leaf[x]",
    ":::note\nx\n:::",
    "$x^2$ $$y$$ $5 and $6",
    "<b>x</b> <script>alert(1)</script> <!-- x --> <https://a.example>",
    "&lt; &amp; &#65; &copy;",
    "# heading",
    "heading\n===",
    "heading\n---",
    "a | b\n--- | ---\n1 | 2",
    "[^1]\n\n[^1]: note",
    "[a]: https://a.example",
    "[a](https://a.example) ![a](https://a.example/a.png)",
    "- item",
    "+ item",
    "* item",
    "- [x] done",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "***",
    "-",
    "```\ncode\n```",
    "    code",
    "\ufeff    code",
    "\ufeff- item",
    "`code` ~~gone~~ ~x~ ==x== H~2~O x^2^ **b** __b__ *i* _i_",
    "a\\\nb",
    "a  \nb\n\nc",
    "\\ \\* \\\\",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "->",
    "--",
    "@-- a@-- >= x",
    "www. www http:// https:// a: @ a]b a[b {x} {.x} %%x%%",
    "\u2068www.evil.example\u2069",
    "\"q\" and 'q' two  spaces 日本語 العربية 👩\u200d👩\u200d👧",
)
TYPED = NASTY + tuple(
    text
    for text in other_cases()[::3]
    if text.strip() and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in text)
)
ALL_AT_ONCE = " ".join(NASTY[:8]) + " $x^2$ `code` **b** <b>x</b> [a](https://a.example) a -> b"
ADDRESSES = (
    ") ![pix](https://evil.example/x.png)",
    "a.example/x) ![pix](https://evil.example/x.png)",
    "https://a.example/(x)<b>[c] d\n\n![pix](https://evil.example/x.png)",
    "https://a.example/:smile:/:material/home:/$x$?a=1&copy;",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://bank.example@evil.example",
)
WAYS: dict[str, Callable[[str], object]] = {
    "bold": lambda text: st.markdown(f"**{text}**"),
    "item": lambda text: st.markdown(f"- {text}"),
    "badge": lambda text: st.markdown(f":orange-badge[{text}]"),
    "caption": st.caption,
    "title": lambda text: st.title(text, anchor=False),
    "subheader": lambda text: st.subheader(text, anchor=False),
    "info": st.info,
    "error": st.error,
    "button": st.button,
    "link_button": lambda text: st.link_button(text, "/"),
    "expander": st.expander,
    "popover": st.popover,
    "toggle": st.toggle,
    "text_input": st.text_input,
    "selectbox": lambda text: st.selectbox(text, ["a"]),
    "slider": st.slider,
    "radio": lambda text: st.radio("a", [text]),
    "pills": lambda text: st.pills("a", [text]),
    "segments": lambda text: st.segmented_control("a", [text]),
    "metric": lambda text: st.metric(text, text, text),
    "progress": lambda text: st.progress(0.5, text),
    "help": lambda text: st.markdown("a", help=text),
}
"""How the dashboard shows a text, by the key of its container."""


def draw() -> None:
    """Draw every text as a paragraph and in a table, one in every other way, and what address a source may have."""
    with st.container(key="paragraphs"):
        for text in TYPED:
            st.markdown(plain(text))
    with st.container(key="cells"):
        columns = [{"title": ALL_AT_ONCE, "number": False, "room": ""}]
        component("table")(
            data={"alt": "Cells", "scrolls": "", "why": "", "columns": columns, "rows": [[text] for text in TYPED]}
        )
    with st.container(key="links"):
        for address in ADDRESSES:
            st.caption(link(f"Source {ALL_AT_ONCE}", address))
    for key, show in WAYS.items():
        with st.container(key=f"way-{key}"):
            show(plain(ALL_AT_ONCE))
    st.text("End")


if __name__ == "__main__":
    draw()
