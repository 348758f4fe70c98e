"""A catalogue: the tasks, prices and texts of somebody's own that differ from the shipped ones, with name and day.

Laws: a row takes the place of the shipped ones of its id, a new id is added at the end; a plan with a catalogue keeps
the data that both make together, and is not changed by what is shipped later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import Price, PriceBook
from zt_planner.domain.scenario.catalogue import Brand, CatalogueUse
from zt_planner.domain.scenario.fields import CATALOGUE, KEPT_BOOK, KEPT_MODEL, OWN_TASKS
from zt_planner.domain.scenario.kept import KeptBook, KeptModel
from zt_planner.domain.scenario.scenario import Scenario

Named = TypeVar("Named", Task, Price)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What differs from the shipped data, and what a plan keeps of it besides."""

    use: CatalogueUse
    tasks: tuple[Task, ...] = ()
    prices: tuple[Price, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs: it has a name and a day only."""
        return not (self.tasks or self.prices or self.use.deliverables) and self.use.brand == Brand()

    def book(self, shipped: PriceBook) -> PriceBook:
        """Return the price book with these prices in it."""
        return replace(shipped, prices=_joined(shipped.prices, self.prices)) if self.prices else shipped

    def model(self, shipped: PhaseModel) -> PhaseModel:
        """Return the phase model with these tasks in it."""
        return replace(shipped, tasks=_joined(shipped.tasks, self.tasks)) if self.tasks else shipped

    def edits(self, scenario: Scenario, book: PriceBook, model: PhaseModel) -> dict[str, Any]:
        """Return what it sets in a plan, by paths; own tasks that it knows give way to its own rows.

        What it lacks stays as it is: prices, tasks, texts, or the look of the catalogue before.
        """
        known, before = {task.id for task in self.tasks}, scenario.display.catalogue
        use = self.use
        if before is not None:
            kept = {"deliverables": use.deliverables or before.deliverables}
            use = use.model_copy(update={**kept, "brand": before.brand if use.brand == Brand() else use.brand})
        edits: dict[str, Any] = {CATALOGUE: use.model_dump(mode="json")}
        if self.prices:
            edits[KEPT_BOOK] = KeptBook.of(self.book(book)).model_dump(mode="json")
        if self.tasks:
            edits[KEPT_MODEL] = KeptModel.of(self.model(model)).model_dump(mode="json")
        return {**edits, **{f"{OWN_TASKS}{key}": None for key in scenario.tasks.own if key in known}}


def _joined(shipped: Sequence[Named], own: Sequence[Named]) -> tuple[Named, ...]:
    """Return shipped rows with own ones in the place of those of the same id, the others after them."""
    rows: dict[str, list[Named]] = {}
    for row in shipped:
        rows.setdefault(row.id, []).append(row)
    for key in {row.id: None for row in own}:
        rows[key] = [row for row in own if row.id == key]
    return tuple(chain.from_iterable(rows.values()))
