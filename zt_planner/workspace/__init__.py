"""What people can do with plans: open, change, undo, share, join. No screen, no SQL."""

from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

__all__ = ["State", "Workspace"]
