"""The licence mix explained in words: what each group gets, what forced it, and what the next best mix costs.

`engine.licensing.reasons` finds the reasons; here they become sentences, the same for
every medium. What only a vendor's terms forbid to office people, a licence for
frontline people, is no reason of one group but said once, after all of them.
Law: there is one entry for each holding of the plan's mix, in its order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import MONTHS_A_YEAR
from zt_planner.domain.plan import Group
from zt_planner.engine.licensing.licences import market_of
from zt_planner.engine.licensing.reasons import Rule, reasons_of
from zt_planner.errors import msgid
from zt_planner.topics.findings.findings import FAMILIES
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.labels import label, product_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Holding
    from zt_planner.engine.licensing.reasons import MixReasons, NextBest, Reason
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

BECAUSE = {
    Rule.SEAT_CAP: msgid("Every seat of the family {family} is taken (limit: {cap})."),
    Rule.JUST_IN_TIME: msgid("Administrators need just-in-time administration."),
    Rule.PROVIDER: msgid("With {provider}, not every vendor may provide every function."),
    Rule.ONE_SUITE: msgid("With {provider}, office and mail of the whole company come from one vendor."),
    Rule.KEPT: msgid("{owned} is already paid for: keeping it costs nothing more."),
    Rule.CREDITED: msgid("{owned} is given back, and its price is credited."),
    Rule.REPLACEMENT: msgid("A replacement for {owned} must cover everything that it covered, and must not cost less."),
}
OTHERWISE = {
    Rule.SEAT_CAP: msgid("With more seats it would be {instead}{difference}."),
    Rule.JUST_IN_TIME: msgid("Without that it would be {instead}{difference}."),
    Rule.PROVIDER: msgid("With any vendor it would be {instead}{difference}."),
    Rule.ONE_SUITE: msgid("With several vendors it would be {instead}{difference}."),
    Rule.KEPT: msgid("If it had to be paid again, it would be {instead}{difference}."),
    Rule.CREDITED: msgid("Without the credit it would be {instead}{difference}."),
    Rule.REPLACEMENT: msgid("Without this rule it would be {instead}{difference}."),
}


@dataclass(frozen=True, slots=True)
class HoldingWords:
    """What some people get, and why, a sentence or two for each rule."""

    who: str
    gets: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MixWords:
    """The mix explained: an entry for each holding, what would be cheaper but is not allowed, and the next best mix.

    `not_allowed` are sentences, none where nothing of that kind is.
    """

    holdings: tuple[HoldingWords, ...]
    not_allowed: tuple[str, ...]
    next_best: str

    def sentences(self, language: Language) -> tuple[str, ...]:
        """Return all of it, a paragraph for each holding, the next best mix at the end."""
        holdings = (language.labelled(each.who, f"{each.gets}. {' '.join(each.why)}") for each in self.holdings)
        return tuple(filter(None, (*holdings, " ".join(self.not_allowed), self.next_best)))


def explain_mix(plan: Plan) -> MixReasons | None:
    """Return why a plan's mix is as it is; None when it has none."""
    case = plan.case
    if plan.mix is None:
        return None
    return reasons_of(market_of(case.scenario, case.task_works, case.prices, shown_licence_month(plan)))


def mix_words(reasons: MixReasons, plan: Plan, language: Language) -> MixWords:
    """Return an explanation in the reader's words."""
    book = plan.case.book
    entries = tuple(
        HoldingWords(
            who(each.holding, language),
            gets(each.holding, book, language),
            (
                *(
                    tuple(because(reason, plan, language) for reason in each.reasons if reason.rule in BECAUSE)
                    or (language.say("The cheapest licences that cover what the tasks need."),)
                ),
                *by_process(each.holding, plan, language),
            ),
        )
        for each in reasons.holdings
    )
    return MixWords(
        entries, frontline_words(reasons, book, language), next_best_words(reasons.next_best, book, language)
    )


def who(holding: Holding, language: Language) -> str:
    """Say how many people of which group a holding is about."""
    if holding.group is Group.ADMIN:
        return language.plural("{n} administrator", "{n} administrators", holding.count)
    if holding.group is Group.FRONTLINE:
        return language.plural("{n} frontline person", "{n} frontline people", holding.count)
    return language.plural("{n} office person", "{n} office people", holding.count)


def gets(holding: Holding, book: PriceBook, language: Language) -> str:
    """Say what people of a holding get, and what becomes of the owned licence."""
    parts = [language.write(product_name(product, book)) for product in holding.products]
    if holding.kept is not None:
        parts.insert(0, language.say("{product} (kept)", product=language.write(product_name(holding.kept, book))))
    if holding.replaced is not None:
        product = language.write(product_name(holding.replaced, book))
        return language.say("{products} (instead of {product})", products=" + ".join(parts), product=product)
    return " + ".join(parts)


def by_process(holding: Holding, plan: Plan, language: Language) -> Iterator[str]:
    """Say why administrators get no licence for just-in-time rights, where there is none for their roles (M12)."""
    has_no_licence = plan.has_finding(Code.LICENCE_NO_PIM)
    if holding.group is Group.ADMIN and has_no_licence:
        yield language.say(
            "Just-in-time administration is done by process: Entra's licence for it (P2) does not govern Google's "
            "roles."
        )


def because(reason: Reason, plan: Plan, language: Language) -> str:
    """Say which rule forced something, and what would be without it."""
    owned = plan.scenario.company.owned_licence
    rule = language.say(
        BECAUSE[reason.rule],
        cap="" if reason.cap is None else language.number(reason.cap),
        family=FAMILIES.get(reason.family or "", reason.family),
        provider=language.write(label(plan.scenario.choices.identity_provider)),
        owned="" if owned is None else language.write(product_name(owned, plan.case.book)),
    )
    instead = language.listed(
        [f"{language.number(one.count)} × {gets(one, plan.case.book, language)}" for one in reason.instead]
    )
    if not instead:
        return rule
    otherwise = language.say(OTHERWISE[reason.rule], instead=instead, difference=in_all(reason.difference, language))
    return f"{rule} {otherwise}"


def frontline_words(found: MixReasons, book: PriceBook, language: Language) -> tuple[str, ...]:
    """Say what would be cheaper if frontline licences were for everyone, why it is not, and what to check."""
    say = language.say
    reasons = [reason for each in found.holdings for reason in each.reasons if reason.rule is Rule.AUDIENCE]
    instead = [holding for reason in reasons for holding in reason.instead]
    held = [key for each in instead for key in (*each.products, each.kept) if key is not None]
    bound = [key for key in held if book.rows_by_id[key][-1].audience is not None]
    if not bound:
        return ()
    products = language.listed([language.write(product_name(key, book)) for key in dict.fromkeys(bound)])
    return (
        say(
            "Cheaper, but not allowed by the vendor's terms: {products} for people with an office desk.",
            products=products,
        ),
        say("Such licences are for frontline people only (production, sales, care)."),
        *(
            say(
                "Without this rule, {people} would get {products}.",
                people=who(each, language),
                products=gets(each, book, language),
            )
            for each in instead
        ),
        say(
            "All licences together would be {amount} a month cheaper.",
            amount=language.money(-reasons[0].difference, 2),
        ),
        say("If some of your people work like that, enter them as frontline people."),
    )


def in_all(difference: Decimal, language: Language) -> str:
    """Say by how much the whole mix would cost more or less, to follow after a comma."""
    if difference == ZERO:
        return language.say(", at the same cost")
    amount = language.money(abs(difference), 2)
    if difference < ZERO:
        return language.say(", and all licences together {amount} a month cheaper", amount=amount)
    return language.say(", and all licences together {amount} a month more expensive", amount=amount)


def next_best_words(next_best: NextBest | None, book: PriceBook, language: Language) -> str:
    """Say what the next best mix costs more, and in what it differs."""
    if next_best is None:
        return language.say("There is no other mix: none of these products can be replaced.")
    changed = language.series(
        language.labelled(who(each, language), gets(each, book, language)) for each in next_best.changed
    )
    if next_best.extra_monthly == ZERO:
        return language.say("The next best mix costs the same ({changed}).", changed=changed)
    return language.say(
        "The next best mix costs {month} a month and {year} a year more ({changed}).",
        month=language.money(next_best.extra_monthly, 2),
        year=language.money(next_best.extra_monthly * MONTHS_A_YEAR, 2),
        changed=changed,
    )
