"""The picture as a browser draws it, on the dashboard's pages and in the page that is a file.

Law: script and style are the same on both. A browser is sent places with five
decimals, a hundredth of a pixel on the widest screen.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from zt_planner.topics.picture.whole import Picture

FOLDER = Path(__file__).parent / "page_files"
STYLE: Final = (FOLDER / "picture.css").read_text("utf-8")
SCRIPT: Final = (FOLDER / "picture.js").read_text("utf-8")
"""A module whose function `picture` draws."""
PLAIN_SCRIPT: Final = SCRIPT.replace("export default ", "", 1)
"""The same function where a page has no modules."""
PLACES = 5


def data_of(picture: Picture) -> dict[str, Any]:
    """Return a picture as it is sent to a browser: its money in a tuple, as Streamlit looks for a frame in a dict."""
    data = asdict(picture, dict_factory=lambda pairs: {name: _short(value) for name, value in pairs})
    return {**data, "money": tuple(filter(None, (data["money"],)))}


def _short(value: object) -> object:
    return round(value, PLACES) if isinstance(value, float) else value
