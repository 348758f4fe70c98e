"""The relative risks of controls as a grid to edit; their evidence stands in `controls_table` (M28).

Laws: an empty cell is the data's factor again; a factor that is the data's is none of the scenario.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from zt_planner.domain.data.losses import LEAST_FACTOR
from zt_planner.domain.scenario.fields import FACTORS
from zt_planner.errors import msgid
from zt_planner.reports.analyses.reasons.loss_tables import since_text
from zt_planner.reports.grids.grid import Grid, GridColumn, GridRow
from zt_planner.reports.words.number_forms import NumberForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.data.losses import Control
    from zt_planner.engine.losses import CreditedControl, LossOutlook
    from zt_planner.language import Language

PLACES, NAME_WIDTH = 4, 500
FACTOR = NumberForm(LEAST_FACTOR, Decimal(1), PLACES)
COLUMNS = {
    "on_frequency": GridColumn(msgid("Frequency ×"), FACTOR, 110),
    "on_severity": GridColumn(msgid("Severity ×"), FACTOR, 110),
    "own": GridColumn(msgid("Origin")),
    "since": GridColumn(msgid("Counts")),
}
FIELDS = dict(zip(("on_frequency", "on_severity"), FACTORS, strict=True))
"""How the fields of own factors begin, by column."""


def factor_grid(outlook: LossOutlook, language: Language) -> Grid:
    """Return the relative risks of a plan's controls to edit."""
    rows = {each.row.id: each.row for each in outlook.controls}
    return Grid(
        msgid("Own relative risks"),
        msgid("Control"),
        COLUMNS,
        tuple(_row(each, language) for each in outlook.controls),
        language,
        partial(_fields, rows=rows),
        name_width=NAME_WIDTH,
    )


def _row(control: CreditedControl, language: Language) -> GridRow:
    row, say = control.row, language.say
    used = {"on_frequency": control.on_frequency, "on_severity": control.on_severity}
    is_own = any(Decimal(str(factor)) != getattr(row, column) for column, factor in used.items())
    cells = {column: language.trimmed(Decimal(str(factor)), PLACES) for column, factor in used.items()}
    facts = {"own": say("own factor") if is_own else say("default"), "since": since_text(control, language)}
    return GridRow(row.id, say(row.control), cells | facts)


def _fields(name: str, figures: Mapping[str, Decimal | None], rows: Mapping[str, Control]) -> dict[str, Any]:
    """Return the fields that give a control these factors; none for an empty one, and for one that is the data's."""
    return {
        FIELDS[column] + name: None if factor is None or factor == getattr(rows[name], column) else factor
        for column, factor in figures.items()
    }


def default_factors(outlook: LossOutlook) -> dict[str, None]:
    """Return the fields with which every relative risk is the data's again."""
    given = outlook.plan.scenario.losses
    own = dict(zip(FACTORS, (given.on_frequency, given.on_severity), strict=True))
    return {start + name: None for start, factors in own.items() for name in factors}
