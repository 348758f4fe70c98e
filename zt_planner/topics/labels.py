"""The field's words as the reader sees them: one translatable label for each value of a list."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory, Kind, Treatment
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.data.price_book import (
    ORIGIN_OF,
    Audience,
    Capability,
    Category,
    Confidence,
    Origin,
    PriceUnit,
    Term,
)
from zt_planner.domain.data.rules import Sector, Who
from zt_planner.domain.finding import Severity
from zt_planner.domain.headlines import Amount
from zt_planner.domain.money import rounded
from zt_planner.domain.plan import ACTUAL, CostLine, CoverageState
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import (
    Billing,
    ConfidenceLevel,
    IdentityProvider,
    Mode,
    Monitoring,
    Operator,
    RemoteAccess,
    RiskAccess,
    Running,
    Segmentation,
    StepOrder,
)
from zt_planner.engine.costing.cost_lines import CONTINGENCY, LICENCES
from zt_planner.errors import msgid
from zt_planner.language import Capitalised, Labelled, Listed, Money, Number, Plural, Share, ShortDay, Span, Text, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from enum import StrEnum
    from fractions import Fraction

    from zt_planner.domain.data.price_book import ExchangeRate, PriceBook
    from zt_planner.domain.scenario.bookings import Booked
    from zt_planner.engine.plan import AnyPlan

NO_VENDORS = {"various": msgid("various"), "labour": msgid("no vendor")}
"""What stands in the price book where no vendor in particular sells it."""
LABELS: dict[str, str] = {
    Step.PREPARATION: msgid("Preparation"),
    Step.IDENTITIES: msgid("1 Identities"),
    Step.LEAST_PRIVILEGE: msgid("2 Least privilege"),
    Step.SEGMENTATION: msgid("3 Segmentation"),
    Step.DEVICES: msgid("4 Devices"),
    Step.MONITORING: msgid("5 Monitoring"),
    CostCategory.LICENCE: msgid("Licences"),
    CostCategory.MONITORING: msgid("Monitoring"),
    CostCategory.OPERATION: msgid("Operation"),
    CostCategory.HARDWARE: msgid("Hardware and keys"),
    CostCategory.TRAINING: msgid("Training"),
    CostCategory.CONSULTANT: msgid("Consultant"),
    CostCategory.CONTINGENCY: msgid("Contingency"),
    CostCategory.INTERNAL: msgid("Internal work"),
    Audience.FRONTLINE: msgid("Frontline people"),
    CoverageState.OPEN: msgid("open"),
    CoverageState.PARTLY: msgid("partly supported"),
    CoverageState.SUPPORTED: msgid("supported"),
    Treatment.RUNNING: msgid("Running cost"),
    Treatment.CAPITALISABLE: msgid("Could be capitalised"),
    Treatment.UNDECIDED: msgid("Undecided until it is spent"),
    Kind.ONE_OFF: msgid("once"),
    Kind.RECURRING: msgid("recurring"),
    Origin.DEFINITION: msgid("by definition"),
    Origin.VENDOR: msgid("from the vendor"),
    Origin.CATALOGUE: msgid("from the firm's own catalogue"),
    Origin.THIRD_PARTY: msgid("from a third party"),
    Origin.DERIVED: msgid("derived"),
    Origin.ASSUMED: msgid("assumed"),
    Term.ANNUAL_PREPAID: msgid("one year, paid in advance"),
    Term.ANNUAL_MONTHLY: msgid("one year, billed monthly"),
    Term.MONTHLY: msgid("monthly"),
    Term.ONE_OFF: msgid("one-off"),
    Term.USAGE: msgid("by usage"),
    "yes": msgid("yes"),
    "no": msgid("no"),
    Who.MANAGEMENT: msgid("management"),
    Who.IT: msgid("IT"),
    Severity.BLOCKING: msgid("Must be solved"),
    Severity.WARNING: msgid("Please check"),
    Severity.INFO: msgid("Good to know"),
}

CAPABILITIES: dict[str, str] = {
    Capability.OFFICE: msgid("office programs"),
    Capability.FRONTLINE_OFFICE: msgid("office programs for frontline people"),
    Capability.MAIL: msgid("mail"),
    Capability.SSO: msgid("single sign-on"),
    Capability.MFA: msgid("multi-factor authentication"),
    Capability.CONDITIONAL_ACCESS: msgid("conditional access"),
    Capability.MDM: msgid("device management"),
    Capability.EDR: msgid("protection of devices (EDR)"),
    Capability.PIM: msgid("just-in-time administration"),
    Capability.EMAIL_PROTECTION: msgid("protection of mail"),
    Capability.RISK_ACCESS: msgid("risk-based access"),
    Capability.SIEM: msgid("central log analysis (SIEM)"),
    Capability.MDR: msgid("managed detection and response (MDR)"),
    Capability.ZTNA: msgid("Zero Trust network access"),
    Capability.TEAMS: msgid("Teams"),
}

CHOICES: dict[type[StrEnum], dict[str, str]] = {
    Capability: CAPABILITIES,
    Category: {
        Category.LICENCE: msgid("Licences"),
        Category.HARDWARE: msgid("Hardware and keys"),
        Category.MONITORING: msgid("Monitoring"),
        Category.TRAINING: msgid("Training"),
        Category.OPERATION: msgid("Operation"),
        Category.LABOUR: msgid("labour"),
    },
    PriceUnit: {
        PriceUnit.USER_MONTH: msgid("user and month"),
        PriceUnit.SERVER_MONTH: msgid("server and month"),
        PriceUnit.SITE_MONTH: msgid("site and month"),
        PriceUnit.COMPANY_MONTH: msgid("company and month"),
        PriceUnit.ENDPOINT_MONTH: msgid("endpoint and month"),
        PriceUnit.PIECE: msgid("piece"),
        PriceUnit.SITE: msgid("site"),
        PriceUnit.USER: msgid("user"),
        PriceUnit.DAY: msgid("person-day"),
        PriceUnit.GIGABYTE: msgid("GB"),
    },
    TaskState: {
        TaskState.NOT_BEGUN: msgid("not begun"),
        TaskState.RUNNING: msgid("running"),
        TaskState.DONE: msgid("done"),
    },
    Sector: {
        Sector.ENERGY: msgid("Energy"),
        Sector.TRANSPORT: msgid("Transport"),
        Sector.BANKING: msgid("Banking"),
        Sector.FINANCIAL_MARKETS: msgid("Financial market infrastructure"),
        Sector.HEALTH: msgid("Health"),
        Sector.DRINKING_WATER: msgid("Drinking water"),
        Sector.WASTE_WATER: msgid("Waste water"),
        Sector.DIGITAL_INFRASTRUCTURE: msgid("Digital infrastructure"),
        Sector.ICT_SERVICES: msgid("IT services for companies (MSP, MSSP)"),
        Sector.PUBLIC_ADMINISTRATION: msgid("Public administration"),
        Sector.SPACE: msgid("Space"),
        Sector.POST: msgid("Post and couriers"),
        Sector.WASTE: msgid("Waste"),
        Sector.CHEMICALS: msgid("Chemicals"),
        Sector.FOOD: msgid("Food production and wholesale"),
        Sector.MANUFACTURING: msgid("Manufacturing: medical, electronics, machines, vehicles"),
        Sector.DIGITAL_PROVIDERS: msgid("Online marketplaces, search, social networks"),
        Sector.RESEARCH: msgid("Research"),
        Sector.OTHER: msgid("Another sector"),
    },
    # Short, so that a list in the sidebar shows them whole.
    IdentityProvider: {
        IdentityProvider.ENTRA: msgid("Microsoft Entra ID"),
        IdentityProvider.GOOGLE: msgid("Google Workspace"),
        IdentityProvider.OKTA: msgid("Okta"),
    },
    Billing: {
        Billing.ANNUAL_PREPAID: msgid("One year, paid in advance"),
        Billing.ANNUAL_MONTHLY: msgid("One year, billed monthly"),
        Billing.MONTHLY: msgid("Month by month"),
    },
    Monitoring: {
        Monitoring.NONE: msgid("None"),
        Monitoring.SIEM: msgid("SIEM"),
        Monitoring.MDR: msgid("MDR"),
        Monitoring.SIEM_AND_MDR: msgid("SIEM and MDR"),
    },
    RemoteAccess: {
        RemoteAccess.APP_PROXY: msgid("App proxy for web applications (Entra ID P1)"),
        RemoteAccess.ZTNA: msgid("Zero Trust network access"),
        RemoteAccess.VPN: msgid("VPN stays"),
    },
    Segmentation: {
        Segmentation.VLANS: msgid("Separate networks (VLANs)"),
        Segmentation.MICRO: msgid("Host firewalls on top"),
    },
    Operator: {
        Operator.OWN: msgid("Your own team"),
        Operator.PARTNER: msgid("A partner"),
    },
    RiskAccess: {
        RiskAccess.NONE: msgid("Nobody"),
        RiskAccess.ADMINISTRATORS: msgid("Administrators"),
        RiskAccess.EVERYONE: msgid("Everyone"),
    },
    Running: {
        Running.SIEM: msgid("SIEM"),
        Running.MDR: msgid("MDR"),
        Running.ZTNA: msgid("Zero Trust network access"),
        Running.TRAINING: msgid("Awareness training"),
        Running.MANAGED_SERVICE: msgid("Managed service provider"),
    },
    ConfidenceLevel: {
        ConfidenceLevel.PLANNED: msgid("As planned"),
        ConfidenceLevel.HALF: msgid("50%"),
        ConfidenceLevel.SURE: msgid("80%"),
        ConfidenceLevel.VERY_SURE: msgid("90%"),
    },
    StepOrder: {
        StepOrder.OVERLAP: msgid("May overlap"),
        StepOrder.IN_TURN: msgid("One after the other"),
    },
    Mode: {
        Mode.DEADLINE: msgid("Finish date"),
        Mode.CAPACITY: msgid("Team size"),
    },
}

WITHOUT_A_PRICE = {LICENCES: msgid("Licences"), CONTINGENCY: msgid("Contingency"), ACTUAL: msgid("Invoiced or bought")}
"""What cost lines name that no price book does."""

NOT_YET = msgid("Nothing yet")
SMALLEST_SHARE = Decimal("0.001")
LONGEST_LIST = 5


def label(value: StrEnum) -> Words:
    """Return the reader's word for a value; how far a figure can be trusted is said by where it is from."""
    if isinstance(value, Confidence):
        value = ORIGIN_OF[value]
    return Text(CHOICES.get(type(value), LABELS)[value])


def vendor_name(vendor: str) -> Words:
    """Return who sells a product; words for no vendor in particular are translated, names are not."""
    return Text(NO_VENDORS.get(vendor, vendor))


def rate_source(rate: ExchangeRate) -> Words:
    """Return how an exchange rate was found; empty where that is not known."""
    return Text(rate.source) if rate.source else ""


def product_name(price_id: str, book: PriceBook) -> Words:
    """Return a product's name; the id where the book does not know it."""
    rows = book.rows_by_id.get(price_id)
    return Text(rows[-1].product if rows else WITHOUT_A_PRICE.get(price_id, price_id))


def item_of(line: CostLine, book: PriceBook) -> Words:
    """Return what a cost line is for."""
    return Text(line.item) if line.item else product_name(line.price_id, book)


def validity_text(first: date, last: date | None) -> Words:
    """Return from which day until which one something holds."""
    return Text("from {day}", day=ShortDay(first)) if last is None else Span(first, last)


def share_text(share: Decimal) -> Words:
    """Return how much of an amount something is; what is hardly anything is not called 0."""
    if Decimal(0) < share < SMALLEST_SHARE:
        return Text("under {share}", share=Share(SMALLEST_SHARE, 1))
    return Share(share, 1)


def span_text(low: Words, high: Words | None) -> Words:
    """Write a span, or its one end."""
    return low if high is None else Text("{low} to {high}", low=low, high=high)


ROUNDED = Text("Each amount is rounded by itself, so parts may differ from their total by a euro or two.")
NOT_KNOWN, NO_PRICE = Text("not known"), Text("no price")


def is_unknown(amount: Decimal | Fraction, *, is_whole: bool) -> bool:
    """Tell whether nothing of an amount has a price; `is_whole` says that no price is missing in it."""
    return not is_whole and not rounded(amount, 0)


SHORT_PROTECTION = {Capability.SSO: "SSO", Capability.MFA: "MFA", Capability.EDR: "EDR"}


def protection_text(protection: Iterable[Capability]) -> Words:
    """Return what protects everyone, in the field's short words."""
    return Listed((SHORT_PROTECTION.get(capability) or label(capability) for capability in protection), ", ")


def bounded_money(amount: Decimal | Fraction, places: int = 0, *, is_whole: bool) -> Words:
    """Write an amount; one that lacks prices as a lower bound, or as not known."""
    if is_unknown(amount, is_whole=is_whole):
        return NOT_KNOWN
    return bounded(Money(amount, places), is_whole=is_whole)


def money_words(amount: Amount[Decimal], places: int = 0) -> Words:
    """Write an amount of money; one that lacks prices as a lower bound, or as not known."""
    if amount.known is None:
        return NOT_KNOWN
    return bounded(Money(amount.known, places), is_whole=amount.is_whole)


def bounded(shown: Words, *, is_whole: bool) -> Words:
    """Return what was written of an amount; of one that lacks prices as a lower bound."""
    return shown if is_whole else Text("at least {amount}", amount=shown)


def shortened_list(items: Sequence[Words], most: int = LONGEST_LIST) -> Words:
    """Join texts as a sentence does; of a long list the first ones and how many more there are."""
    if len(items) <= most:
        return Listed(items)
    shown = items[: most - 1]
    return Text("{items} and {left} more", items=Listed(shown, ","), left=Number(len(items) - len(shown)))


def with_aside(words: Words, aside: Words) -> Words:
    """Return words with a remark in brackets, such as what differs, where there is one."""
    return Listed((words, " (", aside, ")"), "") if aside else words


def booking_label(booked: Booked, tasks: Mapping[str, Words]) -> Words:
    """Return what a booking is called: category, month, and the task, by its name where that is known."""
    category, month = label(booked.category), booked.month
    if not booked.task:
        return Text("Invoiced: {category}, {month}", category=category, month=month)
    task = tasks.get(booked.task, booked.task)
    return Text("Invoiced: {category}, {month} ({task})", category=category, month=month, task=task)


def horizon_words(plan: AnyPlan) -> Words:
    """Say over how many months the horizon's cost is."""
    return Plural("Cost over {n} month", "Cost over {n} months", len(plan.horizon))


def own_title(figure: Words, plan: AnyPlan) -> Words:
    """Name a figure of the plan itself where another is promised beside it."""
    return figure if promises_own_figures(plan) else with_aside(figure, own_basis(plan))


def promises_own_figures(plan: AnyPlan) -> bool:
    """Tell whether the plan's own figures are what is promised."""
    return plan.scenario.timeline.confidence.share is None and not plan.scenario.status.is_under_way


def own_statement(statement: Words, plan: AnyPlan) -> Words:
    """Say before a statement that its figures are the plan's own."""
    return Labelled(Capitalised(own_basis(plan)), statement)


def own_line(line: Words, plan: AnyPlan) -> Words:
    """Say before a line that its figures are the plan's own where others are promised beside it."""
    return line if promises_own_figures(plan) else own_statement(line, plan)


def own_basis(plan: AnyPlan) -> Words:
    """Return on what ground a plan's own figures stand: of a plan under way they are a forecast."""
    return Text("as it stands") if plan.scenario.status.is_under_way else Text("as planned")
