"""The fields of the scenario as their types declare them, by their dotted paths.

Law: names, bounds and groups are read from the scenario itself, so that a control never allows less or more than its
field does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from zt_planner.domain.categories import LABOUR_CATEGORIES
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.fields import NOTES, path_parts
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.task_figures import TaskFigure
from zt_planner.domain.units import CHOICE, COUNT, DAY, FLAG, NUMBER, PARTS, TEXT, Unit
from zt_planner.errors import msgid

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """What a field is, what it may hold, and the words that it may be, where it is one of a few.

    `least` and `most` are allowed; they are None where another field is the bound. What is
    above 0 begins with the last decimal that it may have, an amount with a cent.
    """

    input: Input
    unit: Unit
    choices: type[StrEnum] | None = None
    least: Any = None
    most: Any = None


UNITS = {date: DAY, bool: FLAG, int: COUNT, Decimal: NUMBER, str: TEXT}


@lru_cache(maxsize=4096)
def field_at(path: str) -> DeclaredField | None:
    """Return what a field of a plan is; one of many, such as an own price, is what all are. None for no field.

    A field of an entry of a list follows its number: `company.owned_licences.0.seats`.
    """
    if path == NOTES:
        return DeclaredField(Input(msgid("Notes")), TEXT)
    kind: Any = Scenario
    marks: list[object] = []
    declared, unit = Input(), None
    names = deque(path_parts(path))
    while names:
        name = names.popleft()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if name not in kind.model_fields:
                return None
            info = kind.model_fields[name]
            kind, inner = _unwrapped(info.annotation)
            marks = [*info.metadata, *inner]
            declared = next((mark for mark in info.metadata if isinstance(mark, Input)), declared)
            unit = next((mark.unit for mark in info.metadata if isinstance(mark, TaskFigure)), None)
        elif get_args(kind):
            if get_origin(kind) is tuple:
                names.extendleft(reversed(name.split(".")[1:]))
            kind, marks = _unwrapped(next(arg for arg in reversed(get_args(kind)) if arg is not Ellipsis))
        else:
            return None
    bounds = ("ge", "gt", "le", "decimal_places")  # those of the field itself come last, and count
    limits = {name: getattr(mark, name) for mark in reversed(marks) for name in bounds if hasattr(mark, name)}
    least = limits["gt"] + Decimal(1).scaleb(-limits.get("decimal_places", 2)) if "gt" in limits else limits.get("ge")
    choices = kind if isinstance(kind, type) and issubclass(kind, StrEnum) else None
    unit = unit or declared.unit or (UNITS.get(kind, PARTS) if choices is None else CHOICE)
    return DeclaredField(declared, unit, choices, least, limits.get("le"))


def _unwrapped(annotation: Any) -> tuple[Any, list[object]]:  # noqa: ANN401 - whatever a field is annotated with
    """Return the type of a value, of an optional one that of its value, and what it is marked with."""
    marks: list[object] = []
    while isinstance(annotation, UnionType) or get_origin(annotation) in {Annotated, Union}:
        annotation, *others = get_args(annotation)
        for mark in others:
            marks += mark.metadata if isinstance(mark, FieldInfo) else [mark]
    return annotation, marks


def unit_of(path: str) -> Unit | None:
    """Return the unit of a field's value; None for no field."""
    field = field_at(path)
    return None if field is None else field.unit


def choices_of(path: str) -> type[StrEnum] | None:
    """Return the words that a field may be, where it is a choice, whose words have names."""
    field = field_at(path)
    return field.choices if field is not None and field.unit is CHOICE else None


def _inputs_of(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Input]]:
    """Yield the fields of the scenario's groups with what they are to people; what lies deeper belongs to its field."""
    for name, info in model.model_fields.items():
        path, part = f"{prefix}{name}", info.annotation
        if not prefix and isinstance(part, type) and issubclass(part, BaseModel):
            yield from _inputs_of(part, f"{path}.")
        else:
            yield path, next((mark for mark in info.metadata if isinstance(mark, Input)), Input())


INPUTS: Mapping[str, Input] = dict(_inputs_of(Scenario))
"""What each field is to people, by its group in the scenario and its name: `company.employees`."""
BY_PRICE = frozenset(path for path, declared in INPUTS.items() if declared.by_price)
"""Fields by price id: the ids of day rates belong to the day rates."""
RATE_FIELDS = frozenset(path for path, declared in INPUTS.items() if declared.reveals_rates) | {
    f"{path}.{price_id}" for path in BY_PRICE for price_id in DAY_RATES
}
"""Day rates and what they could be computed from: not shown to those who may not see labour. So are bookings of it."""
UNSHOWN = frozenset(path for path, declared in INPUTS.items() if not declared.is_shown)
"""Fields that the program keeps for itself: their values are not shown."""


def reveals_rates(path: str) -> bool:
    """Tell whether a field is a day rate, or one could be computed from it."""
    booked = Booked.at(path)
    return path in RATE_FIELDS or (booked is not None and booked.category in LABOUR_CATEGORIES)


def group_of(path: str) -> InputGroup | None:
    """Return the group of inputs that a field belongs to; None for what moves no figure."""
    field = ".".join(path.split(".")[:2])
    if field in BY_PRICE and path.removeprefix(f"{field}.") in DAY_RATES:
        return InputGroup.DAY_RATES
    return INPUTS[field].group if field in INPUTS else None
