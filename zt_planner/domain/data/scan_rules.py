"""Which controls of which scan say that a task is done, and which licence a vendor's product is.

Holds what scan_controls.csv and skus.csv say. They are no part of the phase model: no figure is computed from them.
Laws: a control has the same meaning in every row; a row has as many meanings as controls; one control says a share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from zt_planner.domain.data.columns import Row, Word
from zt_planner.domain.data.phase_model import NamedTask
from zt_planner.domain.scan import ScanKind

PILOTS: Mapping[str, str] = {"mfa_pilot": NamedTask.MFA_ROLLOUT, "device_pilot": NamedTask.ENROLMENT}
"""Pilots, and the roll-outs of which a share shows that they were held; no control is about a pilot."""


class TickRule(StrEnum):
    """How controls say that a task is done: all of them, how far one counts, or by a hint that a person judges."""

    ALL = "all"
    SHARE = "share"
    ASK = "ask"


class ScanControl(Row):
    """One row of scan_controls.csv: the controls of a scan that together say something of a task.

    `meanings` say in a sentence what each control stands for when it passes; `versions` are those of the controls
    that the row was written for, where the scan numbers them.
    """

    task: Word
    scan: ScanKind
    controls: tuple[Word, ...]
    how: TickRule
    versions: tuple[Word, ...] = ()
    meanings: tuple[str, ...]


class Sku(Row):
    """One row of skus.csv: a product as its vendor's programs name it, and its price."""

    sku: str
    guid: Word
    price_id: Word
    note: str | None = None


@dataclass(frozen=True)
class ScanRules:
    """The rows of scan_controls.csv and skus.csv."""

    controls: tuple[ScanControl, ...] = ()
    skus: tuple[Sku, ...] = ()

    @cached_property
    def known_controls(self) -> Mapping[ScanKind, Mapping[str, str]]:
        """The controls of each scan that say something, with the version that is known; empty where there is none."""
        known: dict[ScanKind, dict[str, str]] = {kind: {} for kind in ScanKind}
        for row in self.controls:
            known[row.scan].update(zip(row.controls, row.versions or [""] * len(row.controls), strict=True))
        return known

    @cached_property
    def meanings(self) -> Mapping[tuple[ScanKind, str], str]:
        """The sentence of each control, by its scan and its id."""
        return {
            (row.scan, control): meaning
            for row in self.controls
            for control, meaning in zip(row.controls, row.meanings, strict=True)
        }

    def price_of(self, sku: str, guid: str | None) -> str | None:
        """Return the price of a product by its id, otherwise by its name; None where it is not known."""
        by_id = next((row.price_id for row in self.skus if guid and row.guid == guid.lower()), None)
        return by_id or next((row.price_id for row in self.skus if row.sku.casefold() == sku.casefold()), None)
