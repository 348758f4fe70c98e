"""What is wrong with an imported file's cells, in words: their place, the field's name, and what to write there.

Law: what came from a cell is told without the paths and marks of a scenario's file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.files.problem_texts import IN_A_CELL
from zt_planner.topics.error_texts import explain, place_text, told
from zt_planner.topics.inputs.fields import field_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.errors import FieldProblem, Place, ScenarioError
    from zt_planner.language import Language


def with_places(
    error: ScenarioError,
    places: Mapping[str, Place],
    language: Language,
    book: PriceBook | None = None,
    tasks: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return what is wrong with fields, each with the place in the file that it came from, where that is known."""

    def line(problem: FieldProblem, otherwise: str) -> str:
        place = next((place for path, place in places.items() if problem.path.startswith(path)), None)
        if place is None:
            return otherwise
        label = field_label(problem.path, language, book, tasks)
        remedy = IN_A_CELL.get(problem.remedy, problem.remedy)
        return language.labelled(
            place_text(place, language),
            language.labelled(label, told(problem.problem, remedy, problem.values, language)),
        )

    return tuple(map(line, error.problems, explain(error, language)))
