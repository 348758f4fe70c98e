"""scan_controls.csv and skus.csv: what rows must be together.

Laws: a row is about a task that there is and no pilot; a scan has one row for a task; one control says a share; a row
has a meaning for each control, and versions of all or of none; a control means the same in every row; a product has a
price of prices.csv, and is there once.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path

from zt_planner.catalog.csv.cells import Reader, WrongCell, text, word
from zt_planner.catalog.csv.tables import CsvTable, Line, lines_by, read_text
from zt_planner.catalog.shipped.rules import check_tasks
from zt_planner.domain.data.scan_rules import PILOTS, ScanControl, ScanRules, Sku, TickRule
from zt_planner.domain.scan import ScanKind
from zt_planner.errors import msgid

SEPARATOR = "+"
"""Between controls, as a task needs them together."""


def joined(read: Reader) -> Callable[[str], tuple[str, ...]]:
    """Return a reader for what stands between plus signs."""

    def read_all(value: str) -> tuple[str, ...]:
        parts = [part.strip() for part in value.split(SEPARATOR)]
        if not all(parts):
            raise WrongCell(value, msgid("'{value}' has an empty part next to +"), msgid("Fill it in, or remove the +"))
        return tuple(map(read, parts))

    return read_all


def check_control(line: Line, row: ScanControl) -> None:
    """Raise for a pilot, for a share of several controls, and for versions and meanings that are not as many."""
    if row.task in PILOTS:
        problem = msgid("'{value}' is done once {rollout} has a share, whatever a control says")
        raise line.wrong("task", problem, msgid("Remove the row"), rollout=PILOTS[row.task])
    if row.how is TickRule.SHARE and len(row.controls) > 1:
        raise line.wrong("controls", msgid("'{value}' is more than one control for a share"), msgid("Keep one of them"))
    for column, parts in (("meanings", row.meanings), ("versions", row.versions)):
        if parts and len(parts) != len(row.controls):
            problem = msgid("the number of parts ({parts}) differs from the number of controls ({controls})")
            remedy = msgid("Write one for each control, with + between them")
            raise line.wrong(column, problem, remedy, parts=len(parts), controls=len(row.controls))


CONTROLS = CsvTable(
    "scan_controls.csv",
    ScanControl,
    check=check_control,
    readers={"controls": joined(word), "versions": joined(word), "meanings": joined(text)},
)
SKUS = CsvTable("skus.csv", Sku, key="guid")


def load_scan_rules(folder: Path, tasks: Container[str], prices: Container[str]) -> ScanRules:
    """Read both files of a folder; raise CatalogError if one is wrong, or names a task or a price that is not there."""
    return ScanRules(
        controls_from(read_text(folder / CONTROLS.file), tasks), skus_from(read_text(folder / SKUS.file), prices)
    )


def controls_from(content: str, tasks: Container[str]) -> tuple[ScanControl, ...]:
    """Return the controls; raise for an unknown task, a second row of the same, and a second meaning of a control."""
    rows = CONTROLS.read(content)
    lines: dict[tuple[ScanKind, str], Line] = {}
    meanings: dict[tuple[ScanKind, str], tuple[str, Line]] = {}
    for line, row in rows:
        check_tasks(line, "task", [row.task], tasks)
        first = lines.setdefault((row.scan, row.task), line)
        if first is not line:
            problem = msgid("'{value}' of {scan} is in row {other} already")
            remedy = msgid("Write all controls of a task into one row")
            raise line.wrong("task", problem, remedy, scan=row.scan, other=first.row)
        for control, meaning in zip(row.controls, row.meanings, strict=True):
            known, other = meanings.setdefault((row.scan, control), (meaning, line))
            if known != meaning:
                problem, remedy = (
                    msgid("'{value}' means something else in row {other}"),
                    msgid("Write the same sentence in both"),
                )
                raise line.wrong("meanings", problem, remedy, value=control, other=other.row)
    return tuple(row for _, row in rows)


def skus_from(content: str, prices: Container[str]) -> tuple[Sku, ...]:
    """Return the products; raise for a name that is there twice and for an unknown price."""
    rows = SKUS.read(content)
    lines_by("sku", [line for line, _ in rows])
    for line, row in rows:
        if row.price_id not in prices:
            problem, remedy = msgid("'{value}' is not an id of {file}"), msgid("Correct the id or add its row")
            raise line.wrong("price_id", problem, remedy, file="prices.csv")
    return tuple(row for _, row in rows)
