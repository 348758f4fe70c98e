"""The price table in the reader's words: its columns, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import CatalogError, Place
from zt_planner.gaps import Title
from zt_planner.language import Labelled, Words
from zt_planner.topics.error_texts import explain, place_text, problem_text
from zt_planner.topics.inputs.fields import field_label
from zt_planner.topics.prices.price_file import CODES, TITLES, code_word

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.errors import PlannerError


def price_problem_lines(problem: PlannerError, book: PriceBook) -> tuple[Words, ...]:
    """Say what is wrong with the table, with columns, codes and products by the names that it shows."""
    if not isinstance(problem, CatalogError) or problem.column not in TITLES:
        return explain(problem, lambda path: field_label(path, book))
    place = Place(problem.file, problem.row, Title(TITLES[problem.column]))
    words = {str(code): code_word(code) for code in CODES.get(problem.column, ())}
    values = {name: words.get(str(value), value) for name, value in problem.values.items()}
    return (Labelled(place_text(place), problem_text(problem.problem, problem.remedy, values)),)
