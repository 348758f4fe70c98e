"""Does a scenario name only prices that the book knows?"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from zt_planner.errors import Alternatives, FieldProblem, ScenarioError, msgid, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.scenario import Scenario


DID_YOU_MEAN = msgid("Did you mean {candidates}?")
USE_ONE_OF = msgid("Use one of: {candidates}")


def _problem(path: str, problem: str, wrong: str, known: Sequence[str]) -> FieldProblem:
    close = get_close_matches(wrong, known, n=3)
    values = {"value": shortened(wrong), "candidates": Alternatives(close) if close else ", ".join(known)}
    return FieldProblem(path, problem, DID_YOU_MEAN if close else USE_ONE_OF, values)


def _problems(scenario: Scenario, book: PriceBook) -> Iterator[FieldProblem]:
    owned = scenario.company.owned_licence
    if owned is not None and owned not in book.user_licences:
        problem = msgid("'{value}' is not a licence per user and month in the price book")
        yield _problem("company.owned_licence", problem, owned, book.user_licences)
    for price_id in scenario.prices.overrides:
        if price_id not in book.rows_by_id:
            path = f"prices.overrides.{shortened(price_id)}"
            yield _problem(path, msgid("'{value}' is not in the price book"), price_id, tuple(book.rows_by_id))


def check_references(scenario: Scenario, book: PriceBook) -> None:
    """Raise ScenarioError where a licence or an own price names an id that the book does not have."""
    problems = tuple(_problems(scenario, book))
    if problems:
        raise ScenarioError(problems)
