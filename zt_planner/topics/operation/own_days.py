"""What is paid every month beside the days of the own team, at their value: only their sum is better or worse (M23).

Laws: the sum is that of what is paid and of the days' value; where a price is missing, and where labour is not shown,
nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import rounded
from zt_planner.engine.operation import activities_of
from zt_planner.errors import msgid
from zt_planner.language import Money, Text, Words, quantity, sentences
from zt_planner.topics.operation.operation import rate_after, value_of

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.engine.plan import Plan

PAID_AND_DAYS = {
    (True, True): msgid("{other} costs {amount} a month more and takes {days} more of your team, worth some {value}."),
    (True, False): msgid("{other} costs {amount} a month more and saves {days} of your team, worth some {value}."),
    (False, True): msgid("{other} costs {amount} a month less and takes {days} more of your team, worth some {value}."),
    (False, False): msgid("{other} costs {amount} a month less and saves {days} of your team, worth some {value}."),
}
"""What is said, by whether more is paid, and whether more days are needed."""
DAYS_ALONE = {
    True: msgid("{other} costs the same a month and takes {days} more of your team, worth some {value}."),
    False: msgid("{other} costs the same a month and saves {days} of your team, worth some {value}."),
}


@dataclass(frozen=True, slots=True)
class Monthly:
    """What a month after the finish takes: EUR that are paid, days of the own team, and what those are worth."""

    paid: Decimal
    days: Fraction
    value: Decimal

    @property
    def together(self) -> Decimal:
        """What is paid and what the own days are worth."""
        return self.paid + self.value

    def since(self, before: Monthly) -> Monthly:
        """Return what differs from another."""
        return Monthly(self.paid - before.paid, self.days - before.days, self.value - before.value)


def monthly_of(plan: Plan) -> Monthly | None:
    """Return what a month after the finish takes; None where it is not known or not shown."""
    figures = plan.headlines
    paid, value = figures.get(FigureName.RUN_RATE_MONTHLY), value_of(activities_of(plan.case), rate_after(plan))
    if paid is None or not paid.is_whole or value is None:
        return None
    return Monthly(paid.value, Fraction(figures.operation_days_monthly), value)


def monthly_words(other: Words, change: Monthly | None) -> Words:
    """Say what differs every month, the own days at their value, and whether the sum is better; nothing if no day."""
    if change is None or not change.days:
        return ""
    paid, together = rounded(change.paid, 0), rounded(change.together, 0)
    is_more = change.days > 0
    text = PAID_AND_DAYS[paid > 0, is_more] if paid else DAYS_ALONE[is_more]
    said = Text(
        text,
        other=other,
        amount=Money(abs(paid)),
        days=quantity(abs(change.days), units.PERSON_DAYS),
        value=Money(abs(rounded(change.value, 0))),
    )
    if not together:
        return sentences(said, Text("With your own days counted, it costs the same."))
    verdict = (
        msgid("With your own days counted, it is {amount} a month worse.")
        if together > 0
        else msgid("With your own days counted, it is {amount} a month better.")
    )
    return sentences(said, Text(verdict, amount=Money(abs(together))))
