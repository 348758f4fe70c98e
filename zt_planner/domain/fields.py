"""The fields of a scenario by their dotted paths, as in `company.employees`.

A path has at most three parts, as no group lies deeper; what is left is one
name: the id of an own price may hold dots (`prices.overrides.suite-2.1`). The
own rows of one id are one field (`prices.rows.suite-2.1`), so that two people
can edit two products at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping

OWN_PRICES = "prices.overrides."
"""How the path of an own price begins; its id follows."""
OWN_ROWS = "prices.rows."
"""How the path of own rows begins; their id follows."""
OWN = (OWN_PRICES, OWN_ROWS)
"""How paths begin that need not be there: without one, the book's price holds."""


def parts_of(path: str) -> tuple[str, ...]:
    """Return the names that lead to a field, the field's own last."""
    return tuple(path.split(".", 2))


def is_field(data: MutableMapping[str, Any], path: str) -> bool:
    """Tell whether a group of nested data has a field, or may hold own prices; KeyError where there is no group."""
    place, leaf = _place_of(data, path)
    return leaf in place or path.startswith(OWN)


def set_field(data: MutableMapping[str, Any], path: str, value: object) -> None:
    """Set one field of a scenario's nested data; raise KeyError where there is no group.

    Value and last name are not checked: that is for the validation of the whole.
    """
    place, leaf = _place_of(data, path)
    place[leaf] = value


def remove_own_price(data: MutableMapping[str, Any], path: str) -> None:
    """Take an own price or own rows away, so that the book's holds again; nothing happens where there is none."""
    place, leaf = _place_of(data, path)
    place.pop(leaf, None)


def _place_of(data: MutableMapping[str, Any], path: str) -> tuple[MutableMapping[str, Any], str]:
    """Return the group that a field stands in, and its name there."""
    *groups, leaf = parts_of(path)
    place = data
    for group in groups:
        place = place[group]
    return place, leaf
