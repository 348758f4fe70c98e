"""Does a scenario name only prices, countries and currencies that the book knows, and tasks that there are?"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

from zt_planner.domain.display import Currency
from zt_planner.domain.fields import EFFORT_RANGES, PRICE_RANGES, WAIT_RANGES
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.engine.edited_model import base_model, task_problems
from zt_planner.engine.own_prices import joined_book, row_problems
from zt_planner.errors import Alternatives, FieldProblem, ScenarioError, listed, msgid, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.scenario import Scenario


DID_YOU_MEAN = msgid("Did you mean {candidates}?")
USE_ONE_OF = msgid("Use one of: {candidates}")


def _problem(path: str, problem: str, wrong: str, known: Sequence[str]) -> FieldProblem:
    close = get_close_matches(wrong, known, n=3)
    values = {"value": shortened(wrong), "candidates": Alternatives(close) if close else ", ".join(known)}
    return FieldProblem(path, problem, DID_YOU_MEAN if close else USE_ONE_OF, values)


def _problems(scenario: Scenario, shipped: PriceBook) -> Iterator[FieldProblem]:
    yield from row_problems(scenario, shipped)
    book = joined_book(shipped, scenario.prices)
    owned = scenario.company.owned_licence
    if owned is not None and owned not in book.user_licences:
        problem = msgid("'{value}' is not a licence per user and month in the price book")
        yield _problem("company.owned_licence", problem, owned, book.user_licences)
    for price_id in scenario.prices.overrides:
        if price_id not in book.rows_by_id:
            path = f"prices.overrides.{shortened(price_id)}"
            yield _problem(path, msgid("'{value}' is not in the price book"), price_id, tuple(book.rows_by_id))
    for price_id in scenario.uncertainty.price_ranges:
        if price_id not in book.rows_by_id:
            path = f"{PRICE_RANGES}{shortened(price_id)}"
            yield _problem(path, msgid("'{value}' is not in the price book"), price_id, tuple(book.rows_by_id))
    shown = scenario.display
    if shown.vat_country is not None and shown.vat_country not in book.vat_countries:
        problem = msgid("'{value}' is not a country whose VAT is in the price book")
        yield _problem("display.vat_country", problem, shown.vat_country, book.vat_countries)
    convertible = tuple(str(name) for name in Currency if name in {HOME_CURRENCY, *book.rates_by_currency})
    if shown.currency not in convertible:
        problem = msgid("'{value}' has no exchange rate in the price book")
        yield _problem("display.currency", problem, shown.currency, convertible)


def _range_problems(scenario: Scenario, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield ranges of tasks that the phase model does not have; own tasks hold their range themselves."""
    given = scenario.uncertainty
    for prefix, ranges in ((EFFORT_RANGES, given.effort_ranges), (WAIT_RANGES, given.wait_ranges)):
        for task_id in ranges:
            if task_id not in model.by_id:
                yield _problem(
                    prefix + shortened(task_id), msgid("there is no task '{value}'"), task_id, tuple(model.by_id)
                )


def check_references(scenario: Scenario, book: PriceBook, model: PhaseModel) -> None:
    """Raise ScenarioError where a scenario names what book and model do not have, or tasks that wait in a circle."""
    model = base_model(model, scenario.tasks)
    found = chain(_problems(scenario, book), task_problems(scenario, model), _range_problems(scenario, model))
    problems = listed(found)
    if problems:
        raise ScenarioError(problems)
