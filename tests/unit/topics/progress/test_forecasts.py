"""The history of forecasts in words, as a table and as charts: is the finish running away?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.words import ENGLISH, plain, plotted, told
from zt_planner.domain.scenario.approved import Approved, Forecast
from zt_planner.domain.scenario.status import Status
from zt_planner.topics.progress.forecasts import (
    Saved,
    approved_text,
    budget_history_chart,
    finish_history_chart,
    forecast_groups,
    history_alt,
    history_sentence,
    history_table,
    saved_forecasts,
    spaced,
)

FIRST = date(2027, 10, 19)
KEPT = Approved(on=date(2027, 1, 4), today=date(2027, 1, 4), plan="", finish=date(2027, 9, 28), budget=Decimal(134200))


def history(*finishes: date, days_apart: int = 21, budget: str | None = "141300.00") -> tuple[Saved, ...]:
    """Return a forecast for each finish, the first of 4 March 2027."""
    begin = date(2027, 3, 4).toordinal()
    return tuple(
        Saved(
            date.fromordinal(begin + days_apart * index),
            Forecast(
                finish=finish,
                sure_by=None if index else date(2028, 2, 1),
                budget=None if budget is None else Decimal(budget) + index,
                sure_budget=None if budget is None else Decimal(budget) * 2,
            ),
        )
        for index, finish in enumerate(finishes)
    )


@pytest.mark.parametrize(
    ("finishes", "sentence"),
    [
        ((), "No forecast is saved yet. Save one with each status date to see whether the finish moves."),
        ((FIRST,), "One forecast so far, of 4 March 2027: done by 19 October 2027."),
        ((FIRST, date(2027, 11, 2), FIRST), "In 6 weeks, the finish has not moved: 19 October 2027."),
        (
            (FIRST, date(2027, 12, 1), date(2027, 11, 16)),
            "In 6 weeks, the finish has moved away by 4 weeks: from 19 October 2027 to 16 November 2027.",
        ),
        (
            (FIRST, date(2027, 11, 9)),
            (
                "In 3 weeks, the finish has moved away by 3 weeks: from 19 October 2027 to 9 November 2027. "
                "It runs away as fast as time passes."
            ),
        ),
        (
            (FIRST, date(2027, 10, 18)),
            "In 3 weeks, the finish has come 1 day closer: from 19 October 2027 to 18 October 2027.",
        ),
    ],
)
def test_one_sentence_says_whether_the_finish_runs_away(finishes: tuple[date, ...], sentence: str) -> None:
    assert plain(ENGLISH.write(history_sentence(history(*finishes)))) == sentence


def test_forecasts_are_in_the_order_of_their_status_dates() -> None:
    kept = {"2027-05-01": Forecast(finish=FIRST), "2027-03-01": Forecast(finish=FIRST)}
    assert [row.day for row in saved_forecasts(Status(forecasts=kept))] == [date(2027, 3, 1), date(2027, 5, 1)]


def test_the_table_says_what_has_moved_since_the_one_before(says: Says) -> None:
    table = told(history_table(history(FIRST, date(2027, 11, 2))))
    says([tuple(map(plain, row)) for row in table.rows])
    assert len(told(history_table(history(FIRST, budget=None))).columns) == 4


def test_the_approved_plan_is_told_with_its_amount_where_it_is_known(says: Says) -> None:
    says(ENGLISH.write(approved_text(None)))
    told = plain(ENGLISH.write(approved_text(KEPT)))
    says(told)
    hidden = plain(ENGLISH.write(approved_text(KEPT.model_copy(update={"budget": None}))))
    says(hidden)
    promised = {"by": "Anna", "promised_budget": Decimal(142000), "promised_finish": date(2027, 11, 30)}
    says(plain(ENGLISH.write(approved_text(KEPT.model_copy(update=promised)))))


def test_charts_have_a_point_for_each_value_and_a_level_for_what_was_approved(says: Says) -> None:
    saved = history(FIRST, date(2027, 11, 2), date(2027, 11, 16))
    finish = plotted(finish_history_chart(saved, KEPT))
    assert [len(line.x) for line in finish.data] == [3, 1, 2]
    assert plain(finish.data[2].name) == "approved: 28 Sept 2027"
    assert finish.data[0].marker.symbol != finish.data[1].marker.symbol, "told apart by more than colour"
    promised = KEPT.model_copy(update={"promised_budget": Decimal(142000), "promised_finish": date(2027, 11, 30)})
    assert plain(plotted(finish_history_chart(saved, promised)).data[2].name) == "approved: 30 Nov 2027"
    assert plain(plotted(budget_history_chart(saved, promised)).data[2].name) == "approved: EUR 142,000"
    says(plain(finish.data[0].hovertext[2]))
    budget = plotted(budget_history_chart(saved, None))
    assert [list(line.y) for line in budget.data] == [[141300, 141301, 141302], [282600] * 3]
    assert [group.name for group in forecast_groups(saved, KEPT)] == ["finish", "budget"]
    assert [group.name for group in forecast_groups(history(FIRST, budget=None), KEPT)] == ["finish"]
    alone = plotted(finish_history_chart(history(FIRST), None))
    assert len(alone.layout.xaxis.ticktext) == 1
    says(plain(ENGLISH.write(history_alt(saved))))


def test_days_that_are_named_do_not_cover_each_other() -> None:
    days = [date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 30), date(2027, 3, 31)]
    assert spaced(days) == [days[0], days[2]]
    assert spaced(days[:1]) == days[:1]
