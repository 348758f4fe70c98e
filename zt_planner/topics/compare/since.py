"""What each group of inputs did since an earlier plan, order-free: the same bridge as between two plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.errors import msgid
from zt_planner.topics.compare.sentences import side_of

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.language import Language
    from zt_planner.topics.compare.sentences import Side


BASELINE, APPROVED, BEFORE_IT_BEGAN = (
    msgid("the baseline"),
    msgid("the approved plan"),
    msgid("the plan before it began"),
)
"""What a plan is compared with."""


def since(earlier: str, comparison: Comparison, language: Language) -> Side:
    """Return what is said of a plan that is compared with an earlier one, both named as what they are."""
    first, plan = comparison.first, comparison.others[0]
    named = plan._replace(letter=language.say("the plan"))
    side = side_of(named, comparison._replace(first=first._replace(letter=language.say(earlier))))
    written = (language.write(sentence) for sentence in side.sentences)
    return side._replace(sentences=tuple(f"{text[0].upper()}{text[1:]}" for text in written))
