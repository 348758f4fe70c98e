"""The plan as one HTML file that opens anywhere without a network: words, tables, and charts that can be pointed at.

Laws: whatever a person wrote is escaped; the file asks no host for anything, and
its Content-Security-Policy lets it run no script but its own; equal plans give
equal bytes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zt_planner.media.web.page import web_page_of
from zt_planner.media.web.picture import FOLDER, PLAIN_SCRIPT, STYLE, data_of
from zt_planner.topics.brand import DARK_GROUND, look_of

if TYPE_CHECKING:
    from jinja2 import Template

    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.view import AnyView

POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; "
    "form-action 'none'"
)
"""Styles may stand anywhere, as plotly sets them on what it draws; scripts only those whose hashes are named."""
COLOURED = ("--heading", "--accent")
"""What a firm's two colours are used for."""


def html_bytes(view: AnyView) -> bytes:
    """Return the file."""
    scripts, policy = _scripts()
    page_style, look = (FOLDER / "page.css").read_text("utf-8"), look_of(view.plan)
    style = Markup(STYLE + page_style + _colours(view.plan))  # noqa: S704 - our own files, and checked colours
    language = view.language
    page, logo = language.written(web_page_of(view)), "" if look is None else b64encode(look.logo).decode()
    given = {"style": style, "scripts": scripts, "policy": policy, "look": look, "logo": logo}
    return _template().render(page=page, language=language, **given).encode()


def _colours(plan: AnyPlan) -> str:
    """Return the colours of a firm's papers for both grounds; nothing where it has none."""
    light, dark = look_of(plan), look_of(plan, DARK_GROUND)
    if light is None or dark is None:
        return ""
    on_light, on_dark = (
        "".join(
            f"{name}: {colour}; "
            for name, colour in zip(COLOURED, (look.colour, look.second_colour), strict=True)
            if colour
        )
        for look in (light, dark)
    )
    return f":root {{ {on_light}}}\n@media (prefers-color-scheme: dark) {{ :root:not([data-paper]) {{ {on_dark}}} }}\n"


@lru_cache(maxsize=1)
def _scripts() -> tuple[tuple[Markup, ...], str]:
    """Return the scripts of the file, plotly's and our own, and the policy that lets only them run."""
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 - millions of letters, paid only where a file is written

    texts = (get_plotlyjs(), PLAIN_SCRIPT, (FOLDER / "page.js").read_text("utf-8"))
    hashes = (f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)
    return tuple(map(Markup, texts)), POLICY.format(scripts=" ".join(hashes))


@lru_cache(maxsize=1)
def _template() -> Template:
    loaded = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    loaded.filters["data"] = as_data
    loaded.filters["kind"] = lambda block: type(block).__name__
    loaded.filters["picture"] = data_of
    return loaded.get_template("page.html.jinja")


def as_data(value: Any) -> Markup:  # noqa: ANN401 - whatever a drawing is made of
    """Write JSON so that it can stand in a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat())
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped)  # noqa: S704 - escaped just above
