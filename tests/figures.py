"""The figures of the default plan as the engine computes them, for tests of how they are shown.

What they are is known to the golden tests and to one journey in a browser:
a price that changes breaks those, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tests.handouts import handout
from tests.words import plain
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.money import rounded
from zt_planner.engine.plan import Plan
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.explanations.registry import FAMILIES, FAMILIES_OF_PRICES, headline_names
from zt_planner.topics.figure_names import BudgetCell, CellSpan, summed_categories
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.view import AnyView, View

VAT, FRANC = Decimal("1.19"), Decimal("1.07")
"""German VAT, and EUR for one Swiss franc."""


def default_figures() -> Headlines:
    found = handout().plan.headlines
    assert found is not None
    return found


def default_sentence(code: LanguageCode = LanguageCode.ENGLISH) -> str:
    """Return the sentence of the default plan, with plain spaces."""
    return plain(Language(code).write(headline_sentence(drawn(handout()))))


def drawn(view: View) -> View:
    """Return a view that is drawn where somebody asks for it."""
    return replace(view, draws=None)


def euros(amount: Decimal, currency: str = "EUR") -> str:
    """Write an amount in whole euros, as in `EUR 1,235`."""
    return f"{currency} {rounded(amount, 0):,}"


def cents(amount: Decimal, currency: str = "EUR") -> str:
    """Write an amount to the cent, as in `EUR 1,234.56`."""
    return f"{currency} {rounded(amount, 2):,}"


def german(text: str) -> str:
    """Write such an amount as Germans do: `1.234,56 EUR`."""
    currency, _, number = text.partition(" ")
    return f"{number.translate(str.maketrans(',.', '.,'))} {currency}"


def every_name(view: AnyView) -> Iterator[str]:
    """Yield the name of every figure that can be explained, those of tables included."""
    yield from headline_names(view)
    if isinstance(view, View):
        for is_paid in (False, True):
            yield from map(str, budget_cells(view.plan, is_paid=is_paid))
        for head, family in FAMILIES.items():
            yield from (f"{head}:{rest}" for rest in family.titles(view))
    for head, prices in FAMILIES_OF_PRICES.items():
        yield from (f"{head}:{rest}" for rest in prices.titles(view))


def budget_cells(plan: Plan, *, is_paid: bool) -> Iterator[BudgetCell]:
    """Yield the cells of the budget table with their running totals and sums."""
    categories = summed_categories(plan)
    for month in plan.months:
        yield from (BudgetCell(CellSpan.MONTH, month, category, is_paid) for category in (*categories, None))
        yield BudgetCell(CellSpan.UNTIL, month, None, is_paid)
    yield from (BudgetCell(CellSpan.CATEGORY, None, category, is_paid) for category in categories)
