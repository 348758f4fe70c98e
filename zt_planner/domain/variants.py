"""The variants of a plan: up to three beside it, each kept as the fields in which it differs.

What differs in no variant follows the plan. In a session's record a field of a variant has a path of its own: that
of variant B's number of people is `variants.B.company.employees`, and `variants.B` is its name, None where there is
no such variant. Law: a path names one variant or the plan, and the field's own path in it.

Each of them has a mark, which stays with what it marks whatever that is called: where a variant becomes the plan, both
marks move along, and an undo brings them back. A plan that another one replaces gives its mark up.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, JsonValue

PLAN = "A"
"""The letter of the plan itself."""
AS_APPROVED = "approved"
"""What the approved plan is called, which is looked at as it was, and not changed; it is its mark as well."""
LETTERS = "ABCD"
"""What plans are called where there is no room for their names; there are no more."""
MOST_VARIANTS = len(LETTERS) - 1
VARIANT_NAME_LENGTH = 40
PREFIX = "variants."
NAME_OF_PLAN = f"{PREFIX}{PLAN}"
"""The path of the plan's own name, None where it has none."""
MARK = "mark"
COMMON = ("company.name", "status.", "display.vat_country", "display.currency", "notes")
"""How fields begin that a plan and its variants have in common: whose plan it is, what was done, how it is shown."""


class KeptVariant(BaseModel):
    """A variant's name, and the values, as in a scenario's file, of the fields in which it differs from the plan.

    None is the value of what is not there, such as an own price that only the plan has. `mark` tells it from any other
    that has had, or will have, the same letter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    mark: str = ""
    changes: dict[str, JsonValue] = {}


def variant_path(letter: str, path: str = "") -> str:
    """Return the path of a variant's field in a session, without one that of its name; the plan's paths stay.

    >>> variant_path("B", "company.employees")
    'variants.B.company.employees'
    """
    if (letter == PLAN and path) or path.startswith(COMMON):
        return path
    return f"{PREFIX}{letter}.{path}".removesuffix(".")


def mark_path(letter: str) -> str:
    """Return the path of the mark of a variant, or of the plan."""
    return f"{PREFIX}{letter}.{MARK}"


def is_mark(path: str) -> bool:
    """Tell whether a session's path is that of a mark, which nobody reads."""
    return split_path(path)[1] == MARK


def split_path(path: str) -> tuple[str, str]:
    """Return the letter of the plan that a session's path belongs to, and the field's path in it; empty for its name.

    >>> split_path("variants.B.company.employees"), split_path("company.employees"), split_path("variants.B")
    (('B', 'company.employees'), ('A', 'company.employees'), ('B', ''))
    """
    if not path.startswith(PREFIX):
        return PLAN, path
    letter, _, field = path.removeprefix(PREFIX).partition(".")
    return letter, field
