"""Every route of the server, ours and Streamlit's, without a server."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from zt_planner.server import ROUTES


def paths() -> set[str]:
    """Return the path of each route as it is declared; "/" is of what is left, the pages and their files."""
    runtime = SimpleNamespace(
        media_file_mgr=SimpleNamespace(_storage=None),
        uploaded_file_mgr=None,
        component_registry=None,
        bidi_component_registry=None,
        stats_mgr=None,
    )
    routes: list[Any] = [*ROUTES, *create_streamlit_routes(cast("Any", runtime))]
    return {route.path or "/" for route in routes}


def example(path: str) -> str:
    """Return an address of a route."""
    return re.sub(r"\{\w+(:path)?\}", "anything", path)
