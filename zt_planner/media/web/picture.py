"""The picture as a browser draws it, on the dashboard's pages and in the page that is a file.

Law: script and style are the same on both. A browser is sent places with five
decimals, a hundredth of a pixel on the widest screen.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zt_planner.language import Writable
from zt_planner.topics.picture.time_axis import on_levels

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.topics.picture.whole import Picture

FOLDER = Path(__file__).parent / "page_files"
STYLE: Final = (FOLDER / "picture.css").read_text("utf-8")
SCRIPT: Final = (FOLDER / "picture.js").read_text("utf-8")
"""A module whose function `picture` draws."""
PLAIN_SCRIPT: Final = SCRIPT.replace("export default ", "", 1)
"""The same function where a page has no modules."""
PLACES = 5


def data_of(picture: Picture, language: Language) -> dict[str, Any]:
    """Return a picture as it is sent to a browser: its money in a tuple, as Streamlit looks for a frame in a dict."""
    data: dict[str, Any] = _data(picture, language)
    marks = _data(on_levels(language.written(picture.marks)), language)
    return {**data, "marks": marks, "money": tuple(filter(None, (data["money"],)))}


def _data(part: Any, language: Language) -> Any:  # noqa: ANN401 - whatever a picture is made of
    """Return a part as dicts and tuples, its words written and its places rounded."""
    if isinstance(part, str):
        return part
    if isinstance(part, float):
        return round(part, PLACES)
    if isinstance(part, Writable):
        return part.written(language)
    if isinstance(part, tuple):
        return tuple([_data(item, language) for item in part])
    kind: Any = type(part)
    names = _field_names(kind)
    return {name: _data(getattr(part, name), language) for name in names} if names else part


@lru_cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
