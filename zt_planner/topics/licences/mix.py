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
from zt_planner.language import Labelled, Listed, Money, Number, Plural, Text, Words, sentences, series
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

BECAUSE = {
    Rule.SEAT_CAP: msgid("Every seat of the family {family} is taken (limit: {cap})."),
    Rule.JUST_IN_TIME: msgid("Administrators need just-in-time administration."),
    Rule.RISK_ACCESS: msgid("Risk-based sign-in needs it."),
    Rule.PRIVILEGED: msgid("Just-in-time administration and risk-based sign-in need it."),
    Rule.ONE_ENDPOINT: msgid("Of Defender for Business and Defender for Endpoint, only one is bought."),
    Rule.PROVIDER: msgid("With {provider}, not every vendor may provide every function."),
    Rule.ONE_SUITE: msgid("With {provider}, office and mail of the whole company come from one vendor."),
    Rule.KEPT: msgid("Already paid for: {owned}. Keeping it costs nothing more."),
    Rule.CREDITED: msgid("Given up, and its price is deducted: {owned}."),
    Rule.REPLACEMENT: msgid("A replacement for {owned} must cover everything that it covered, and must not cost less."),
}
OTHERWISE = {
    Rule.SEAT_CAP: msgid("With more seats it would be {instead}{difference}."),
    Rule.JUST_IN_TIME: msgid("Without that it would be {instead}{difference}."),
    Rule.RISK_ACCESS: msgid("Without that it would be {instead}{difference}."),
    Rule.PRIVILEGED: msgid("Without that it would be {instead}{difference}."),
    Rule.ONE_ENDPOINT: msgid("With both it would be {instead}{difference}."),
    Rule.PROVIDER: msgid("With any vendor it would be {instead}{difference}."),
    Rule.ONE_SUITE: msgid("With several vendors it would be {instead}{difference}."),
    Rule.KEPT: msgid("If it had to be paid again, it would be {instead}{difference}."),
    Rule.CREDITED: msgid("Without the credit it would be {instead}{difference}."),
    Rule.REPLACEMENT: msgid("Without this rule it would be {instead}{difference}."),
}


@dataclass(frozen=True, slots=True)
class HoldingWords:
    """What some people get, and why, a sentence or two for each rule."""

    who: Words
    gets: Words
    why: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class MixWords:
    """The mix explained: an entry for each holding, what would be cheaper but is not allowed, and the next best mix.

    `not_allowed` are sentences, none where nothing of that kind is.
    """

    holdings: tuple[HoldingWords, ...]
    not_allowed: tuple[Words, ...]
    next_best: Words

    def sentences(self) -> tuple[Words, ...]:
        """Return all of it, a paragraph for each holding, the next best mix at the end."""
        holdings = (
            Labelled(holding.who, sentences(Listed((holding.gets, "."), ""), *holding.why)) for holding in self.holdings
        )
        return tuple(filter(None, (*holdings, sentences(*self.not_allowed), self.next_best)))


def explain_mix(plan: Plan) -> MixReasons | None:
    """Return why a plan's mix is as it is; None when it has none."""
    case = plan.case
    if plan.mix is None:
        return None
    return reasons_of(market_of(case.scenario, case.tasks, case.prices, shown_licence_month(plan)))


def mix_words(reasons: MixReasons, plan: Plan) -> MixWords:
    """Return an explanation in the reader's words."""
    book = plan.case.book
    entries = tuple(
        HoldingWords(
            who(each.holding),
            gets(each.holding, book),
            (
                *(
                    tuple(because(reason, plan, each.holding) for reason in each.reasons if reason.rule in BECAUSE)
                    or (Text("The cheapest licences that cover what the tasks need."),)
                ),
                *by_process(each.holding, plan),
            ),
        )
        for each in reasons.holdings
    )
    return MixWords(entries, frontline_words(reasons, book), next_best_words(reasons.next_best, book))


def who(holding: Holding) -> Words:
    """Say how many people of which group a holding is about."""
    if holding.group is Group.ADMIN:
        return Plural("{n} administrator", "{n} administrators", holding.count)
    if holding.group is Group.FRONTLINE:
        return Plural("{n} frontline person", "{n} frontline people", holding.count)
    return Plural("{n} office person", "{n} office people", holding.count)


def gets(holding: Holding, book: PriceBook) -> Words:
    """Say what people of a holding get, and what becomes of the owned licence."""
    parts = [product_name(product, book) for product in holding.products]
    parts[:0] = [Text("{product} (kept)", product=product_name(held.product, book)) for held in holding.kept]
    if holding.replaced:
        product = Listed([product_name(held.product, book) for held in holding.replaced], " + ")
        return Text("{products} (instead of {product})", products=Listed(parts, " + "), product=product)
    return Listed(parts, " + ")


def by_process(holding: Holding, plan: Plan) -> Iterator[Words]:
    """Say why administrators get no licence for just-in-time rights, where there is none for their roles (M12)."""
    has_no_licence = plan.has_finding(Code.LICENCE_NO_PIM)
    if holding.group is Group.ADMIN and has_no_licence:
        yield Text(
            "Just-in-time administration is done by process: Entra's licence for it (P2) does not govern Google's "
            "roles."
        )


def because(reason: Reason, plan: Plan, holding: Holding) -> Words:
    """Say which rule forced something for the people of a holding, and what would be without it."""
    about = {Rule.KEPT: holding.kept, Rule.CREDITED: holding.replaced}.get(reason.rule)
    owned = [held.product for held in about or (*holding.kept, *holding.replaced)]
    owned = owned or [row.licence for row in plan.scenario.company.owned_licences]
    rule = Text(
        BECAUSE[reason.rule],
        cap="" if reason.cap is None else Number(reason.cap),
        family=FAMILIES.get(reason.family or "", reason.family or ""),
        provider=label(plan.scenario.choices.identity_provider),
        owned=Listed([product_name(key, plan.case.book) for key in dict.fromkeys(owned)]),
    )
    instead = Listed([Listed((Number(one.count), gets(one, plan.case.book)), " × ") for one in reason.instead])
    if not instead:
        return rule
    otherwise = Text(OTHERWISE[reason.rule], instead=instead, difference=in_all(reason.difference))
    return sentences(rule, otherwise)


def frontline_words(found: MixReasons, book: PriceBook) -> tuple[Words, ...]:
    """Say what would be cheaper if frontline licences were for everyone, why it is not, and what to check."""
    reasons = [reason for each in found.holdings for reason in each.reasons if reason.rule is Rule.AUDIENCE]
    instead = [holding for reason in reasons for holding in reason.instead]
    held = [key for each in instead for key in (*each.products, *(one.product for one in each.kept))]
    bound = [key for key in held if book.rows_by_id[key][-1].audience is not None]
    if not bound:
        return ()
    products = Listed([product_name(key, book) for key in dict.fromkeys(bound)])
    return (
        Text(
            "Cheaper, but not allowed by the vendor's terms: {products} for people with an office desk.",
            products=products,
        ),
        Text("Such licences are for frontline people only: those who share a device or work on a small screen."),
        *(
            Text(
                "Without this rule, {people} would get {products}.",
                people=who(each),
                products=gets(each, book),
            )
            for each in instead
        ),
        Text(
            "All licences together would be {amount} a month cheaper.",
            amount=Money(-reasons[0].difference),
        ),
        Text("If some of your people work like that, enter them as frontline people."),
    )


def in_all(difference: Decimal) -> Words:
    """Say by how much the whole mix would cost more or less, to follow after a comma."""
    if difference == ZERO:
        return Text(", at the same cost")
    amount = Money(abs(difference))
    if difference < ZERO:
        return Text(", and all licences together {amount} a month cheaper", amount=amount)
    return Text(", and all licences together {amount} a month more expensive", amount=amount)


def next_best_words(next_best: NextBest | None, book: PriceBook) -> Words:
    """Say what the next best mix costs more, and in what it differs."""
    if next_best is None:
        return Text("There is no other mix: none of these products can be replaced.")
    changed = series(Labelled(who(each), gets(each, book)) for each in next_best.changed)
    if next_best.extra_monthly == ZERO:
        return Text("The next best mix costs the same ({changed}).", changed=changed)
    return Text(
        "The next best mix costs {month} a month and {year} a year more ({changed}).",
        month=Money(next_best.extra_monthly),
        year=Money(next_best.extra_monthly * MONTHS_A_YEAR),
        changed=changed,
    )
