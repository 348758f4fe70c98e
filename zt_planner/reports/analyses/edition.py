"""What the newer edition of the model moves in a plan that was made with the first, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.edition import Cause
from zt_planner.errors import msgid
from zt_planner.reports.analyses.minutes_words import step_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.edition import EditionChange
    from zt_planner.language import Language

CAUSES = {Cause.PRICES: msgid("Prices"), Cause.MODEL: msgid("Tasks and rules")}


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
    for step in change.steps:
        yield step_text(say(CAUSES[step.cause]), step, language)
