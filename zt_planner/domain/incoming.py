"""The result of reading an imported file: edits of the open plan, and what cannot be imported.

Types only; `files.imports` fills them. Laws: nothing that a file says is
dropped unseen: it is an edit, equal to what stands, or among `left_out`; a file
that was exported and not edited says nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import Place


class FileKind(StrEnum):
    """What kind of file it was."""

    SCENARIO = "scenario"
    BUNDLE = "bundle"
    WORKBOOK = "workbook"
    TABLES = "tables"
    PROJECT = "project"
    BOOKINGS = "bookings"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class ImportNotice:
    """What somebody has to know about a file: where it stands, why it is no edit, and what to do instead.

    `problem` and `remedy` are texts to translate, with gaps for `values`.
    """

    place: Place | str
    problem: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was read.

    `scenario` is there where the file holds a whole plan; it replaces the one that is open. `edits` are fields
    of the plan that is open by their dotted paths, as in `tasks.edits.mfa_rollout.fixed_start`; None takes away
    what was set. `left_out` is what cannot come back, `notices` what the reader should know beforehand,
    `places` where edits stand. `rows` are those of bookings that were read, `rows_left_out` and
    `columns_left_out` those that were not; of very many rows, `left_out` has the first.
    """

    source: FileKind
    scenario: Scenario | None = None
    edits: Mapping[str, Any] = field(default_factory=dict)
    left_out: tuple[ImportNotice, ...] = ()
    notices: tuple[ImportNotice, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    rows: int = 0
    rows_left_out: int = 0
    columns_left_out: tuple[str, ...] = ()

    @property
    def count_left_out(self) -> int:
        """How much is left out, listed or not."""
        return max(len(self.left_out), self.rows_left_out)
