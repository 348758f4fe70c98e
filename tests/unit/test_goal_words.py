"""Questions asked backwards and their answers, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zt_planner.errors import GoalRefused
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.faults import explain

MAY = date(2027, 5, 1)
ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_refused_goal_is_explained_with_days_and_amounts_in_the_readers_form() -> None:
    (day,) = explain(GoalRefused("{day} is over", "Name a day from {first} on", day=MAY, first=MAY), ENGLISH)
    assert plain(day) == "1 May 2027 is over. Name a day from 1 May 2027 on."
    most = Decimal("1000.5")
    refused = GoalRefused("{value} is more than is reckoned with", "Name an amount up to {most}", value="9", most=most)
    (amount,) = explain(refused, GERMAN)
    assert plain(amount) == "9 ist mehr, als sich rechnen lässt. Nennen Sie einen Betrag bis 1.000,50 EUR."
