"""Collects the result while a file is read: edits, refused changes, notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zt_planner.domain.incoming import LeftOut

if TYPE_CHECKING:
    from zt_planner.errors import Place


@dataclass(slots=True)
class ImportResult:
    """Edits by their dotted paths, and what is left out or noticed, in the order of the file."""

    edits: dict[str, Any] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[LeftOut] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def edit(self, path: str, value: object, place: Place) -> None:
        """Say that a field becomes something else, and where that stands."""
        self.edits[path] = value
        self.places[path] = place

    def leave(self, place: Place | str, problem: str, remedy: str, **values: object) -> None:
        """Say that something cannot become an edit."""
        self.left_out.append(LeftOut(place, problem, remedy, values))

    def notice(self, place: Place | str, problem: str, remedy: str, **values: object) -> None:
        """Say what the reader should know."""
        self.notices.append(LeftOut(place, problem, remedy, values))
