"""The sidebar: few controls in the order of the conversation; `details` holds the rest, folded away.

Laws: where labour is not shown, there is no control of a day rate, nor of what is reckoned from one; controls that
come and go stand in a container that is always there, so that the others stay where they are (`widgets.fields`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.scenario.scenario import Mode, Monitoring, Operator
from zt_planner.domain.variants import PLAN
from zt_planner.engine.levelling.limits import limits_of
from zt_planner.topics.inputs.controls import hardware_words, shown_prices
from zt_planner.topics.labels import label, product_name
from zt_planner.ui.app import details
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session
from zt_planner.ui.widgets import controls, number_fields

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.inputs.controls import ShownPrice, ShownPrices


def draw(place: DeltaGenerator, plan: Plan, language: Language) -> None:
    """Draw the sidebar's controls."""
    scenario, prices, say = plan.scenario, shown_prices(plan), language.say
    state = session.state()
    with place:
        with st.container():  # always there, so that the fields below it stay where they are
            if state.shown != PLAN:
                name = state.variants[state.shown].name
                text = say("You are changing variant {letter}: {name}", letter=state.shown, name=name)
                st.caption(f":material/call_split: {plain(text)}")
        st.subheader(say("Your company"))
        company(scenario, language)
        st.subheader(say("Timeline"))
        timeline(scenario, language)
        st.subheader(say("Choices"))
        choices(plan, language)
        st.subheader(say("Prices"))
        budget(plan, prices, language)
        st.subheader(say("More settings"))
        details.draw(plan, prices, language)


def company(scenario: Scenario, language: Language) -> None:
    """Draw people and what they have today."""
    say = language.say
    number_fields.number(
        say("People"),
        "company.employees",
        scenario.company.employees,
        number_fields.PEOPLE,
        language,
        field_label=say("People, as a number"),
        help=say("Everyone with an account, frontline people included."),
    )
    controls.choice(
        say("Licences you have today"),
        "company.owned_licence",
        scenario.company.owned_licence or "",
        controls.ownable_licences(),
        controls.licence_name(language),
        help=say("The licence that the staff use now. What is replaced is credited, what stays costs nothing more."),
    )


def levers(scenario: Scenario, language: Language) -> None:
    """Draw the two sliders that a telephone keeps between the sentence and the figures, for those who may move them."""
    if not session.may_change():
        return
    say, given = language.say, scenario.timeline
    with st.container(horizontal=True, wrap=False, key="levers"):
        number_fields.lever(
            say("People"), "company.employees", scenario.company.employees, number_fields.PEOPLE, language
        )
        if given.mode is Mode.DEADLINE:
            path, value, scale = "timeline.target_months", given.target_months, number_fields.MONTHS
            number_fields.lever(say("Finish in months"), path, value, scale, language)
        else:
            path, days = "timeline.internal_days_per_week", given.internal_days_per_week
            number_fields.lever(say("Your team, days a week"), path, days, number_fields.DAYS_A_WEEK, language)


def timeline(scenario: Scenario, language: Language) -> None:
    """Draw what is given, a finish or the teams."""
    say, given = language.say, scenario.timeline
    controls.segments(
        say("Plan by"),
        "timeline.mode",
        given.mode,
        lambda mode: label(mode, language),
        mode_values,
        help=say("Set the finish date to see the team you need, or set the team to see the date."),
        is_named=False,
    )
    with st.container(gap="xsmall"):
        if given.mode is Mode.DEADLINE:
            number_fields.number(
                say("Finish in months"),
                "timeline.target_months",
                given.target_months,
                number_fields.MONTHS,
                language,
                field_label=say("Finish in months, as a number"),
            )
        else:
            number_fields.number(
                say("Your team, days a week"),
                "timeline.internal_days_per_week",
                given.internal_days_per_week,
                number_fields.DAYS_A_WEEK,
                language,
                field_label=say("Your team, days a week, as a number"),
            )
            number_fields.number(
                say("Consultant, days a week"),
                "timeline.external_days_per_week",
                given.external_days_per_week,
                number_fields.DAYS_A_WEEK,
                language,
                field_label=say("Consultant, days a week, as a number"),
            )


def choices(plan: Plan, language: Language) -> None:
    """Draw who watches, who runs it all afterwards, and how much hardware can stay."""
    say, scenario = language.say, plan.scenario
    short = {Monitoring.SIEM_AND_MDR: say("Both"), Operator.OWN: say("Your team"), Operator.PARTNER: say("Partner")}
    for name, path, value, help_text in (
        (
            say("Monitoring"),
            "choices.monitoring",
            scenario.choices.monitoring,
            say("A SIEM collects and reports; with MDR somebody watches around the clock."),
        ),
        (
            say("Run afterwards by"),
            "choices.operation",
            scenario.choices.operation,
            say(
                "Who runs identities and devices from then on: your team, in days, or a partner (a managed service "
                "provider), for a monthly fee."
            ),
        ),
    ):
        controls.segments(
            name,
            path,
            value,
            lambda found: short.get(found) or label(found, language),
            partial(only, path),
            help=help_text,
        )
    with number_fields.number(
        say("Network hardware that can stay, %"),
        "choices.hardware_reuse",
        scenario.choices.hardware_reuse,
        number_fields.PERCENT,
        language,
        field_label=say("Hardware that can stay, in percent"),
        help=say("The share of firewalls, switches and access points that can separate networks already."),
    ):
        st.caption(plain(hardware_words(plan.case.size, language)))


def only(path: str, value: object) -> dict[str, object]:
    """Return that a field gets a value, and no other one changes."""
    return {path: value}


def mode_values(mode: Mode) -> dict[str, object]:
    """Return what choosing a mode sets: with the teams also those found for the finish so far, so the plan stays.

    Levelled dates that were set aside come back with the teams that they were found for.
    """
    plan = session.plan()
    chosen: dict[str, object] = {"timeline.mode": mode}
    if mode is plan.scenario.timeline.mode or mode is Mode.DEADLINE or plan.scenario.levelling.starts:
        return chosen
    teams = limits_of(plan)
    return chosen | {
        "timeline.internal_days_per_week": teams.internal,
        "timeline.external_days_per_week": teams.external,
    }


def budget(plan: Plan, prices: ShownPrices, language: Language) -> None:
    """Draw the prices and shares that move the budget."""
    say, scenario = language.say, plan.scenario
    with st.container():
        licence_price(plan, prices.licence, language)
    with st.container():
        monitoring_prices(scenario, prices, language)
    if not plan.shows_labour:
        return
    with st.container():
        if prices.external_day is not None:
            number_fields.price(
                say("Consultant, EUR a day"),
                prices.external_day,
                number_fields.DAY_RATE,
                language,
                field_label=say("Consultant, EUR a day, as a number"),
            )
    number_fields.number(
        say("Contingency, %"),
        "finance.contingency",
        scenario.finance.contingency,
        number_fields.PERCENT,
        language,
        field_label=say("Contingency, in percent"),
        help=say("A reserve on all one-off costs."),
    )


def mean_words(mdr: ShownPrice, language: Language) -> str:
    """Say that the price is a mean, where an endpoint costs less the more there are."""
    if mdr.mean_of is None:
        return ""
    return language.plural(
        "Mean of {n} endpoint: the price falls by steps.",
        "Mean of {n} endpoints: the price falls by steps.",
        mdr.mean_of,
    )


def licence_price(plan: Plan, licence: ShownPrice | None, language: Language) -> None:
    """Draw the price of the mix's largest product, or of the one that has an own price."""
    if licence is None:
        return
    say, name = language.say, product_name(licence.price_id, session.book(), language)
    number_fields.price(
        say("Licence, EUR per user and month"),
        licence,
        number_fields.LICENCE_PRICE,
        language,
        field_label=say("Licence, EUR per user and month, as a number"),
        help=say(
            "Starts at the price book's price. If you change it, it becomes your own price, in your billing term."
        ),
        name=name,
    )
    if licence.is_own and plan.mix is not None and licence.price_id not in plan.mix.seats:
        st.caption(say("At this price another licence is cheaper: the plan does not use it."))


def monitoring_prices(scenario: Scenario, prices: ShownPrices, language: Language) -> None:
    """Draw the prices of the monitoring that is chosen."""
    say, chosen = language.say, scenario.choices.monitoring
    if chosen.has_siem and prices.siem is not None:
        number_fields.price(
            say("SIEM, EUR a month"),
            prices.siem,
            number_fields.MONITORING_PRICE,
            language,
            field_label=say("SIEM, EUR a month, as a number"),
            help=say("Starts at the price book's price for your size. If you change it, it becomes your own price."),
        )
    if chosen.has_mdr and prices.mdr is not None:
        number_fields.price(
            say("MDR, EUR per endpoint and month"),
            prices.mdr,
            number_fields.ENDPOINT_PRICE,
            language,
            field_label=say("MDR, EUR per endpoint and month, as a number"),
            help=say(
                "Endpoints are devices and servers; a server counts twice. If you change the price, yours applies to "
                "every endpoint. The provider's minimum fee stays."
            ),
            name=mean_words(prices.mdr, language),
        )
