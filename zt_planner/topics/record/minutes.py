"""The minutes of a session: what was decided, in order, and what each decision did to budget and finish.

Decisions come in as `workspace.sharing.record.decisions` gathers them from the events
that their reader may see (`seen`); here they get their effect. Amounts are whole
euros, so that they add up as they are shown. What a figure did between two decisions
(prices or the date have changed) is an item of its own. Laws: the effects of all items
of the plan add up to the difference of the last and the first figure, and so do the
days. What is done to a variant has its effect on the variant's figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain.money import rounded
from zt_planner.domain.session import EventKind, FieldChange, Outcome, ParticipantId
from zt_planner.domain.variants import PLAN
from zt_planner.engine.compare.bridge import BridgeStep, Figures, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zt_planner.domain.session import Event
    from zt_planner.topics.inputs.fields import Visibility


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """What somebody decided: its position in the order, 1 the first, and the revision that it led to."""

    position: int
    number: int
    at: datetime
    by: ParticipantId
    kind: EventKind
    changes: tuple[FieldChange, ...]
    letter: str = PLAN
    overruled: tuple[tuple[ParticipantId, FieldChange], ...] = ()
    """What others had set at the same time, and does not apply."""


Item: TypeAlias = BridgeStep[RecordedDecision | None]
"""A decision with its effect; without one (None) what happened between decisions: other prices, another date."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that was decided, from the first figure that is known to the last; `is_stopped`: no schedule now."""

    items: tuple[Item, ...]
    first: Figures | None
    last: Figures | None
    is_stopped: bool
    visibility: Visibility

    @property
    def way(self) -> tuple[Item, ...]:
        """What leads from the first figure to the last."""
        return tuple(item for item in self.items if item.cause is None or item.cause.letter == PLAN)

    @property
    def decisions(self) -> tuple[RecordedDecision, ...]:
        """The decisions alone."""
        return tuple(item.cause for item in self.items if item.cause is not None)


def outcome_figures(outcome: Outcome, visibility: Visibility) -> Figures | None:
    """Return an outcome as a reader may see it; None for a plan without a schedule."""
    budget = outcome.introduction_budget if visibility.labour else outcome.without_labour
    if budget is None or outcome.finish_date is None:
        return None
    return Figures(rounded(budget, 0), outcome.finish_date)


def minutes_of(decisions: Sequence[Event], now: Outcome, visibility: Visibility) -> Minutes:
    """Return the minutes of decisions, gathered from what a reader may see; `now` is the outcome of today's plan."""
    items: list[Item] = []
    first = known = None
    position = 0
    for event in decisions:
        before, after = outcome_figures(event.before, visibility), outcome_figures(event.after, visibility)
        if event.letter != PLAN:
            if event.changes:
                position += 1
                items += in_order((_decision(position, event),), before, after)
            continue
        first = first or before or after
        if event.changes or event.kind is EventKind.BASELINE:
            position += 1
            known = known or before
            items += _between(known, before)
            items += in_order((_decision(position, event),), before or known, after)
            known = after or before or known
        else:
            known = known or before or after
    today = outcome_figures(now, visibility)
    items += _between(known, today)
    return Minutes(tuple(items), first or today, today or known, today is None, visibility)


def _decision(position: int, event: Event) -> RecordedDecision:
    return RecordedDecision(
        position, event.number, event.at, event.participant, event.kind, event.changes, event.letter, event.overruled
    )


def _between(known: Figures | None, now: Figures | None) -> tuple[Item, ...]:
    """Return an item for what a figure did since it was last known, none where it is the same."""
    return () if known is None or now is None or known == now else in_order((None,), known, now)
