"""The pages of `/join`: an invitation with one button, and why a link opens nothing.

They are drawn without the dashboard, run no script and load nothing. They say
everything in the reader's language and, below that, in the other one: a link is
often opened where the browser's language says little about the reader.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from zt_planner.errors import PlannerError, msgid
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.reports.faults import explain
from zt_planner.server.policy import CLOSED_POLICY, FORM_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TITLE = msgid("This link does not open a session")
OWN_PLAN = msgid("Open my own plan")
INVITED = msgid("You are invited to a planning session")
SEAT = msgid("The others will see that you have joined. This browser remembers your seat.")
JOIN = msgid("Join the planning session")
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
button { font: inherit; font-weight: 600; padding: .5rem 1rem; color: var(--card); background: var(--link); border: 0;
  border-radius: 6px; cursor: pointer }
"""


def both_languages(accepted: str) -> tuple[Language, ...]:
    """Return the reader's language, by what the browser accepts first, and then the others."""
    first = language_for(accepted.split(",", maxsplit=1)[0])
    return (first, *(Language(code) for code in LanguageCode if code is not first.code))


def refusal_page(why: str | PlannerError, languages: Sequence[Language], status: int) -> Response:
    """Return the page that says why a link opens nothing, and leads to the browser's own plan."""

    def rest(language: Language) -> str:
        on = escape(language.say(OWN_PLAN))
        said = [language.say(why)] if isinstance(why, str) else explain(why, language)
        return f'<p>{escape(" ".join(said))}</p><p><a href="/?language={language.code}">{on}</a></p>'

    return _page(TITLE, rest, languages, status, {"Content-Security-Policy": CLOSED_POLICY})


def invitation_page(languages: Sequence[Language]) -> Response:
    """Return the page on which somebody takes a seat by pressing a button: whatever only looks at a link takes none."""

    def rest(language: Language) -> str:
        text, button = escape(language.say(SEAT)), escape(language.say(JOIN))
        return f'<p>{text}</p><form method="post"><button>{button}</button></form>'

    # By `no-referrer` a browser would not say whose form it sends, and nothing would tell it from another site's.
    headers = {"Content-Security-Policy": FORM_POLICY, "Referrer-Policy": "strict-origin"}
    return _page(INVITED, rest, languages, 200, headers)


def _page(
    title: str,
    rest: Callable[[Language], str],
    languages: Sequence[Language],
    status: int,
    headers: Mapping[str, str],
) -> Response:
    """Return a page that says the same in each language, the reader's first."""
    first, *_ = languages
    headings = ("h1", *("h2" for _ in languages[1:]))
    sections = "".join(
        f'<section lang="{language.code}"><{tag}>{escape(language.say(title))}</{tag}>{rest(language)}</section>'
        for language, tag in zip(languages, headings, strict=True)
    )
    html = (
        f'<!doctype html><html lang="{first.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(first.say(title))} - ZT Planner</title><style>{STYLE}</style></head>"
        f"<body><main>{sections}</main></body></html>"
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store", **headers})
