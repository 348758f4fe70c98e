"""Ask backwards: what must be true for a plan to be done by a day, for an amount in its first year (M21)."""

from zt_planner.engine.goals.answer import Answer, ask
from zt_planner.engine.goals.changes import Change, ChangeSet, Lost, Nature, Topic
from zt_planner.engine.goals.question import Goals, check_goals
from zt_planner.engine.goals.trials import GoalProgress

__all__ = [
    "Answer",
    "Change",
    "ChangeSet",
    "GoalProgress",
    "Goals",
    "Lost",
    "Nature",
    "Topic",
    "ask",
    "check_goals",
]
