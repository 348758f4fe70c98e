"""Forms: the next run applies a submitted form once, or keeps the input in its fields with the reason below them.

After a form was accepted, the next one has another `number`, and so empty fields. Law: a form that is sent twice is
applied once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias, cast

from zt_planner.errors import PlannerError
from zt_planner.ui.components.elements import show_refused
from zt_planner.ui.seams import held_values
from zt_planner.ui.state import widgets
from zt_planner.ui.state.tab import this_tab

Refuse: TypeAlias = "Callable[[PlannerError], None]"
Take: TypeAlias = "Callable[[dict[str, Any], Refuse], bool]"


@dataclass(frozen=True, slots=True)
class FormState:
    """A form, its input that was sent last, and why that was refused."""

    kind: str
    number: int = 0
    held: Mapping[str, Any] = field(default_factory=dict)
    refused: tuple[PlannerError, ...] = ()

    def key(self, name: str = "") -> str:
        """Return the key of one of its fields."""
        return f"{self.kind}:{self.number}:{name}"

    def sent(self, take: Take) -> Callable[[], None]:
        """Return the callback of a button: `take` gets the values by field, and tells whether it accepted them."""
        return widgets.sent(self.key(), partial(self._take, take))

    def refusals(self) -> tuple[PlannerError, ...]:
        """Return why the fields' content is refused; call it after the fields were drawn."""
        is_unchanged = bool(self.refused) and widgets.held_fields(self.key(), held_values()) == self.held
        return self.refused if is_unchanged else ()

    def explain(self) -> None:
        """Show below the fields why their content is refused."""
        show_refused(self.refusals())

    def _take(self, take: Take, values: dict[str, Any]) -> None:
        if not values or form_state(self.kind).number != self.number:
            return  # a browser always sends the fields with the button
        refused: list[PlannerError] = []
        is_taken = take(values, refused.append)
        this_tab().forms[self.kind] = replace(self, number=self.number + is_taken, held=values, refused=tuple(refused))


def form_state(kind: str) -> FormState:
    """Return the form of a kind that is shown."""
    return cast("FormState", this_tab().forms.get(kind) or FormState(kind))
