"""Findings in plain words: what was noticed, what it means, what to do.

Written for a managing director: product names instead of ids, months and money
in the reader's form, long lists shortened with the number that is left out.
Laws: every code has a title, a message and a remedy; every gap is filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.finding import Binds, Code, Finding, Rests, Severity
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import IdentityProvider, Running
from zt_planner.errors import msgid
from zt_planner.language import Listed, Money, Number, Plural, Text, Words, exact_percent
from zt_planner.topics.findings.choices import CHOICE_TEXTS
from zt_planner.topics.findings.tasks import WORDS, task_texts
from zt_planner.topics.findings.texts import Texts
from zt_planner.topics.inputs.regions import Region
from zt_planner.topics.labels import CAPABILITIES, label, product_name, share_text, shortened_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.finding import Fact


@dataclass(frozen=True, slots=True)
class Described:
    """A finding in the reader's language."""

    code: Code
    severity: Severity
    title: Words
    message: Words
    remedy: Words


TEXTS: Mapping[Code, Texts] = {
    Code.COMPANY_OUTSIDE_RANGE: Texts(
        msgid("Outside the usual company size"),
        msgid("The figures are made for {fewest} to {most} people; this company has {employees}."),
        msgid("Take efforts and prices as a rough guide and have them checked for a company of this size."),
    ),
    Code.HARDWARE_FULL_REUSE: Texts(
        msgid("All network hardware stays"),
        msgid(
            "The plan buys no firewall, switch or access point for {sites}: it assumes that all of them can segment."
        ),
        msgid("Have the network hardware checked, or lower the share that can stay."),
    ),
    Code.TIMELINE_HOLIDAYS_UNKNOWN: Texts(
        msgid("Public holidays unknown"),
        msgid(
            "The public holidays of {region} are not known completely for {years}: more days than these may be free."
        ),
        msgid("Enter the missing days as closures."),
    ),
    Code.PRICE_TWO_OWN_PRICES: Texts(
        msgid("Two own prices for the same thing"),
        msgid("For “{price_id}”, your price of {override} applies, not that of {other} for “{other_id}”."),
        msgid("Take one of the two back, where you have set it or in your price list."),
    ),
    Code.TIMELINE_TOO_LONG: Texts(
        msgid("The work does not end"),
        msgid("With these teams and days off, the work would take more than twenty years or run past 2099."),
        msgid("Allow larger teams, shorten the closures, start earlier, or move the dates of tasks."),
    ),
    Code.TIMELINE_NO_WORK: Texts(
        msgid("There is no work"),
        msgid("There is nothing to plan: every task is unnecessary, out of scope, or without work for this company."),
        msgid("Put tasks in scope, or check the days in tasks.csv and the company's numbers that they grow with."),
    ),
    Code.TIMELINE_OUTSIDE_RANGE: Texts(
        msgid("Outside the usual duration"),
        msgid("The plan takes {months}; an introduction like this usually takes {fewest} to {most}."),
        msgid("Check whether the teams are planned too small or too large for it."),
    ),
    Code.FINANCE_CAP_EXCEEDED: Texts(
        msgid("More than the monthly cap"),
        msgid("Payments are above the monthly cap of {cap} in {months}; the highest is {largest}."),
        msgid("Reorder the tasks on the “What if” page, raise the cap, move the start, or pay licences monthly."),
    ),
    Code.PRICE_MISSING: Texts(
        msgid("Prices are missing"),
        msgid("There is no valid price for {prices}. The totals leave this out: the real cost is higher."),
        msgid("Enter own prices for them."),
    ),
    Code.PRICE_STALE: Texts(
        msgid("Prices are more than a year old"),
        msgid("The sources for {prices} are more than twelve months old; {rests}."),
        msgid("Ask for current prices and enter them as own prices."),
    ),
    Code.PRICE_ASSUMED: Texts(
        msgid("Prices are assumptions"),
        msgid("The prices for {prices} are assumed; {rests}."),
        msgid("Ask for quotes and enter them as own prices."),
    ),
    Code.EFFORT_ASSUMED: Texts(
        msgid("Days of work are assumptions"),
        msgid(
            "There is no quote yet for {days} of the consultant's days; {share} of the money over {horizon} months "
            "depends on them."
        ),
        msgid(
            "Ask for a quote and enter its days as own efforts on the “Roadmap” page, or as ranges on the "
            "“How sure?” page."
        ),
    ),
    Code.PRICE_WHAT_IF: Texts(
        msgid("A what-if changes the list prices"),
        msgid("The plan calculates licence list prices with {rise} from {day} on: no vendor has announced it."),
        msgid("Set the rise to 0 on the “Prices” page before you quote a figure as a list price."),
    ),
    Code.SCENARIO_NO_EFFECT: Texts(
        msgid("Set, but without effect"),
        msgid("You have set prices, efforts, dates or ranges that the plan does not use: {names}."),
        msgid("Check the choices: is this left out on purpose? If so, nothing needs to change."),
    ),
    Code.RANGE_SKEWED: Texts(
        msgid("Ranges that lean to one side"),
        msgid(
            "The ranges of {ranges} are so skewed that the usual curve does not fit; two halves of a bell "
            "curve through the same three points are used instead."
        ),
        msgid("Look at these ranges on the “How sure?” page: is the estimate itself too high or too low?"),
    ),
    Code.RANGE_WIDE: Texts(
        msgid("Ranges that say hardly anything"),
        msgid("The ranges of {ranges} go beyond twenty times, or below a twentieth of, the estimate."),
        msgid("Narrow them on the “How sure?” page: dates and budgets with a confidence depend on them."),
    ),
    Code.FX_EXTRAPOLATED: Texts(
        msgid("Exchange rate from a later day"),
        msgid(
            "The prices for {prices} are converted at the earliest rate there is, which is from a later day; {rests}."
        ),
        msgid("Add an earlier exchange rate, or start the plan later."),
    ),
    **CHOICE_TEXTS,
}

TARGET_OUTSIDE_RANGE = Texts(
    TEXTS[Code.TIMELINE_OUTSIDE_RANGE].title,
    msgid("Months requested: {target}. The plan takes {months}; {fewest} to {most} is usual."),
    msgid(
        "Check that you really want this date: a very short project needs large teams, a very long one loses momentum."
    ),
)
IMPOSSIBLE = msgid("The finish date cannot be met")
WAITS_BIND = Texts(
    IMPOSSIBLE,
    msgid(
        "The plan should finish before {deadline}; in this order of the tasks, the earliest finish is {finish}. "
        "Waiting times and minimum lengths are the limit: even the largest teams would miss the date."
    ),
    msgid(
        "Reorder the tasks on the “What if” page: another order may finish earlier. Or start earlier, or accept the "
        "date."
    ),
)
TEAMS_BIND = Texts(
    IMPOSSIBLE,
    msgid(
        "The plan should finish before {deadline}; in this order of the tasks, with the largest teams allowed, it "
        "finishes on {finish}."
    ),
    msgid(
        "Reorder the tasks on the “What if” page: another order may finish earlier. Or allow larger teams, start "
        "earlier, or accept the date."
    ),
)
DATES_BIND = Texts(
    IMPOSSIBLE,
    msgid(
        "The plan should finish before {deadline}; in this order of the tasks, the earliest finish is {finish}. The "
        "dates set for tasks are the limit: even the largest teams would miss the date."
    ),
    msgid(
        "Move the dates of tasks on the “Roadmap” page. Or reorder the tasks on the “What if” page: another order may "
        "finish earlier."
    ),
)
BINDING = {Binds.WAITS: WAITS_BIND, Binds.TEAMS: TEAMS_BIND, Binds.DATES: DATES_BIND}

RISE_FROM_THE_START = Texts(
    TEXTS[Code.PRICE_WHAT_IF].title,
    msgid("The plan calculates licence list prices with {rise} from the first month on: no vendor has announced it."),
    TEXTS[Code.PRICE_WHAT_IF].remedy,
)

PAID_TWICE_WITHOUT_A_PRICE = Texts(
    TEXTS[Code.LICENCE_PAID_TWICE].title,
    msgid("{licence} is paid for longer than it is needed, from {from} until {until}. There is no price for it."),
    TEXTS[Code.LICENCE_PAID_TWICE].remedy,
)

FAMILIES = {
    "ms-business": "Microsoft 365 Business",
    "defender-business": "Defender for Business",
    "google-business": "Google Workspace Business",
}
"""Seat families by the names of their vendors; names are not translated."""

RESTS = {
    Rests.MONEY: msgid("{share} of the money over {horizon} months depends on them"),
    Rests.BOTH: msgid("{share} of the money over {horizon} months and the value of the internal work depend on them"),
    Rests.EFFORT: msgid("no money depends on them, but the value of the internal work does"),
}

NAMED: Mapping[str, Callable[[str], Words]] = {
    "provider": lambda fact: label(IdentityProvider(fact)),
    "region": Region,
    "family": lambda fact: FAMILIES.get(fact, fact),
    "categories": lambda fact: label(CostCategory(fact)),
    "running": lambda fact: label(Running(fact)),
}
"""Facts that have names of their own, and how they are named."""
TASKS_AND_PRICES = frozenset({Code.RANGE_SKEWED, Code.RANGE_WIDE, Code.SCENARIO_NO_EFFECT})
"""Findings on tasks and prices alike, named in one list."""
TASK_NAMES = frozenset({"task", "tasks", "others"})
"""Facts that name tasks; those of the phase model are translated."""
PEOPLE = frozenset({"people", "employees", "capped", "uncapped"})


def describe(finding: Finding, price_book: PriceBook) -> Described:
    """Return a finding in the reader's words."""
    texts = texts_of(finding)
    values = {name: _shown(name, fact, price_book) for name, fact in finding.facts.items()}
    if finding.code in TASKS_AND_PRICES:
        values["ranges"] = values["names"] = _all_named(("tasks", "prices"), finding, price_book)
    if isinstance(rests := finding.facts.get("rests"), Rests):
        values["rests"] = Text(RESTS[rests], share=values["share"], horizon=values["horizon"])
    if isinstance(sure := finding.facts.get("sure"), Decimal):
        values["finish"] = Text("{finish} ({share} sure)", finish=values["finish"], share=exact_percent(sure))
    return Described(
        code=finding.code,
        severity=finding.severity,
        title=Text(texts.title),
        message=Text(texts.message, **values),
        remedy=Text(texts.remedy, **values),
    )


def _all_named(facts: Sequence[str], finding: Finding, book: PriceBook) -> Words:
    """Return everything that several facts name as one list."""
    parts = ((name, part) for name in facts if isinstance(named := finding.facts[name], tuple) for part in named)
    return shortened_list([_named(name, part, book) for name, part in parts])


def texts_of(finding: Finding) -> Texts:
    """Return the texts of a code; some codes have one for each situation."""
    if finding.code is Code.TIMELINE_DEADLINE_IMPOSSIBLE:
        return BINDING[Binds(str(finding.facts["binds"]))]
    if finding.code is Code.TIMELINE_OUTSIDE_RANGE and finding.facts["target"] is not None:
        return TARGET_OUTSIDE_RANGE
    if finding.code is Code.PRICE_WHAT_IF and finding.facts["day"] is None:
        return RISE_FROM_THE_START
    if finding.code is Code.LICENCE_PAID_TWICE and finding.facts["amount"] is None:
        return PAID_TWICE_WITHOUT_A_PRICE
    return task_texts(finding) or TEXTS[finding.code]


def _shown(name: str, fact: Fact, book: PriceBook) -> Words:
    """Return a fact as the reader writes it: by its name, otherwise by its type."""
    if isinstance(fact, tuple):
        return shortened_list([_named(name, part, book) for part in fact])
    if isinstance(fact, Decimal):
        return _amount(name, fact)
    if isinstance(fact, int):
        return _count(name, fact)
    if isinstance(fact, date):
        return fact
    return "" if fact is None else _named(name, fact, book)


def _named(name: str, fact: str | Month, book: PriceBook) -> Words:
    if isinstance(fact, Month):
        return fact
    if name in {"prices", "price_id", "other_id", "licence"}:
        return product_name(fact, book)
    return NAMED[name](fact) if name in NAMED else _translated(name, fact)


def _translated(name: str, fact: str) -> Words:
    """Return a word of the program or the phase model in the reader's language; any other text as it is."""
    if name == "capabilities":
        return Text(CAPABILITIES[fact])
    if name == "bought" and fact in CAPABILITIES:
        return Text("licences for {capability}", capability=Text(CAPABILITIES[fact]))
    if name in {"bought", "off"}:
        return Text(WORDS[fact])
    return Text(fact) if name in TASK_NAMES else fact


def _amount(name: str, fact: Decimal) -> Words:
    if name == "months":
        return Plural("{n} month", "{n} months", Number(fact, 1))
    if name == "days":
        return Plural("{n} day", "{n} days", Number(fact, 1))
    if name == "rise":
        return exact_percent(fact, is_signed=True)
    return share_text(fact) if name == "share" else Money(fact)


def _count(name: str, fact: int) -> Words:
    if name in PEOPLE:
        return Plural("{n} person", "{n} people", fact)
    if name in {"cap", "seats"}:
        return Plural("{n} seat", "{n} seats", fact)
    return Plural("{n} site", "{n} sites", fact) if name == "sites" else Number(fact)


def coded_title(described: Described) -> Words:
    """Return a finding's title with its code behind it."""
    return Listed((described.title, f"({described.code})"), " ")
