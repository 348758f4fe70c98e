"""What a page must know of its seat to stay up to date."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zt_planner.domain.session import Seat


def stamp_of(seat: Seat) -> str:
    """Return what changes when a page must be drawn anew although the plan stays: role, rules, presenter, view.

    Where a presenter looks is news to the others only.
    """
    view = None if seat.presenter == seat.participant.id else seat.view
    text = repr((seat.participant.role, seat.participant.name, seat.rules, seat.presenter, view))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
