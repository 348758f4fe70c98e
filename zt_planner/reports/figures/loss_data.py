"""What doing nothing may cost, for other programs: what `zt-planner losses --json` holds.

Amounts are texts with two decimals, months `2027-03`; codes and sources are never translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.reports.analyses.reasons.losses import LARGE

if TYPE_CHECKING:
    from zt_planner.engine.losses import LossEstimate, LossOutlook, SourceLoss
    from zt_planner.reports.figures.summary import Json


def losses_data(outlook: LossOutlook | None) -> dict[str, Json]:
    """Return the views with their sources and the controls; null where nothing is known of losses."""
    if outlook is None:
        return {"losses": None}
    controls: list[Json] = [
        {
            "id": each.row.id,
            "on_frequency": each.on_frequency,
            "on_severity": each.on_severity,
            "since": None if each.since is None else str(each.since),
        }
        for each in outlook.controls
    ]
    views: dict[str, Json] = {str(view): _view(outlook, estimate) for view, estimate in outlook.views.items()}
    return {"losses": {"view": str(outlook.choice), "views": views, "controls": controls}}


def _view(outlook: LossOutlook, estimate: LossEstimate) -> Json:
    """Return what a view comes to; the loss from which on the plan pays for itself is null where that is not known."""
    even = outlook.break_even(estimate)
    return {
        "yearly": _amount(estimate.yearly()),
        "yearly_once_done": _amount(estimate.yearly(outlook.done)),
        "chance_in_three_years": {
            "above": _amount(LARGE),
            "without_the_plan": round(estimate.chance(LARGE, outlook.before), 6),
            "from_the_start": round(estimate.chance(LARGE, outlook.during), 6),
            "once_done": round(estimate.chance(LARGE, outlook.after), 6),
        },
        "week_of_delay": _amount(outlook.week_of_delay(estimate)),
        "break_even_loss": None if even is None or not even.is_whole else _amount(even.loss),
        "sources": [_source(loss) for loss in estimate.sources],
    }


def _source(loss: SourceLoss) -> Json:
    """Return what one source comes to, and where it is from; an own view has no source."""
    row = loss.source
    figures: dict[str, Json] = {
        "yearly": None if loss.yearly is None else _amount(loss.yearly),
        "frequency": round(loss.frequency, 6),
    }
    if row is None:
        return figures
    return figures | {
        "id": row.id,
        "source": row.source,
        "population": row.population,
        "source_year": row.source_year,
        "read_on": row.read_on.isoformat(),
        "confidence": str(row.confidence),
    }


def _amount(euros: float) -> str:
    return f"{euros:.2f}"
