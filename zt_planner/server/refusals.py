"""The page for whom a link opens nothing: what happened, what to do, and a way on.

It is drawn without the dashboard and loads nothing. It says everything in the
reader's language and, below that, in the other one: a link is often opened
where the browser's language says little about the reader.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from zt_planner.errors import msgid
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.server.policy import CLOSED_POLICY

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = msgid("This link opens no planning session now")
OWN_PLAN = msgid("Open my own plan")
STYLE = """
:root { color-scheme: light dark; --text: #0b1524; --ground: #f4f6fa; --card: #fff; --line: #ccd3df; --link: #1a56b0 }
@media (prefers-color-scheme: dark) {
  :root { --text: #eef2f8; --ground: #0e131b; --card: #182131; --line: #38445a; --link: #8fb6f7 }
}
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground) }
main { max-width: 34rem; margin: 12vh auto; padding: 0 1rem }
section { padding: 1rem 1.5rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px }
section + section { margin-top: 1rem }
h1, h2 { margin: .5rem 0; font-size: 1.5rem; line-height: 1.25 }
h2 { font-size: 1.125rem }
a { color: var(--link) }
"""


def both_languages(accepted: str) -> tuple[Language, ...]:
    """Return the reader's language, by what the browser accepts first, and then the others."""
    first = language_for(accepted.split(",", maxsplit=1)[0])
    return (first, *(Language(code) for code in LanguageCode if code is not first.code))


def refusal_page(why: str, languages: Sequence[Language], status: int) -> Response:
    """Return the page that says why a link opens nothing, and leads to the browser's own plan."""
    first, *_ = languages
    sections = "".join(_section(why, language, "h1" if language is first else "h2") for language in languages)
    html = (
        f'<!doctype html><html lang="{first.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(first.say(TITLE))} - ZT Planner</title><style>{STYLE}</style></head>"
        f"<body><main>{sections}</main></body></html>"
    )
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": CLOSED_POLICY}
    return HTMLResponse(html, status_code=status, headers=headers)


def _section(why: str, language: Language, heading: str) -> str:
    """Return what is said in one language."""
    title, text, on = (escape(language.say(said)) for said in (TITLE, why, OWN_PLAN))
    return (
        f'<section lang="{language.code}"><{heading}>{title}</{heading}><p>{text}</p>'
        f'<p><a href="/?language={language.code}">{on}</a></p></section>'
    )
