"""The price table in the reader's words: its columns, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import CatalogError, Place
from zt_planner.topics.error_texts import explain
from zt_planner.topics.inputs.fields import field_label
from zt_planner.topics.prices.price_file import CODES, TITLES, code_word

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language


def column_title(name: str, language: Language) -> str:
    """Return what a column of the price table is called."""
    return language.say(TITLES[name])


def price_problem_lines(problem: PlannerError, book: PriceBook, language: Language) -> tuple[str, ...]:
    """Say what is wrong with the table, with columns, codes and products by the names that it shows."""
    if not isinstance(problem, CatalogError) or problem.column not in TITLES:
        return explain(problem, language, lambda path: language.write(field_label(path, book)))
    place = Place(problem.file, problem.row, column_title(problem.column, language))
    words = {str(code): code_word(code, language) for code in CODES.get(problem.column, ())}
    values = {name: words.get(str(value), value) for name, value in problem.values.items()}
    return explain(CatalogError(place, problem.problem, problem.remedy, **values), language)
