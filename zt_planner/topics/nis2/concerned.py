"""What the first test of whether a law concerns the company does not know (M29).

Laws: nobody is told that a law applies; what no source was read for is worded as a question for the lawyer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.rules import ANNEX_I, DIRECTIVE, LawStatus, Sector
from zt_planner.engine.nis2.regulation import CONCERNED, Applicability
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import Text, Trimmed, Words
from zt_planner.topics.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.data.rules import Regulation, SizeLimit
    from zt_planner.domain.scenario.scenario import Company
    from zt_planner.topics.view import AnyView

KINDS = {
    Sector.DIGITAL_INFRASTRUCTURE: msgid(
        "Some kinds may be essential at any size or from the medium size on, such as telecoms networks, DNS, top-level "
        "domains and trust services. Ask."
    ),
    Sector.BANKING: msgid("For much of this, the EU's rules for financial companies (DORA) may come first. Ask."),
    Sector.FINANCIAL_MARKETS: msgid(
        "For much of this, the EU's rules for financial companies (DORA) may come first. Ask."
    ),
    Sector.PUBLIC_ADMINISTRATION: msgid(
        "Which public bodies the law concerns differs by country: municipalities may be outside it. Ask."
    ),
}
"""What sector and size do not decide; worded with care, as no source of it was read."""


def cautions(view: AnyView, own: Regulation | None, judged: Applicability, *, is_directive: bool) -> Iterator[Words]:
    """Yield what the test does not know: a bill not in force, a duty of another law, money, kinds of a sector."""
    company, rules = view.plan.scenario.company, view.case.base_model.rules
    sector = company.sector
    is_probable = judged in CONCERNED
    if is_probable and is_directive:
        yield Text("This follows the directive: no source says that the country has a law in force.")
    if own is not None and own.law and own.status is LawStatus.OTHER_LAW and sector in ANNEX_I:
        name = label(sector)
        yield Text("The country's own law may concern {sector}: {law}. Ask.", law=Text(own.law), sector=name)
    limits = next((law.size_important for law in (own, rules.law_of(DIRECTIVE)) if law and law.size_important), None)
    is_small = judged in {Applicability.NOT_DIRECTLY, Applicability.SOME_KINDS} and sector is not Sector.OTHER
    if is_small and limits and _may_be_above(limits, company):
        yield Text(
            "It may apply all the same if turnover is above EUR {turnover} million and the balance sheet total above "
            "EUR {balance} million: enter both.",
            turnover=Trimmed(limits.turnover),
            balance=Trimmed(limits.balance),
        )
    if is_probable and sector in KINDS:
        yield Text(KINDS[sector])


def _may_be_above(limits: SizeLimit, company: Company) -> bool:
    """Tell whether money may bring the company under the law: an amount is not known, and none is within its limit."""
    amounts = ((company.turnover_millions, limits.turnover), (company.balance_millions, limits.balance))
    return any(known is None for known, _ in amounts) and all(known is None or known > most for known, most in amounts)


def overdue_sentence(view: AnyView, where: str | None) -> Words:
    """Say that the company should have registered already, and where; empty where it is not late."""
    plan = view.plan
    if isinstance(plan, StoppedPlan) or plan.register_by is None or plan.register_by >= plan.today:
        return ""
    late = Text(
        "The registration was due by {day}: register now if you have not done so yet.",
        day=plan.register_by,
    )
    return late if where is None else Text("{text} ({where})", text=late, where=Text(where))
