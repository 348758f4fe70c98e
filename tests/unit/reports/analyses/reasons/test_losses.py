"""Doing nothing in words, tables and pictures: what is said of each view, and of what cannot be said."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.handouts import handout
from zt_planner import bootstrap
from zt_planner.domain.data.losses import NO_LOSSES, LossView
from zt_planner.domain.scenario.kept import KeptModel
from zt_planner.engine.case import case_of
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.analyses.reasons.loss_tables import (
    claims_table,
    controls_table,
    curve_alt,
    curve_table,
    month_rows,
    months_alt,
    months_table,
    plan_curves,
    sources_table,
    view_curves,
    views_table,
)
from zt_planner.reports.analyses.reasons.losses import (
    chosen_sentences,
    euros,
    frequency_text,
    loss_chance,
    nothing_known,
    outlook_in,
    sentences,
    views_sentences,
)
from zt_planner.reports.charts.axes import shown_months
from zt_planner.reports.charts.palette import LIGHT
from zt_planner.reports.charts.uncertainty.losses import curve_chart, months_chart, plan_lines, view_lines
from zt_planner.reports.figures.registry import figure_title, trace_of
from zt_planner.reports.trace import TraceContext

if TYPE_CHECKING:
    from zt_planner.engine.losses import LossOutlook

ENGLISH = Language(LanguageCode.ENGLISH)
OWN = {"view": "own", "chance": 0.1, "median": 100_000, "p95": 1_000_000}
WHERE_FROM = ("Population", "Source", "Read on", "Confidence")


def asked(losses: dict[str, Any] | None = None, *, shows_labour: bool = True, **more: Any) -> TraceContext:  # noqa: ANN401
    """Return a plan that is asked about."""
    given = handout({"losses": losses or {}, **more}, shows_labour=shows_labour)
    return TraceContext(given.plan, given.case, ENGLISH)


def outlook(context: TraceContext) -> LossOutlook:
    """Return doing nothing beside a plan that has a schedule."""
    found = outlook_in(context)
    assert found is not None
    return found


def told(losses: dict[str, Any] | None = None, **more: Any) -> dict[str, str]:  # noqa: ANN401
    """Return what is said of a plan, by the figure that explains it; of several without one the last."""
    return {
        name: text.replace("\N{NO-BREAK SPACE}", " ")
        for text, name in chosen_sentences(outlook(asked(losses, **more)), ENGLISH)
    }


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0.0, "0%"),
        (0.0004, "less than 0.1%"),
        (0.0114, "1.1%"),
        (0.18, "18%"),
        (0.994, "99%"),
        (0.995, "more than 99%"),
        (0.997, "more than 99%"),
        (0.9995, "more than 99%"),
    ],
)
def test_a_chance_is_written_as_exactly_as_it_is_known(chance: float, text: str) -> None:
    assert loss_chance(chance, ENGLISH) == text


@pytest.mark.parametrize(
    ("frequency", "text"),
    [
        (0.15, "15%"),
        (0.093, "9.3%"),
        (0.018600123, "1.86%"),
        (4.605, "460.5%"),
        (0, "0%"),
        (0.00004, "0.004%"),
        (0.000096, "0.01%"),
    ],
)
def test_a_frequency_can_be_calculated_with_and_is_never_written_as_0(frequency: float, text: str) -> None:
    assert frequency_text(frequency, ENGLISH) == text


def test_what_is_said_names_the_loss_before_and_after_and_no_return() -> None:
    said = told()
    assert said["loss:after"] == (
        "Insurers: an expected loss of EUR 1,993 a year without the plan, EUR 443 once it is done."
    )
    assert "pays for itself if a serious incident would cost more than EUR 5,564,917" in said["loss:break_even"]
    assert "with a chance of more than 1.86% a year" in said["loss:break_even"]
    assert "without your own team's days" in said["loss:break_even"]
    assert said["loss:week"].endswith("rises by EUR 30.")


def test_no_view_goes_before_the_others_and_the_factor_is_over_all_sources() -> None:
    found = outlook(asked())
    said, by_source, _ = views_sentences(found, ENGLISH)
    sources = [loss for view in found.views.values() for loss in view.sources]
    yearly = sorted(loss.yearly for loss in sources if loss.yearly is not None)
    for view in found.views.values():
        assert euros(view.yearly(), ENGLISH) in said
    ends = " to ".join(euros(amount, ENGLISH) for amount in (yearly[0], yearly[-1]))
    assert said.startswith("Expected loss a year if you do nothing: insurers EUR")
    assert ", public events EUR" in said
    assert ", surveys EUR" in said
    factor = f"{yearly[-1] / yearly[0]:.0f}"
    assert by_source == f"By single source, the expected loss a year is {ends}, a factor of {factor}."


def test_an_own_view_that_lacks_a_figure_says_so_and_explains_nothing() -> None:
    context = asked({"view": "own", "chance": 0.1})
    said = list(chosen_sentences(outlook(context), ENGLISH))
    assert "lacks a figure" in said[0][0]
    assert {name for _, name in said} == {""}
    assert trace_of("loss:after", context) is None


def test_a_view_whose_currency_has_no_rate_says_so() -> None:
    found = outlook(asked())
    without = {choice: each for choice, each in found.views.items() if choice == "surveys"}
    said = list(chosen_sentences(replace(found, views=without), ENGLISH))
    assert said == [("Insurers: there is no exchange rate for the currency of its source.", "")]
    assert sentences(replace(found, views={}), ENGLISH) == (said[0][0],)


def test_an_own_frequency_of_0_says_that_there_is_no_loss() -> None:
    said = [text for text, _ in chosen_sentences(outlook(asked({**OWN, "chance": 0})), ENGLISH)]
    assert said[0].startswith("Own view: with a chance of 0 there is no loss")
    assert said[-1] == "The plan reduces no loss of this view, so it does not pay for itself."


@pytest.mark.parametrize(("chance", "text"), [(0.00004, "0.004%"), (0.1, "10%"), (0.99, "99%")])
def test_an_own_chance_is_written_as_it_was_entered(chance: float, text: str) -> None:
    assert f"with a chance of more than {text} a year" in told({**OWN, "chance": chance})["loss:break_even"]


def test_a_chance_is_explained_by_numbers_that_give_it() -> None:
    trace = trace_of("loss:insurers:chance", asked())
    assert trace is not None
    assert trace.shown == "1.2%"
    numbers = re.fullmatch(r"1 - exp\(-(.*) × (.*)% × (.*)%\)", trace.rows[0].how)
    assert numbers is not None
    years, frequency, share = map(float, numbers.groups())
    assert round(-math.expm1(-years * frequency * share / 10_000), 3) == 0.012


def test_where_labour_is_hidden_nothing_pays_for_itself() -> None:
    context = asked(shows_labour=False)
    said = sentences(outlook(context), ENGLISH)
    assert any("because labour is hidden" in text for text in said)
    assert trace_of("loss:break_even", context) is None


def test_without_two_published_sources_there_is_no_factor() -> None:
    found = outlook(asked(OWN))
    own = found.views[LossView.OWN]
    (said,) = views_sentences(replace(found, views={LossView.OWN: own}), ENGLISH)
    assert said == f"Expected loss a year if you do nothing: your own view {euros(own.yearly(), ENGLISH)}."


def test_what_lacks_a_price_costs_at_least_so_much() -> None:
    context = asked({"view": "surveys"}, timeline={"start": "2025-06-01"})
    said = next(text for text, name in chosen_sentences(outlook(context), ENGLISH) if name == "loss:break_even")
    assert "the plan costs at least EUR" in said
    trace = trace_of("loss:break_even", context)
    assert trace is not None
    assert trace.shown.startswith("at least")
    assert f"only if a serious incident would cost {trace.shown} with" in said


def test_where_nothing_has_a_price_it_is_not_known_when_the_plan_pays_for_itself() -> None:
    context = asked({"view": "surveys"}, timeline={"start": "2021-03-01"})
    said = sentences(outlook(context), ENGLISH)
    assert "When the plan pays for itself is not known: prices are missing." in said
    assert trace_of("loss:break_even", context) is None


@pytest.mark.parametrize("view", ["insurers", "own"])
def test_every_published_figure_has_its_population_source_date_and_confidence(view: str) -> None:
    context = asked({**OWN, "view": view})
    found = outlook(context)
    for table in (
        views_table(found, ENGLISH),
        sources_table(found, ENGLISH),
        controls_table(found, ENGLISH),
        claims_table(context),
    ):
        at = [table.columns.index(title) for title in WHERE_FROM]
        for row in table.rows:
            is_own = row[0] in {"Own view", "a loss as you expect it"}
            assert is_own != all(row[index] for index in at), row


@pytest.mark.parametrize("prices", [{}, {"as_of": "2022-01-01"}])
def test_old_and_unverified_sources_are_marked_by_today_whatever_prices_hold(prices: dict[str, Any]) -> None:
    table = sources_table(outlook(asked(prices=prices)), ENGLISH)
    marks = {
        row[table.columns.index("Source")]: [badge.text for badge in of]
        for row, of in zip(table.rows, table.badges, strict=True)
    }
    old = next(marks[source] for source in marks if source.startswith("Cyentia IRIS 20/20"))
    assert old == ["unverified", "over two years old"]
    assert next(marks[source] for source in marks if source.startswith("GDV")) == ["over two years old"]
    assert next(marks[source] for source in marks if source.startswith("At-Bay")) == ["unverified"]


def test_the_table_of_controls_says_that_one_counts_from_the_month_after_its_last_task() -> None:
    table = controls_table(outlook(asked()), ENGLISH)
    at = table.columns.index("Counts (month after its last task)")
    assert next(row[at] for row in table.rows if row[0] == "Endpoint detection") == "from July 2027 on"


def test_an_own_view_is_marked_as_own() -> None:
    own = views_table(outlook(asked(OWN)), ENGLISH)
    assert [badge.text for badge in own.badges[-1]] == ["own view"]


def test_a_source_without_a_mean_says_so_and_is_no_end_of_the_span() -> None:
    given, shipped = asked(), bootstrap.phase_model()
    no_size = {"median": None, "p95": None}
    sources = [row.model_copy(update=no_size if row.id == "iris_smb" else {}) for row in shipped.losses.sources]
    losses = shipped.losses.model_copy(update={"sources": tuple(sources)})
    case = case_of(given.plan.scenario, bootstrap.price_book(), replace(shipped, losses=losses), today=given.plan.today)
    context = TraceContext(given.plan, case, ENGLISH)
    rows = [row for row in sources_table(outlook(context), ENGLISH).rows if "no mean" in row]
    assert len(rows) == 1
    assert rows[0][0] == "significant public event"
    public = next(row for row in views_table(outlook(context), ENGLISH).rows if row[0] == "Public events")
    assert "" in public  # one amount is no span
    trace = trace_of("loss:public_events", context)
    assert trace is not None
    assert any(": no mean (" in note for note in trace.notes)


def test_sources_are_written_in_the_readers_language() -> None:
    german = Language(LanguageCode.GERMAN)
    words = str(sources_table(outlook(asked()), german).rows)
    assert "as reported by" not in words
    assert "German insurers" not in words


def test_the_curve_is_told_as_a_table_in_words_and_as_a_picture() -> None:
    found = outlook(asked({"view": "surveys"}))
    assert found.chosen is not None
    curves = plan_curves(found, found.chosen, ENGLISH)
    table = curve_table(curves, ENGLISH)
    above = next(row for row in table.rows if row[0].endswith("100,000"))
    assert above[1:] == ("18%", "6.8%", "4.8%")
    words = curve_alt(curves, ENGLISH)
    assert all(chance in words for chance in above[1:])
    chart = curve_chart(curves, plan_lines(LIGHT), ENGLISH)
    for line in chart.data:
        assert list(line.y) == sorted(line.y, reverse=True)
    assert [round(line.y[0], 3) for line in chart.data] == sorted(
        (round(line.y[0], 3) for line in chart.data), reverse=True
    )


def test_each_view_has_its_curve_without_the_plan_side_by_side() -> None:
    found = outlook(asked(OWN))
    curves = view_curves(found, ENGLISH)
    table = curve_table(curves, ENGLISH)
    assert table.columns[1:] == ("Insurers", "Public events", "Surveys", "Own view")
    above = next(row for row in table.rows if row[0].endswith("100,000"))
    views = views_table(found, ENGLISH)
    at = next(index for index, title in enumerate(views.columns) if title.startswith("Loss above"))
    assert above[1:] == tuple(row[at] for row in views.rows)
    words = curve_alt(curves, ENGLISH)
    assert all(f"{name}: {chance}" in words for name, chance in zip(table.columns[1:], above[1:], strict=True))
    lines = curve_chart(curves, view_lines(LIGHT), ENGLISH).data
    assert [line.name for line in lines] == list(table.columns[1:])
    assert len({line.line.dash for line in lines}) == len(lines)


def test_the_months_fall_from_the_loss_without_the_plan_on_the_roadmaps_axis() -> None:
    context = asked()
    found = outlook(context)
    assert found.chosen is not None
    rows = month_rows(found, found.chosen, shown_months(context.plan))
    table = months_table(rows, ENGLISH)
    assert table.rows[0][1] == table.rows[0][2]
    assert [row.month for row in rows] == list(shown_months(context.plan))
    counted = [control for row in rows for control in row.begins]
    assert [each.row.id for each in counted] == ["mfa", "edr", "hardening", "segmentation"]
    assert f"falls from {table.rows[0][2]} a month to {table.rows[-1][2]} in {ENGLISH.month(rows[-1].month)}" in (
        months_alt(rows, ENGLISH)
    )
    assert months_alt(rows[:1], ENGLISH) == f"Bars: the expected loss stays at {table.rows[0][2]} a month."
    bars, line = months_chart(rows, ENGLISH).data
    assert list(bars.y) == [row.during for row in rows]
    assert set(line.y) == {rows[0].before}


def test_an_own_view_is_explained_as_its_own() -> None:
    context = asked(OWN)
    found = trace_of("loss:own", context)
    assert found is not None
    assert found.rows[0].item == "your own view"
    assert found.rows[0].source.text == ""
    assert found.rows[0].how == "-ln(1 - 10%) losses a year"
    assert found.rows[0].times == "10.54% a year"
    assert (
        figure_title("loss:own:chance", context)
        == "Loss above EUR\N{NO-BREAK SPACE}100,000 within three years, Own view"
    )


def test_why_there_is_nothing_to_say_is_said() -> None:
    endless = asked(
        company={"apps": 500, "employees": 5000}, timeline={"mode": "capacity", "internal_days_per_week": 0.25}
    )
    assert nothing_known(endless) == "There is no schedule; the findings say why."
    given = handout()
    older = KeptModel.of(given.case.base_model).model_copy(update={"losses": NO_LOSSES})
    kept = given.plan.scenario.with_kept_data(None, older).model_dump(mode="json")
    context = asked(**{name: part for name, part in kept.items() if name != "losses"})
    assert outlook_in(context) is None
    assert "hold no figures of losses" in nothing_known(context)
    assert trace_of("loss:insurers", context) is None
