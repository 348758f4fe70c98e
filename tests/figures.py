"""The figures of the default plan as the engine computes them, for tests of how they are shown.

What they are is known to the golden tests and to one journey in a browser:
a price that changes breaks those, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.handouts import handout
from zt_planner.domain.money import rounded
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.sentence import headline_sentence

if TYPE_CHECKING:
    from zt_planner.domain.headlines import Headlines
    from zt_planner.topics.view import View

VAT, FRANC = Decimal("1.19"), Decimal("1.07")
"""German VAT, and EUR for one Swiss franc."""


def default_figures() -> Headlines:
    """Return the figures of the default plan."""
    found = handout().plan.headlines
    assert found is not None
    return found


def default_sentence(code: LanguageCode = LanguageCode.ENGLISH) -> str:
    """Return the sentence of the default plan, with plain spaces."""
    return Language(code).write(headline_sentence(drawn(handout()))).replace("\N{NO-BREAK SPACE}", " ")


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
