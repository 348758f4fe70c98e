"""The Content-Security-Policy: what a page of ours may load, run and send, and where to.

Everything comes from our own server; each exception below is one that
Streamlit's frontend needs, with its reason. Laws: no script from elsewhere, no
script written into a page but the one that Streamlit ships, no address
elsewhere to send anything to.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from zt_planner.ui.seams import inline_scripts

CLOSED_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of what is no page of the dashboard: it loads nothing; the refusal of `/join` has styles of its own."""
FORM_POLICY = CLOSED_POLICY.replace("form-action 'none'", "form-action 'self'")
"""Of the invitation, whose only button sends a form."""


@lru_cache  # a base path is not changed while the server runs
def page_policy() -> str:
    """Return the policy of the dashboard's pages."""
    hashes = (f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline_scripts())
    directives = {
        "default-src": ("'self'",),
        # blob: the script of our live-update component reaches the page as text and is loaded from a blob;
        # 'wasm-unsafe-eval': Streamlit's protocol counts in 64 bits with a few bytes of WebAssembly of its own;
        # the hashes: the scripts in Streamlit's index.html, read from the installed version.
        "script-src": ("'self'", "blob:", "'wasm-unsafe-eval'", *hashes),
        # Streamlit's components and plotly write their styles into the page while it is drawn.
        "style-src": ("'self'", "'unsafe-inline'"),
        # data: the icons that Streamlit's stylesheets hold and QR codes; blob: plotly's picture of a chart.
        "img-src": ("'self'", "data:", "blob:"),
        # data: fonts that Streamlit's stylesheets hold.
        "font-src": ("'self'", "data:"),
        # The WebSocket is of the same origin, so 'self' covers it.
        "connect-src": ("'self'",),
        # blob: the table's worker.
        "worker-src": ("'self'", "blob:"),
        "frame-src": ("'none'",),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
        "frame-ancestors": ("'self'",),
    }
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
