"""What is doubtful about a scenario or its plan: one question a function.

Each check yields the findings of one topic. Decides nothing about words (`topics.findings.findings`). Laws: a check
changes no figure; prices are gathered into one finding a kind, with the share of the total that depends on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Capability, DayRate, Vendor
from zt_planner.domain.finding import Code, Fact, Finding, Rests, Severity
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.money import exact_decimal, rounded
from zt_planner.domain.month import Month, add_months, months_from
from zt_planner.domain.plan import CostLine, Holding, Mix, PointCoverage
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import (
    IdentityProvider,
    Mode,
    Monitoring,
    Operator,
    RemoteAccess,
    RiskAccess,
    Running,
    Scenario,
)
from zt_planner.engine.case import Case
from zt_planner.engine.costing.budget import cash_by_month, payment
from zt_planner.engine.costing.purchases import Recurrence, purchases_of
from zt_planner.engine.costing.trust import Mark, marks_of, rests_on_assumed_days, share_of, total_size
from zt_planner.engine.licensing.bundles import SUITE, Offer, cost_of, seat_caps
from zt_planner.engine.licensing.licences import ENDPOINT_ADD_ONS, Licensing, own_vendors
from zt_planner.engine.licensing.seats import SeatChange, Seats
from zt_planner.engine.operation import activities_of
from zt_planner.engine.scheduling.calendar import are_holidays_known
from zt_planner.engine.scheduling.effort import is_unnecessary, remaining_after
from zt_planner.engine.scheduling.timeline import Schedule

FEWEST_PEOPLE, MOST_PEOPLE = 50, 500
SHORTEST_MONTHS, LONGEST_MONTHS = 6, 12


def company_findings(case: Case) -> Iterator[Finding]:
    """Is the company of the size that the figures were made for?"""
    employees = case.scenario.company.employees
    if not FEWEST_PEOPLE <= employees <= MOST_PEOPLE:
        facts: dict[str, Fact] = {"employees": employees, "fewest": FEWEST_PEOPLE, "most": MOST_PEOPLE}
        yield Finding(Code.COMPANY_OUTSIDE_RANGE, Severity.INFO, facts)
    if not any(case.size.replaced):
        yield Finding(Code.HARDWARE_FULL_REUSE, Severity.INFO, {"sites": case.size.counts.sites})


def own_price_findings(case: Case) -> Iterator[Finding]:
    """Is a price set more than once? Amounts come before own rows, of day rates the region's first (M2, M16)."""
    overrides, rates = case.scenario.prices.overrides, case.scenario.labour.own_rates
    for price_id in (*rates, *(key for key in overrides if key not in DAY_RATES)):
        ids = case.prices.external_days if price_id is DayRate.EXTERNAL else (price_id,)
        rate = rates.get(DayRate(price_id)) if price_id in rates else None
        amounts = [(key, overrides[key]) for key in ids if key in overrides]
        amounts += [] if rate is None else [(price_id, rate)]
        if not amounts:
            continue
        (used, amount), *unused = amounts
        unused += [(key, own.amount) for key in ids for own in case.prices.own_row_prices(key, case.horizon)]
        for other_id, other in [(key, other) for key, other in unused if other != amount][:1]:
            facts: dict[str, Fact] = {"price_id": used, "override": amount, "other_id": other_id, "other": other}
            yield Finding(Code.PRICE_TWO_OWN_PRICES, Severity.WARNING, facts)


def no_effect_findings(case: Case) -> Iterator[Finding]:
    """Which own prices does the plan buy nothing at, and which tasks have own figures but are dropped by a choice?"""
    given, ranges = case.scenario.tasks, case.scenario.uncertainty
    with_figures = {key for key, edit in given.edits.items() if edit.has_figures}
    with_figures |= ranges.effort_ranges.keys() | ranges.wait_ranges.keys()
    tasks = tuple(
        task.name
        for task in case.model.tasks
        if task.id in with_figures
        and given.given_for(task.id).in_scope is None
        and is_unnecessary(task, case.scenario, case.size)
    )
    prices = tuple(sorted(case.scenario.prices.overrides.keys() - prices_in_use(case)))
    if tasks or prices:
        yield Finding(Code.SCENARIO_NO_EFFECT, Severity.INFO, {"tasks": tasks, "prices": prices})


def prices_in_use(case: Case) -> set[str]:
    """Return the prices that a plan uses: of licences all, as the mix compares them."""
    planned, done = {work.task.id for work in case.task_works}, {task.id for task in case.done}
    rows = case.prices.book.rows_by_id
    owned = {licence.licence for licence in case.scenario.company.owned_licences}
    in_mix = {key for key, of_id in rows.items() if of_id[-1].is_in_mix}
    used: set[str] = {*case.prices.external_days, DayRate.INTERNAL, *in_mix, *owned}
    for purchase in purchases_of(case.scenario, case.size):
        is_recurring = purchase.recurrence is not Recurrence.ONCE
        is_begun = purchase.task_id in planned or (purchase.task_id in done and is_recurring)
        if (is_begun or purchase.is_after_finish) and not purchase.is_kept:
            both = (purchase, purchase.or_per_unit)
            used |= {one.price_id for one in both if one is not None and one.is_bought}
    return used


def timeline_findings(scenario: Scenario, schedule: Schedule, headlines: Headlines) -> Iterator[Finding]:
    """Is the finish possible, and within the usual 6 to 12 months?"""
    timeline = scenario.timeline
    if schedule.missed_by is not None:
        facts: dict[str, Fact] = {
            "deadline": schedule.deadline,
            "finish": schedule.late_finish or headlines.finish_date,
            "binds": schedule.missed_by,
        }
        if schedule.late_finish is not None and timeline.confidence.share is not None:
            facts["sure"] = Decimal(str(timeline.confidence.share))
        yield Finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE, Severity.WARNING, facts)
    start, finish = headlines.start_date, headlines.finish_date
    target = timeline.target_months if timeline.mode is Mode.DEADLINE else None
    is_target_odd = target is not None and not SHORTEST_MONTHS <= target <= LONGEST_MONTHS
    is_early = finish < add_months(start, SHORTEST_MONTHS)
    is_late = finish >= add_months(start, LONGEST_MONTHS)
    if is_target_odd or is_early or is_late:
        facts = {
            "months": headlines.duration_months,
            "target": target if is_target_odd else None,
            "fewest": SHORTEST_MONTHS,
            "most": LONGEST_MONTHS,
        }
        yield Finding(Code.TIMELINE_OUTSIDE_RANGE, Severity.INFO, facts)


def levelling_findings(case: Case, finish: date) -> Iterator[Finding]:
    """Is all done by the day on which it must be, and are levelled dates those of this plan (M20)?"""
    levelling = case.scenario.levelling
    if levelling.finish_by is not None and finish > levelling.finish_by:
        missed: dict[str, Fact] = {"day": levelling.finish_by, "finish": finish}
        yield Finding(Code.TIMELINE_FINISH_BY_MISSED, Severity.WARNING, missed)
    if not levelling.starts:
        return
    if case.scenario.timeline.mode is Mode.DEADLINE and levelling.basis != case.basis:
        yield Finding(Code.TIMELINE_LEVELLING_SET_ASIDE, Severity.INFO)
    elif not case.is_levelled_for:
        yield Finding(Code.TIMELINE_LEVELLING_OUTDATED, Severity.WARNING)


def calendar_findings(scenario: Scenario, start: date, finish: date) -> Iterator[Finding]:
    """Does the holidays library know the region's holidays in every year of the plan?"""
    region = scenario.timeline.region
    unknown = [year for year in range(start.year, finish.year + 1) if not are_holidays_known(region, year)]
    if region is not None and unknown:
        facts: dict[str, Fact] = {"region": region, "years": tuple(str(year) for year in unknown)}
        yield Finding(Code.TIMELINE_HOLIDAYS_UNKNOWN, Severity.WARNING, facts)


def cap_findings(scenario: Scenario, lines: Sequence[CostLine], months: Sequence[Month]) -> Iterator[Finding]:
    """Do the payments of each month keep below the monthly cap?"""
    cap = scenario.finance.monthly_cap
    if cap is None:
        return
    by_month = cash_by_month(lines, months, payment)
    above = tuple(month for month in months if by_month[month] > cap)
    if above:
        largest = max(by_month[month] for month in above)
        yield Finding(Code.FINANCE_CAP_EXCEEDED, Severity.WARNING, {"cap": cap, "months": above, "largest": largest})


def cash_lines(lines: Iterable[CostLine]) -> Iterator[CostLine]:
    return (line for line in lines if line.is_cash)


def what_if_findings(scenario: Scenario) -> Iterator[Finding]:
    """Are list prices changed by a what-if?"""
    if scenario.prices.rise:
        facts: dict[str, Fact] = {"rise": scenario.prices.rise, "day": scenario.prices.rise_from}
        yield Finding(Code.PRICE_WHAT_IF, Severity.INFO, facts)


def price_findings(lines: Sequence[CostLine], scenario: Scenario, today: date) -> Iterator[Finding]:
    """Which prices are missing, stale or assumed, and how much of the cash of the horizon depends on them?"""
    day, months = scenario.prices.known_on(today), scenario.finance.horizon_months
    unpriced = (line for line in lines if line.amount is None and line.category is not CostCategory.CONTINGENCY)
    missing = tuple(dict.fromkeys(line.price_id for line in unpriced))
    if missing:
        yield Finding(Code.PRICE_MISSING, Severity.WARNING, {"prices": missing})
    priced = [(line, line.unit_price) for line in lines if line.unit_price is not None and line.amount]
    # Many lines share a price, and are told apart by identity: to compare two prices costs more than to judge one.
    marks = {key: marks_of(price, day) for key, price in {id(price): price for _, price in priced}.items()}
    stale = [line for line, price in priced if Mark.STALE in marks[id(price)]]
    assumed = [line for line, price in priced if Mark.ASSUMED in marks[id(price)]]
    extrapolated = [line for line, price in priced if price.rate_extrapolated]
    whole = total_size(cash_lines(lines))
    for code, severity, of_code in (
        (Code.PRICE_STALE, Severity.WARNING, stale),
        (Code.PRICE_ASSUMED, Severity.WARNING, assumed),
        (Code.FX_EXTRAPOLATED, Severity.INFO, extrapolated),
    ):
        if of_code:
            ids = tuple(dict.fromkeys(line.price_id for line in of_code))
            share = share_of(total_size(cash_lines(of_code)), whole)
            facts: dict[str, Fact] = {"prices": ids, "share": share, "horizon": months, "rests": what_rests(of_code)}
            yield Finding(code, severity, facts)


def effort_findings(lines: Sequence[CostLine], scenario: Scenario) -> Iterator[Finding]:
    """How much of the cash depends on consultant's days that nobody has offered?"""
    assumed = [line for line in lines if line.amount and rests_on_assumed_days(line, scenario)]
    if assumed:
        share = share_of(total_size(assumed), total_size(cash_lines(lines)))
        days = rounded(sum((line.quantity for line in assumed), Fraction(0)), 0)
        facts: dict[str, Fact] = {"share": share, "horizon": scenario.finance.horizon_months, "days": int(days)}
        yield Finding(Code.EFFORT_ASSUMED, Severity.WARNING, facts)


def what_rests(lines: Iterable[CostLine]) -> Rests:
    """Tell whether lines are money, effort or both."""
    kinds = {line.is_cash for line in lines}
    return Rests.BOTH if len(kinds) > 1 else Rests.MONEY if True in kinds else Rests.EFFORT


def licence_findings(scenario: Scenario, licensing: Licensing) -> Iterator[Finding]:
    """Is the mix allowed, and what does it assume about the licences that people have today?"""
    yield from owned_findings(licensing)
    if licensing.mix is None:
        missing = tuple(str(capability) for capability in licensing.missing)
        provider = str(scenario.choices.identity_provider)
        yield Finding(Code.LICENCE_NO_MIX, Severity.BLOCKING, {"capabilities": missing, "provider": provider})
        return
    yield from replaced_findings(scenario, licensing, licensing.mix)
    yield from seat_cap_findings(licensing, licensing.mix)
    lacking = people_without_entra_p1(licensing, licensing.mix)
    if scenario.choices.remote_access is RemoteAccess.APP_PROXY and lacking:
        yield Finding(Code.REMOTE_ACCESS_NEEDS_P1, Severity.WARNING, {"people": lacking})
    yield from mixed_tenant_findings(licensing, licensing.mix)
    yield from missing_product_findings(scenario, licensing, licensing.mix)


def owned_findings(licensing: Licensing) -> Iterator[Finding]:
    """Are there seats of owned licences that nobody takes, or more than a cap allows?"""
    today = licensing.today
    for code, seats in ((Code.LICENCE_OWNED_UNUSED, today.unused), (Code.LICENCE_OWNED_ABOVE_CAP, today.above_cap)):
        for licence, count in seats.items():
            facts: dict[str, Fact] = {"licence": licence, "seats": count, "cap": licensing.offers[licence].cap}
            yield Finding(code, Severity.WARNING, facts)


def replaced_findings(scenario: Scenario, licensing: Licensing, mix: Mix) -> Iterator[Finding]:
    """What does giving licences back assume: that they can be ended, that mail and files move, that nothing is lost?"""
    replaced = Counter[str]()
    for holding in mix.holdings:
        replaced.update({licence.product: holding.count for licence in holding.replaced if licence.until is None})
    for licence_id, people in replaced.items():
        yield Finding(Code.LICENCE_CREDIT_ASSUMED, Severity.INFO, {"licence": licence_id, "people": people})
    yield from suite_change_findings(licensing, mix)
    if licensing.lost:
        lost = tuple(sorted(map(str, licensing.lost)))
        facts: dict[str, Fact] = {"capabilities": lost, "provider": str(scenario.choices.identity_provider)}
        yield Finding(Code.LICENCE_CAPABILITY_LOST, Severity.WARNING, facts)
    own = own_vendors(scenario.choices.identity_provider, licensing.suite_vendor)
    saving = sum(holding.count for holding in mix.holdings if pays_less(holding, licensing, own))
    if saving:
        yield Finding(Code.LICENCE_SAVES, Severity.INFO, {"people": saving})


def suite_change_findings(licensing: Licensing, mix: Mix) -> Iterator[Finding]:
    """Whose mail and files move to another vendor?"""
    moved = Counter[str]()
    for holding in mix.holdings:
        for licence in (*holding.kept, *holding.replaced):
            offer = licensing.offers[licence.product]
            if offer.grants & SUITE and licensing.suite_vendor not in {None, offer.vendor}:
                moved[licence.product] += holding.count
    for licence_id, people in moved.items():
        vendor = licensing.offers[licence_id].vendor
        facts: dict[str, Fact] = {"licence": licence_id, "vendor": vendor, "people": people}
        yield Finding(Code.LICENCE_SUITE_CHANGE, Severity.WARNING, facts)


def pays_less(holding: Holding, licensing: Licensing, own: frozenset[str]) -> bool:
    """Tell whether what people get costs less than what they give back of the provider's own products."""
    bought = cost_of(licensing.offers[product] for product in holding.products)
    replaced = (licensing.offers[licence.product] for licence in holding.replaced)
    return bought < cost_of(offer for offer in replaced if offer.vendor in own)


def missing_product_findings(scenario: Scenario, licensing: Licensing, mix: Mix) -> Iterator[Finding]:
    """Who has no Teams, whose risk does no product judge, and do two endpoint products meet in one tenant?"""
    offers = licensing.offers
    without = sum(
        holding.count
        for holding in mix.holdings
        if any(offers[key].is_suite and offers[key].vendor == Vendor.MICROSOFT for key in holding.held)
        and not any(Capability.TEAMS in offers[key].grants for key in holding.held)
    )
    if without:
        yield Finding(Code.LICENCE_NO_TEAMS, Severity.WARNING, {"people": without})
    choices = scenario.choices
    if choices.risk_access is not RiskAccess.NONE and choices.identity_provider is not IdentityProvider.ENTRA:
        yield Finding(Code.LICENCE_NO_RISK_ACCESS, Severity.INFO, {"provider": str(choices.identity_provider)})
    held = {key for holding in mix.holdings for key in holding.held}
    if held & ENDPOINT_ADD_ONS and len({endpoint_kind(offers[key]) for key in held} - {None}) > 1:
        yield Finding(Code.LICENCE_TWO_ENDPOINT_PRODUCTS, Severity.WARNING, {})


ENDPOINT_BUSINESS = frozenset({"m365-business-premium", "ms-business", "defender-business"})
"""Ids and families of the licences that run on Defender for Business; all others of Microsoft run on Endpoint."""


def endpoint_kind(offer: Offer) -> str | None:
    """Return on which endpoint product of Microsoft's a licence runs; None for one without."""
    if Capability.EDR not in offer.grants or offer.vendor != Vendor.MICROSOFT:
        return None
    return "business" if {offer.id, offer.family} & ENDPOINT_BUSINESS else "endpoint"


def paid_twice_findings(case: Case, seats: Iterable[Seats]) -> Iterator[Finding]:
    """In which months do old and new licences run side by side, and what do the old ones cost in them?"""
    by_licence: dict[str, list[tuple[Month, Decimal | None]]] = {}
    for some in seats:
        if some.change is SeatChange.CREDITED:
            for month in months_from(some.asked, some.asked.until(some.first)):
                price = case.prices.price_of(some.product, month)
                amount = None if price is None else price.amount * some.count
                by_licence.setdefault(some.product, []).append((month, amount))
    for licence, paid in by_licence.items():
        amounts = [amount for _, amount in paid]
        facts: dict[str, Fact] = {
            "licence": licence,
            "from": min(month for month, _ in paid).first_day,
            "until": max(month for month, _ in paid).last_day,
            "amount": None if None in amounts else sum(filter(None, amounts)),
        }
        yield Finding(Code.LICENCE_PAID_TWICE, Severity.WARNING, facts)


def running_findings(scenario: Scenario) -> Iterator[Finding]:
    """What runs at the company that the plan does not choose?"""
    choices, running = scenario.choices, scenario.company.running
    chosen = {
        Running.SIEM: choices.monitoring.has_siem,
        Running.MDR: choices.monitoring.has_mdr,
        Running.ZTNA: choices.remote_access is RemoteAccess.ZTNA,
        Running.TRAINING: True,
        Running.MANAGED_SERVICE: choices.operation is Operator.PARTNER,
    }
    unused = tuple(str(what) for what in running if not chosen[what])
    if unused:
        yield Finding(Code.RUNNING_NOT_CHOSEN, Severity.INFO, {"running": unused})


def device_findings(case: Case) -> Iterator[Finding]:
    """Who manages Macs where Google's own device management does all else?"""
    company, provider = case.scenario.company, case.scenario.choices.identity_provider
    if company.macs and provider is IdentityProvider.GOOGLE:
        yield Finding(Code.DEVICES_MACS_UNMANAGED, Severity.WARNING, {"macs": company.macs})


def done_findings(case: Case) -> Iterator[Finding]:
    """Is something done that the plan does not have, or before what it waits for?"""
    known = {task.id for task in case.tasks}
    given = case.scenario.tasks.given_for
    nowhere = tuple(task.name for task in case.model.tasks if given(task.id).done and task.id not in known)
    if nowhere:
        yield Finding(Code.TASKS_DONE_WITHOUT_TASK, Severity.INFO, {"tasks": nowhere})
    left = {work.task.id: work.task.name for work in case.task_works}
    after = remaining_after(case.model, known, ())
    early = {task: [left[before] for before in after[task.id] if before in left] for task in case.done}
    if any(early.values()):
        names = tuple(task.name for task, others in early.items() if others)
        others = tuple(dict.fromkeys(chain.from_iterable(early.values())))
        yield Finding(Code.TASKS_DONE_BEFORE, Severity.WARNING, {"tasks": names, "others": others})


def seat_cap_findings(licensing: Licensing, mix: Mix) -> Iterator[Finding]:
    """Does a seat cap decide who gets what?"""
    caps = seat_caps(licensing.offers.values())
    for family, used in mix.family_seats.items():
        if family in caps and used >= caps[family]:
            facts: dict[str, Fact] = {"family": family, "cap": caps[family]}
            yield Finding(Code.LICENCE_SEAT_CAP, Severity.INFO, facts)


def people_without_entra_p1(licensing: Licensing, mix: Mix) -> int:
    """Return how many people do not hold Entra ID P1: what lets a Microsoft licence grant conditional access."""
    has_p1 = {
        key
        for key, offer in licensing.offers.items()
        if offer.vendor == Vendor.MICROSOFT and Capability.CONDITIONAL_ACCESS in offer.grants
    }
    return sum(holding.count for holding in mix.holdings if not has_p1.intersection(holding.held))


def mixed_tenant_findings(licensing: Licensing, mix: Mix) -> Iterator[Finding]:
    """Does one tenant have suites with a seat cap and others without?"""
    capped = uncapped = 0
    for holding in mix.holdings:
        held = (licensing.offers[key] for key in holding.held)
        suite = next((offer for offer in held if Capability.OFFICE in offer.grants), None)
        if suite is not None and suite.cap is not None:
            capped += holding.count
        elif suite is not None:
            uncapped += holding.count
    if capped and uncapped:
        facts: dict[str, Fact] = {"capped": capped, "uncapped": uncapped}
        yield Finding(Code.LICENCE_MIXED_TENANT, Severity.WARNING, facts)


def governance_findings(case: Case) -> Iterator[Finding]:
    """Who governs Google's roles?"""
    if case.scenario.choices.identity_provider is IdentityProvider.GOOGLE:
        yield Finding(Code.LICENCE_NO_PIM, Severity.INFO, {})


def watching_findings(case: Case) -> Iterator[Finding]:
    """Who watches once all is done?"""
    monitoring = case.scenario.choices.monitoring
    if monitoring is Monitoring.NONE:
        yield Finding(Code.MONITORING_NONE, Severity.WARNING, {})
    elif monitoring is Monitoring.SIEM:
        watching = [days for row, days in activities_of(case) if row.monitoring]
        if watching:
            facts: dict[str, Fact] = {"days": exact_decimal(sum(watching))}
            yield Finding(Code.OPERATION_UNWATCHED, Severity.WARNING, facts)


def remote_access_findings(scenario: Scenario) -> Iterator[Finding]:
    """What does a VPN that stays leave open?"""
    if scenario.choices.remote_access is RemoteAccess.VPN:
        yield Finding(Code.REMOTE_ACCESS_VPN_KEPT, Severity.WARNING, {})


def coverage_findings(model: PhaseModel, coverage: Sequence[PointCoverage]) -> Iterator[Finding]:
    """Of which points was a main task left out or chosen away?"""
    short = [covered for covered in coverage if covered.missing_tasks]
    if short:
        missing = dict.fromkeys(task_id for covered in short for task_id in covered.missing_tasks)
        names = tuple(model.by_id[task_id].name for task_id in missing if task_id in model.by_id)
        facts: dict[str, Fact] = {"points": tuple(covered.point for covered in short), "tasks": names}
        yield Finding(Code.NIS2_MAIN_TASK_MISSING, Severity.WARNING, facts)


def registration_findings(day: date | None, today: date) -> Iterator[Finding]:
    """Is the day over by which the company had to register, where the law probably applies?"""
    if day is not None and day < today:
        yield Finding(Code.NIS2_REGISTRATION_OVERDUE, Severity.WARNING, {"day": day})


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by severity, the gravest first, otherwise in the given order."""
    ranks = list(Severity)
    return tuple(sorted(findings, key=lambda finding: ranks.index(finding.severity)))
