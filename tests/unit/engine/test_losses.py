"""Doing nothing beside the plan: frequencies, sizes, chances, controls, a week of delay, break-even (M28)."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import scenario
from tests.papers import situation
from zt_planner.domain.data.losses import LossData, LossView
from zt_planner.domain.month import Month
from zt_planner.engine.case import case_of
from zt_planner.engine.losses import LossOutlook, controls_of, estimates_of, outlook_of
from zt_planner.engine.planner import plan_of
from zt_planner.engine.severity import NOTHING, severity_of
from zt_planner.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.case import Case

MFA_TASKS = (
    *("kickoff", "inventory", "licence_order", "directory", "mfa_agreement", "admin_mfa"),
    *("mfa_pilot", "mfa_rollout", "remote_mfa", "legacy_auth", "conditional_access"),
)
OWN = {"losses__view": "own", "losses__chance": 0.1, "losses__median": "100000", "losses__p95": "1000000"}


@pytest.fixture
def case(price_book: PriceBook, phase_model: PhaseModel) -> Callable[..., Case]:
    """Return how a case of the known data is made of fields of the scenario."""

    def made(model: PhaseModel = phase_model, *, book: PriceBook = price_book, **fields: Any) -> Case:  # noqa: ANN401
        shows_labour = fields.pop("shows_labour", True)
        return case_of(scenario(**fields), book, model, today=date(2026, 11, 24), shows_labour=shows_labour)

    return made


@pytest.fixture
def outlook(case: Callable[..., Case]) -> Callable[..., LossOutlook]:
    """Return how the outlook of fields of the scenario is made."""

    def made(**fields: Any) -> LossOutlook:  # noqa: ANN401
        asked = case(**fields)
        found = outlook_of(plan_of(asked), asked)
        assert found is not None
        return found

    return made


@pytest.mark.parametrize(
    ("employees", "percent"), [(20, 1.2), (50, 1.2), (120, 1.86), (158, 2.13), (500, 3.8), (900, 3.8)]
)
def test_what_insurers_pay_grows_with_the_company(case: Callable[..., Case], employees: int, percent: float) -> None:
    found = estimates_of(case(company__employees=employees))
    assert round(found[LossView.INSURERS].frequency * 100, 2) == percent
    assert found[LossView.SURVEYS].frequency == 0.15


@pytest.mark.parametrize(
    ("employees", "mean", "at_bay"), [(1, 77_000, 180_000), (50, 77_000, 180_000), (500, 268_000, 221_000)]
)
def test_a_loss_of_an_insurer_grows_with_the_company_and_its_spread_stays(
    case: Callable[..., Case], employees: int, mean: int, at_bay: int
) -> None:
    found = estimates_of(case(company__employees=employees))
    insurers = found[LossView.INSURERS]
    assert insurers.severity.mean == pytest.approx(mean * 0.866)
    assert insurers.severity.sigma == pytest.approx(math.sqrt(2 * math.log(77 / 20)))
    assert insurers.sources[2].mean == pytest.approx(at_bay * 0.866)
    assert found[LossView.SURVEYS].severity == severity_of(Decimal(80_000), None, Decimal(1_200_000), Decimal(1))


def test_a_source_without_a_mean_has_no_expected_loss_and_is_no_view(case: Callable[..., Case]) -> None:
    view = estimates_of(case())[LossView.PUBLIC_EVENTS]
    assert [None if each.source is None else each.source.id for each in view.sources] == ["iris_smb", "iris"]
    assert (view.frequency, view.sources[1].frequency) == (0.02, 0.093)
    assert (view.sources[1].mean, view.sources[1].yearly) == (None, None)


def test_dollars_are_converted_at_the_rate_of_the_first_month_and_every_source_stands_beside_its_view(
    case: Callable[..., Case],
) -> None:
    found = estimates_of(case())
    first, *others = found[LossView.INSURERS].sources
    assert first.rate is not None
    assert (first.rate.currency, first.rate.eur_per_unit) == ("USD", Decimal("0.866"))
    assert first.mean == pytest.approx(77_000 * (268 / 77) ** (math.log(2.4) / math.log(10)) * 0.866)
    assert [round(each.mean or 0) for each in others] == [45_370, 168_529]
    assert [round(row.yearly or 0) for row in found[LossView.INSURERS].sources] == [1993, 681, 3135]
    assert [round(each.yearly()) for each in found.values()] == [1993, 13_433, 46_534]


def test_a_currency_without_a_rate_gives_no_loss_instead_of_none_at_all(
    case: Callable[..., Case], price_book: PriceBook
) -> None:
    euro_only = replace(
        price_book,
        rates=tuple(rate for rate in price_book.rates if rate.currency == "EUR"),
        prices=tuple(row for row in price_book.prices if row.currency == "EUR"),
        ranges=(),
    )
    found = estimates_of(case(book=euro_only))
    assert LossView.PUBLIC_EVENTS not in found
    assert [round(each.mean or 0) for each in found[LossView.SURVEYS].sources] == [310_228, 193_697]


def test_a_source_whose_figures_give_no_loss_is_left_out(case: Callable[..., Case], phase_model: PhaseModel) -> None:
    losses = phase_model.losses
    sources = tuple(row.model_copy(update={"median": None, "p95": None, "mean": None}) for row in losses.sources)
    empty = losses.model_copy(update={"sources": sources})
    assert not estimates_of(case(replace(phase_model, losses=empty)))


def test_an_own_view_has_frequency_median_and_p95_or_is_none(outlook: Callable[..., LossOutlook]) -> None:
    assert outlook(losses__view="own", losses__median="5", losses__chance=0.1).chosen is None
    chosen = outlook(**OWN).chosen
    assert chosen is not None
    assert chosen.frequency == pytest.approx(-math.log(0.9))
    assert chosen.sources[0].source is None
    assert chosen.chance(1e-9, [NOTHING] * 12) == pytest.approx(0.1)
    assert chosen.severity.exceeds(1_000_000) == pytest.approx(0.05)
    assert chosen.chance(1_000_000, [NOTHING] * 36) == pytest.approx(1 - 0.9 ** (3 * 0.05))


def test_an_own_frequency_of_0_is_no_loss_and_breaks_nothing_even(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook(**{**OWN, "losses__chance": 0})
    assert found.chosen is not None
    assert (found.chosen.yearly(), found.chosen.chance(1, found.before)) == (0, 0)
    assert found.break_even(found.chosen) is None


def test_a_control_counts_from_the_month_after_all_its_tasks_are_finished(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook()
    finishes = {task.task.id: task.finish for task in found.plan.tasks}
    mfa = next(each for each in found.controls if each.row.id == "mfa")
    last = max(finishes[task] for task in mfa.row.tasks)
    assert mfa.since == Month.of(last).plus(1)
    assert found.credit_in(mfa.since).on_frequency == 0.71
    assert found.credit_in(mfa.since.plus(-1)) == NOTHING
    assert (found.done.on_frequency, found.done.on_severity) == pytest.approx((0.71 * 0.6 * 0.71, 0.7))
    assert (found.before, found.after) == ((NOTHING,) * 36, (found.done,) * 36)


def test_a_control_whose_task_was_chosen_away_counts_never(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook(tasks__edits={"remote_mfa": {"in_scope": False}})
    never = {each.row.id for each in found.controls if each.since is None}
    assert never == {"mfa", "edr_watched", "patching", "backup"}
    assert found.done.on_frequency == pytest.approx(0.6 * 0.71)


def test_mfa_counts_once_it_is_enforced_and_detection_once_all_devices_are_enrolled(
    outlook: Callable[..., LossOutlook],
) -> None:
    found = outlook()
    finishes = {task.task.id: task.finish for task in found.plan.tasks}
    since = {each.row.id: each.since for each in found.controls}
    assert since["mfa"] == Month.of(max(finishes[each] for each in ("conditional_access", "legacy_auth"))).plus(1)
    assert since["edr"] == Month.of(finishes["enrolment"]).plus(1)
    assert finishes["edr_onboarding"] < finishes["enrolment"]


@pytest.mark.parametrize(
    ("own", "control", "credit"),
    [("patch-internet", "patching", (0.71 * 0.6 * 0.5, 0.7)), ("backup-survives", "backup", (0.71 * 0.6 * 0.71, 0.35))],
)
def test_a_proposed_task_brings_its_control(
    outlook: Callable[..., LossOutlook], own: str, control: str, credit: tuple[float, float]
) -> None:
    found = outlook(tasks__own={own: {"step": "3", "name": own, "effort_days": 6, "after": ["exercise"]}})
    finish = next(task.finish for task in found.plan.tasks if task.task.id == own)
    assert next(each.since for each in found.controls if each.row.id == control) == Month.of(finish).plus(1)
    assert found.done == pytest.approx(credit)


def test_a_task_for_which_there_is_nothing_to_do_is_not_waited_for(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook(company__devices=0)
    finishes = {task.task.id: task.finish for task in found.plan.tasks}
    hardening = next(each for each in found.controls if each.row.id == "hardening")
    there = [task for task in hardening.row.tasks if task in finishes]
    assert there
    assert len(there) < len(hardening.row.tasks)
    assert hardening.since == Month.of(max(finishes[task] for task in there)).plus(1)
    edr = next(each for each in found.controls if each.row.id == "edr")
    assert (edr.since is None) == ("edr_onboarding" not in finishes)


def test_of_one_group_the_strongest_counts_and_watching_takes_an_mdr(outlook: Callable[..., LossOutlook]) -> None:
    own = {"losses__on_frequency": {"mfa": 1, "hardening": 1, "edr": 0.5}}
    assert outlook(**own).done.on_frequency == 0.5
    assert outlook(**own, choices__monitoring="mdr").done.on_frequency == 0.4
    weak = {"losses__on_frequency": {**own["losses__on_frequency"], "edr_watched": 0.9}}
    assert outlook(**weak, choices__monitoring="mdr").done.on_frequency == 0.5


def test_no_chance_is_multiplied_by_less_than_a_fifth_whatever_the_size(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook(choices__monitoring="mdr", losses__on_frequency={"hardening": 0.5})
    assert found.done.on_frequency * found.done.on_severity < 0.1
    assert found.chosen is not None
    assert found.chosen.yearly(found.done) == pytest.approx(found.chosen.yearly() / 5)
    for amount in (1, 1e4, 1e5, 1e6, 1e9):
        left = found.done.left_above(amount, found.chosen.severity)
        assert left == pytest.approx(found.chosen.severity.exceeds(amount) / 5)


def test_relative_risks_of_1_change_nothing(outlook: Callable[..., LossOutlook]) -> None:
    controls = ("mfa", "edr", "edr_watched", "hardening", "patching", "segmentation", "backup")
    ones = dict.fromkeys(controls, 1)
    found = outlook(losses__on_frequency=ones, losses__on_severity=ones)
    assert found.done == NOTHING
    assert found.chosen is not None
    assert found.week_of_delay(found.chosen) == 0
    assert found.break_even(found.chosen) is None


def test_the_expected_loss_falls_month_by_month(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook()
    assert found.chosen is not None
    losses = [found.chosen.yearly(credit) for credit in found.during]
    assert len(losses) == 36
    assert losses == sorted(losses, reverse=True)
    assert losses[0] == found.chosen.yearly()
    assert losses[-1] == found.chosen.yearly(found.done)


def test_a_week_of_delay_costs_a_week_of_what_is_still_to_be_taken_away(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook()
    assert found.chosen is not None
    yearly = found.chosen.yearly() - found.chosen.yearly(found.done)
    assert found.week_of_delay(found.chosen) == pytest.approx(yearly * 7 / 365)


def test_what_is_finished_on_the_status_date_cannot_be_late_any_more(outlook: Callable[..., LossOutlook]) -> None:
    done = {"started": "2027-01-04", "finished": "2027-01-20"}
    tasks = dict.fromkeys(MFA_TASKS, done)
    found = outlook(timeline__start="2027-01-04", status__at="2027-02-10", status__tasks=tasks)
    assert found.today.on_frequency == 0.71
    assert found.credit_in(Month(2027, 2)).on_frequency == 0.71
    assert found.chosen is not None
    yearly = found.chosen.yearly(found.today) - found.chosen.yearly(found.done)
    assert found.week_of_delay(found.chosen) == pytest.approx(yearly * 7 / 365)


def test_a_plan_breaks_even_where_fewer_losses_make_up_for_three_years_of_cost(
    outlook: Callable[..., LossOutlook],
) -> None:
    found = outlook(losses__view="surveys")
    assert found.chosen is not None
    paid = found.break_even(found.chosen)
    assert paid is not None
    left = sum(credit.left_of_mean(found.chosen.severity) for credit in found.during) / 12
    assert paid.avoided == pytest.approx(0.15 * (3 - left))
    assert paid.loss * paid.avoided == pytest.approx(float(paid.cost))


@pytest.mark.parametrize("more", [{}, {"timeline__mode": "capacity", "timeline__internal_days_per_week": 0.5}])
@pytest.mark.parametrize("horizon", [12, 36, 60])
def test_three_years_cost_what_the_plan_costs_over_36_months_whatever_its_horizon(
    outlook: Callable[..., LossOutlook], horizon: int, more: dict[str, Any]
) -> None:
    found = outlook(finance__horizon_months=horizon, **more)
    assert found.chosen is not None
    paid = found.break_even(found.chosen)
    assert paid is not None
    assert paid.cost == outlook(**more).figures.horizon_total
    assert min(paid.once, paid.recurring) > 0


def test_without_labour_nothing_is_said_of_breaking_even(outlook: Callable[..., LossOutlook]) -> None:
    found = outlook(shows_labour=False)
    assert found.chosen is not None
    assert found.break_even(found.chosen) is None


def test_there_is_no_outlook_without_a_schedule_or_without_figures(
    case: Callable[..., Case], phase_model: PhaseModel
) -> None:
    older = case(replace(phase_model, losses=LossData()))
    assert outlook_of(plan_of(older), older) is None
    stopped = case(tasks__edits={task: {"in_scope": False} for task in phase_model.by_id})
    assert outlook_of(plan_of(stopped), stopped) is None


def test_a_control_that_there_is_not_is_refused_with_those_that_there_are(case: Callable[..., Case]) -> None:
    with pytest.raises(ScenarioError, match="Did you mean"):
        case(losses__on_frequency={"mfas": 0.5})
    with pytest.raises(ScenarioError, match="there is no control"):
        case(losses__on_severity={"nobody": 0.5})


def test_a_plan_whose_model_has_no_figures_keeps_own_relative_risks(
    case: Callable[..., Case], phase_model: PhaseModel
) -> None:
    asked = case(replace(phase_model, losses=LossData()), losses__on_frequency={"mfa": 0.5})
    assert controls_of(plan_of(asked), asked) == ()


def test_where_nothing_has_a_price_there_is_no_break_even() -> None:
    given = situation("no price at all")
    found = outlook_of(given.plan, given.case)
    assert found is not None
    assert found.chosen is not None
    assert found.break_even(found.chosen) is None
