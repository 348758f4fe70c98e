"""What the newer edition of the model moves in a plan that was made with the first, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.edition import Cause
from zt_planner.errors import msgid
from zt_planner.reports.analyses.minutes_words import effect_text, finish_effect_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.edition import EditionChange
    from zt_planner.language import Language

CAUSES = {
    Cause.PRICES: msgid("Prices: {effect}; finish: {days}."),
    Cause.MODEL: msgid("Tasks and rules: {effect}; finish: {days}."),
}


def edition_lines(change: EditionChange, language: Language) -> Iterator[str]:
    """Yield what a plan came to by the first edition and comes to now, and what each cause moves."""
    say, before, after = language.say, change.before, change.after
    yield say(
        "This plan was made with the first edition of the model: {budget} in the first year, done by {finish}. "
        "With the second edition: {new_budget}, done by {new_finish}.",
        budget=language.money(before.first_year_budget),
        finish=language.day(before.finish_date),
        new_budget=language.money(after.first_year_budget),
        new_finish=language.day(after.finish_date),
    )
    for budget, days in zip(change.budget, change.days, strict=True):
        moved = finish_effect_text(int(days.amount), language)
        yield say(CAUSES[budget.cause], effect=effect_text(budget.amount, language), days=moved)
