"""A company with a year of actuals, worked out by hand (M27).

Ten people, without days off, one consultant at EUR 1,000 a day who does everything, contingency 10 %, and twelve
months from Monday, 4 January 2027:

    mfa_rollout   20 days    4 January to 29 January     10 licences at 12.00, prepaid: 1,440.00 in January
                                                         10 trainings at 30.00: 300.00
    admin_mfa     20 days    1 February to 26 February   2 keys at 1,000.00: 2,000.00
    docs          20 days    1 March to 26 March

                 January     February    March       all
    licence       1,440.00                            1,440.00   120.00 a month, used up by December
    training        300.00                              300.00
    hardware                  2,000.00                2,000.00
    consultant   20,000.00   20,000.00   20,000.00   60,000.00
    contingency   2,030.00    2,200.00    2,000.00    6,230.00   10 % of all but licences
                 23,770.00   24,200.00   22,000.00   69,970.00

On 31 March, mfa_rollout is done as planned. admin_mfa runs since 8 February, 15 working days in February and 23 in
March; as March is closed, the 12 that are left begin on 1 April and end on 16 April. 20,000.00 by 50 days are 6,000.00
for February, 9,200.00 for March and 4,800.00 for April. docs follows from 19 April to 14 May, ten days a month. The
keys are bought in February, when admin_mfa began. January to March are closed, 41,080.00 are booked there instead of
38,940.00:

                 planned     booked
    licence       1,440.00    1,560.00   January   130.00 a month, used up by December
    training        300.00      270.00   January
    consultant   20,000.00   22,000.00   January
    hardware      2,000.00    2,400.00   February
    consultant    6,000.00    6,000.00   February
    hardware                   -150.00   March     a credit
    consultant    9,200.00    9,000.00   March
                 38,940.00   41,080.00   2,140.00 more: of 6,230.00 contingency, 4,090.00 are left

To come: 4,800.00 + 10,000.00 in April and 10,000.00 in May, with contingency 16,280.00 and 11,000.00, 27,280.00.
The forecast is 41,080.00 + 27,280.00 = 68,360.00. 1,000.00 that are booked in April change nothing yet.

At the gate, 14 May, 68,360.00 - 7 x 130.00 = 67,450.00 are spent and 910.00 to come. The contract binds 7 x 120.00 =
840.00 beyond it, all of which is paid.

The consultant's 60 days: 20 and 20 x 38 / 50 = 15.2 are earned, 22 and 22 spent: 35.2 / 44 = 0.8. At that rate, 60
days take 75.

On 31 December all is done, admin_mfa on 16 April and docs from 19 April to 14 May, and every month is closed:
5,000.00 for admin_mfa and 10,000.00 for docs in April, 9,000.00 without a task in May, 99.00 for monitoring that
nobody planned in July: 41,080.00 + 24,099.00 = 65,179.00 of 38,940.00 + 4,800.00 + 20,000.00 = 63,740.00.
1,439.00 more leave 4,791.00. No contingency is part of the sum any more. The first open month is January 2028, when
the licences are bought anew at the price of the book: 120.00 a month.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.builders import SIGN_IN, SUITE, book, day_rate, model, plan, price, quiet, task
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.progress import ContingencyUse
from zt_planner.engine.costing.budget import accrual, cash_by_month, payment, sum_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.engine.stages import stages_of
from zt_planner.engine.under_way.earned_value import ExternalDays, MoneyRow, external_days, money_status

BOOK = book(
    price("suite", 12, grants=(*SUITE, *SIGN_IN), term="annual_prepaid"),
    price("awareness-user", 30, vendor="various", unit="user", term="one_off", category="training"),
    price("fido2-key", 1000, vendor="various", unit="piece", term="one_off", category="hardware"),
    day_rate("external-day", 1000),
    day_rate("internal-day", 500),
)
CHAIN = model(
    task("mfa_rollout", days=20, external_share=1, needs=("mfa",), reach="everyone"),
    task("admin_mfa", days=20, external_share=1, after=("mfa_rollout",)),
    task("docs", days=20, external_share=1, after=("admin_mfa",)),
    size_exponent="0",
)
COMPANY: dict[str, Any] = {
    "company__employees": 10,
    "company__admins": 1,
    "choices__billing": "annual_prepaid",
    "choices__monitoring": "none",
    "labour__coordination_share": {"internal": 0, "external": 0},
    "finance__contingency": Decimal("0.1"),
    "finance__horizon_months": 12,
}
BY_MARCH = {
    "2027-01/licence/mfa_rollout": "1560.00",
    "2027-01/training/": "270.00",
    "2027-01/consultant/mfa_rollout": "22000.00",
    "2027-02/hardware/admin_mfa": "2400.00",
    "2027-02/consultant/admin_mfa": "6000.00",
    "2027-03/hardware/admin_mfa": "-150.00",
    "2027-03/consultant/admin_mfa": "9000.00",
}
LATER = {
    "2027-04/consultant/admin_mfa": "5000.00",
    "2027-04/consultant/docs": "10000.00",
    "2027-05/consultant/": "9000.00",
    "2027-07/monitoring/": "99.00",
}
ROLLOUT = {"started": date(2027, 1, 4), "finished": date(2027, 1, 29), "spent_external": Decimal(22)}
KEYS = {"started": date(2027, 2, 8), "remaining_days": 12, "spent_external": Decimal(22)}


def as_of(day: date, months: int, bookings: dict[str, str], **tasks: dict[str, Any]) -> Plan:
    """Return the plan on a day, its first months closed."""
    closed = tuple(f"2027-{month:02d}" for month in range(1, months + 1))
    status = {"status__at": day, "status__closed": closed, "status__bookings": bookings, "status__tasks": tasks}
    return plan(quiet(**COMPANY, **status), BOOK, CHAIN)


def on_31_march() -> Plan:
    """Return the plan as of 31 March: one task done, one running, three months closed."""
    bookings = {**BY_MARCH, "2027-04/consultant/admin_mfa": "1000.00"}
    return as_of(date(2027, 3, 31), 3, bookings, mfa_rollout=ROLLOUT, admin_mfa=KEYS)


def on_31_december() -> Plan:
    """Return the plan as of 31 December: all is done, every month closed."""
    keys = {"started": date(2027, 2, 8), "finished": date(2027, 4, 16)}
    docs = {"started": date(2027, 4, 19), "finished": date(2027, 5, 14)}
    return as_of(date(2027, 12, 31), 12, BY_MARCH | LATER, mfa_rollout=ROLLOUT, admin_mfa=keys, docs=docs)


def figures(made: Plan) -> Headlines:
    return made.headlines


def cash(made: Plan, view: Callable[[CostLine], Month]) -> dict[str, str]:
    sums = cash_by_month(made.cost_lines, made.months, view)
    return {str(month): str(amount) for month, amount in sums.items() if amount}


def test_before_the_start_the_plan_is_as_agreed() -> None:
    made = plan(quiet(**COMPANY), BOOK, CHAIN)
    assert cash(made, payment) == {"2027-01": "23770.00", "2027-02": "24200.00", "2027-03": "22000.00"}
    assert figures(made).introduction_budget == figures(made).horizon_total == Decimal("69970.00")
    assert money_status(made) == ()
    assert made.contingency is None


def test_after_three_closed_months_the_forecast_is_what_was_booked_and_what_is_planned() -> None:
    made = on_31_march()
    assert figures(made).finish_date == date(2027, 5, 14)
    assert cash(made, payment) == {
        "2027-01": "23830.00",
        "2027-02": "8400.00",
        "2027-03": "8850.00",
        "2027-04": "16280.00",
        "2027-05": "11000.00",
    }
    later = {f"2027-{month:02d}": "130.00" for month in range(6, 13)}
    assert cash(made, accrual) == {
        "2027-01": "22400.00",
        "2027-02": "8530.00",
        "2027-03": "8980.00",
        "2027-04": "16410.00",
        "2027-05": "11130.00",
        **later,
    }
    assert figures(made).introduction_budget == figures(made).horizon_total == Decimal("68360.00")
    assert figures(made).one_off_total == Decimal("66800.00")
    assert figures(made).recurring_first_year == Decimal("1560.00")
    assert figures(made).run_rate_monthly == Decimal("130.00")
    assert made.contingency == ContingencyUse(Decimal("6230.00"), Decimal("2140.00"))
    assert made.contingency.left == Decimal("4090.00")
    drawn = simulate(made, draws=20)
    assert drawn is not None
    assert {drawn.introduction_at(share) for share in (0.05, 1)} == {Decimal("65880.00")}


def test_what_is_bound_at_the_gate_follows_from_the_contract_and_is_paid() -> None:
    (stage,) = stages_of(on_31_march())
    assert (stage.gate, sum_of(stage.spent)) == (date(2027, 5, 14), Decimal("67450.00"))
    assert (sum_of(stage.to_come), sum_of(stage.a_month)) == (Decimal("910.00"), Decimal("130.00"))
    assert (sum_of(stage.committed), stage.to_pay) == (Decimal("840.00"), ())


def test_the_rows_say_what_was_planned_what_was_booked_and_what_counts() -> None:
    result = money_status(on_31_march())
    assert [row for row in result if row.month in {Month(2027, 3), Month(2027, 4)}] == [
        MoneyRow(Month(2027, 3), CostCategory.HARDWARE, Decimal(0), Decimal(-150), Decimal(-150), is_closed=True),
        MoneyRow(Month(2027, 3), CostCategory.CONSULTANT, Decimal(9200), Decimal(9000), Decimal(9000), is_closed=True),
        MoneyRow(Month(2027, 3), CostCategory.CONTINGENCY, Decimal(920), Decimal(0), Decimal(0), is_closed=True),
        MoneyRow(
            Month(2027, 4), CostCategory.CONSULTANT, Decimal(14800), Decimal(1000), Decimal(14800), is_closed=False
        ),
        MoneyRow(Month(2027, 4), CostCategory.CONTINGENCY, Decimal(1480), None, Decimal(1480), is_closed=False),
    ]
    assert sum(row.forecast for row in result) == Decimal("68360.00")
    assert external_days(on_31_march()) == ExternalDays(
        Fraction(60), Fraction("35.2"), Fraction(44), Fraction("0.8"), Fraction(75)
    )


def test_at_the_end_of_the_year_only_what_was_booked_counts() -> None:
    made = on_31_december()
    assert figures(made).finish_date == date(2027, 5, 14)
    assert figures(made).introduction_budget == figures(made).horizon_total == Decimal("65179.00")
    assert figures(made).run_rate_monthly == Decimal("120.00")
    assert made.contingency is not None
    assert (made.contingency.overruns, made.contingency.left) == (Decimal("1439.00"), Decimal("4791.00"))
    assert all(line.is_actual for line in made.cost_lines if line.is_cash)
    docs = [line for line in made.cost_lines if line.task_id == "docs"]
    assert [(str(line.month), line.amount) for line in docs] == [
        ("2027-04", Decimal("10000.00")),
        ("2027-05", Decimal("9000.00")),
    ]
