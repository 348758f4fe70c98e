"""The sidebar: few controls in the order of the conversation, the rest folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.month import Month
from zt_planner.domain.scenario import Billing, IdentityProvider, Mode, RemoteAccess
from zt_planner.engine.costing import MDR, SIEM_COMPANY
from zt_planner.engine.pricing import PriceList
from zt_planner.reports.controls import days_of, licence_in_view, monitoring_start_price
from zt_planner.reports.words import label, product_name
from zt_planner.ui import controls, session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.domain.scenario import Scenario
    from zt_planner.language import Language


def draw(plan: Plan, language: Language) -> None:
    """Draw the sidebar's controls."""
    scenario = plan.scenario
    with st.sidebar:
        st.subheader(language.say("Your company"))
        company(scenario, language)
        st.subheader(language.say("Timeline"))
        timeline(scenario, language)
        st.subheader(language.say("Budget"))
        budget(plan, language)
        folded(scenario, language)


def company(scenario: Scenario, language: Language) -> None:
    """Draw people and what they have today."""
    say = language.say
    controls.number(
        say("People"),
        "company.employees",
        scenario.company.employees,
        controls.PEOPLE,
        field_label=say("People, as a number"),
        help=say("Everyone with an account, frontline people included."),
    )
    controls.choice(
        say("What do they have today?"),
        "company.owned_licence",
        scenario.company.owned_licence or "",
        controls.ownable_licences(),
        controls.licence_name(language),
        help=say("The licence that the staff use now. What is replaced is credited, what stays costs nothing more."),
    )


def timeline(scenario: Scenario, language: Language) -> None:
    """Draw what is given, a finish or the teams, and the start."""
    say, given = language.say, scenario.timeline
    controls.segments(
        say("What is given?"),
        "timeline.mode",
        given.mode,
        lambda mode: label(mode, language),
        help=say("Set when it must be done and read the team you need, or set the team and read the date."),
    )
    if given.mode is Mode.DEADLINE:
        controls.number(
            say("Finish in months"),
            "timeline.target_months",
            given.target_months,
            controls.MONTHS,
            field_label=say("Finish in months, as a number"),
        )
    else:
        controls.number(
            say("Your team, days a week"),
            "timeline.internal_days_per_week",
            given.internal_days_per_week,
            controls.DAYS_A_WEEK,
            field_label=say("Your team, days a week, as a number"),
        )
        controls.number(
            say("Consultant, days a week"),
            "timeline.external_days_per_week",
            given.external_days_per_week,
            controls.DAYS_A_WEEK,
            field_label=say("Consultant, days a week, as a number"),
        )
    controls.day(say("Start"), "timeline.start", given.start)


def budget(plan: Plan, language: Language) -> None:
    """Draw the prices and shares that move the budget."""
    say, scenario = language.say, plan.scenario
    prices = PriceList(scenario, session.workspace().price_book)
    licence_price(plan, prices, language)
    controls.segments(
        say("Monitoring"),
        "choices.monitoring",
        scenario.choices.monitoring,
        lambda choice: label(choice, language),
        help=say("A SIEM collects and reports; with MDR somebody watches around the clock."),
    )
    monitoring_price(plan, prices, language)
    controls.number(
        say("Hardware that can stay"),
        "choices.hardware_reuse",
        scenario.choices.hardware_reuse,
        controls.PERCENT,
        field_label=say("Hardware that can stay, in percent"),
        help=say("The share of switches and firewalls that can separate networks already."),
    )
    month = plan.months[0]
    rate = prices.price_of("external-day", month)
    if rate is not None:
        controls.number(
            say("Consultant, EUR a day"),
            "labour.external_day_rate",
            rate.amount,
            controls.DAY_RATE,
            field_label=say("Consultant, EUR a day, as a number"),
        )
    controls.number(
        say("Contingency"),
        "finance.contingency",
        scenario.finance.contingency,
        controls.PERCENT,
        field_label=say("Contingency, in percent"),
        help=say("A reserve on everything that is paid once."),
    )


def licence_price(plan: Plan, prices: PriceList, language: Language) -> None:
    """Draw the price of the mix's largest product, or of the one that has an own price."""
    found = licence_in_view(plan, prices)
    if found is None:
        return
    price_id, price = found
    say, name = language.say, product_name(price_id, prices.book, language)
    controls.number(
        say("Licence, EUR per user and month"),
        f"prices.overrides.{price_id}",
        price.amount,
        controls.LICENCE_PRICE,
        field_label=say("Licence, EUR per user and month, as a number"),
        help=say("Starts at the price book's price; moved, it becomes your own price, in your billing term."),
    )
    own_price_note(price_id, name, is_own=price.is_own, language=language)
    if price.is_own and plan.mix is not None and price_id not in plan.mix.seats:
        st.caption(say("At this price another licence is cheaper: the plan does not use it."))


def monitoring_price(plan: Plan, prices: PriceList, language: Language) -> None:
    """Draw the price of the monitoring that is chosen."""
    say, choice = language.say, plan.scenario.choices.monitoring
    if choice.has_siem:
        amount = monitoring_start_price(plan, prices)
        if amount is not None:
            controls.number(
                say("SIEM, EUR a month"),
                f"prices.overrides.{SIEM_COMPANY}",
                amount,
                controls.MONITORING_PRICE,
                field_label=say("SIEM, EUR a month, as a number"),
                help=say("Starts at the price book's price for your size; moved, it becomes your own price."),
            )
            own_price_note(SIEM_COMPANY, "", is_own=SIEM_COMPANY in prices.own, language=language)
    if choice.has_mdr:
        price = prices.price_of(MDR, plan.months[0])
        if price is not None:
            controls.number(
                say("MDR, EUR per device and month"),
                f"prices.overrides.{MDR}",
                price.amount,
                controls.ENDPOINT_PRICE,
                field_label=say("MDR, EUR per device and month, as a number"),
                help=say("For every device and server; the provider's minimum fee stays."),
            )
            own_price_note(MDR, "", is_own=price.is_own, language=language)


def own_price_note(price_id: str, name: str, *, is_own: bool, language: Language) -> None:
    """Say whose price it is, and offer the book's price again for an own one."""
    if not is_own:
        if name:
            st.caption(name)
        return
    st.button(
        language.say("Own price: take the price book's again"),
        key=f"reset:{price_id}",
        type="tertiary",
        icon=":material/undo:",
        on_click=session.change,
        args=({f"prices.overrides.{price_id}": None},),
        help=name or None,
    )


def folded(scenario: Scenario, language: Language) -> None:
    """Draw what is asked once, folded away; nothing of it runs until it is opened."""
    for title, draw_fields in (
        (language.say("More about the company"), more_about_company),
        (language.say("Choices"), choices),
        (language.say("Calendar and teams"), calendar_and_teams),
        (language.say("Rates and limits"), rates),
    ):
        fold = st.expander(title, on_change="rerun", key=f"fold:{draw_fields.__name__}")
        if fold.open:
            with fold:
                draw_fields(scenario, language)


def more_about_company(scenario: Scenario, language: Language) -> None:
    """Draw name, machines and places."""
    say, company = language.say, scenario.company
    controls.text(say("Company name"), "company.name", company.name)
    controls.whole_number(say("Frontline people"), "company.frontline", company.frontline, company.employees - 1)
    controls.whole_number(say("Devices"), "company.devices", company.device_count)
    controls.whole_number(say("Servers"), "company.servers", company.server_count)
    most_admins = company.employees - company.frontline
    controls.whole_number(say("Administrators"), "company.admins", company.admin_count, most_admins)
    controls.whole_number(say("Sites"), "company.sites", company.sites)
    controls.whole_number(say("Business applications"), "company.apps", company.apps)
    controls.whole_number(say("Remote users"), "company.remote_users", company.remote_count, company.employees)
    controls.switch(say("There is a works council"), "company.works_council", company.works_council)
    followed = ("company.devices", "company.servers", "company.admins", "company.remote_users")
    st.button(
        say("Estimate from the number of people"),
        key="follow",
        type="tertiary",
        icon=":material/undo:",
        help=say("Devices, servers, administrators and remote users follow the number of people again."),
        on_click=session.change,
        args=(dict.fromkeys(followed),),
    )


def choices(scenario: Scenario, language: Language) -> None:
    """Draw who signs people in, how licences are billed, and how people work from outside."""
    say, chosen = language.say, scenario.choices

    def named(value: IdentityProvider | Billing | RemoteAccess) -> str:
        return label(value, language)

    controls.choice(
        say("Identity provider"), "choices.identity_provider", chosen.identity_provider, list(IdentityProvider), named
    )
    controls.choice(say("Billing of licences"), "choices.billing", chosen.billing, list(Billing), named)
    controls.choice(say("Remote access"), "choices.remote_access", chosen.remote_access, list(RemoteAccess), named)


def calendar_and_teams(scenario: Scenario, language: Language) -> None:
    """Draw what limits the schedule."""
    say, given = language.say, scenario.timeline
    controls.optional_text(
        say("Region of the public holidays"),
        "timeline.region",
        given.region,
        help=say("A country and, after a hyphen, its subdivision: DE-NW, AT, CH-ZH. Empty: no public holidays."),
    )
    controls.switch(
        say("Nobody works from 24 December to 1 January"), "timeline.year_end_freeze", given.year_end_freeze
    )
    for team, path, value in (
        (say("Most days a week of your team"), "max_internal_days_per_week", given.max_internal_days_per_week),
        (say("Most days a week of the consultant"), "max_external_days_per_week", given.max_external_days_per_week),
    ):
        controls.decimal_number(
            team, f"timeline.{path}", value, 0.25, help=say("The most that a finish date may ask for.")
        )
    controls.decimal_number(
        say("Protect early (1) or finish early (0)"),
        "timeline.protection_first",
        given.protection_first,
        0.1,
        help=say("1 starts with what protects most, 0 with what takes longest."),
    )
    closures(scenario, language)


def closures(scenario: Scenario, language: Language) -> None:
    """Draw the spans in which nobody works, each with a button that takes it away, and one to add."""
    say, spans = language.say, scenario.timeline.closures
    st.caption(say("Company holidays and change freezes"))
    for place, (first, last) in enumerate(spans):
        st.button(
            f"{language.short_day(first)} - {language.short_day(last)}",
            key=f"closure:{place}",
            icon=":material/delete:",
            help=say("Take this span away"),
            on_click=session.change,
            args=({"timeline.closures": spans[:place] + spans[place + 1 :]},),
        )
    with st.form("closure", border=False, clear_on_submit=True):
        earliest, latest = days_of("timeline.start")
        first_day = st.date_input(say("First day"), None, earliest, latest, format="DD.MM.YYYY")
        last_day = st.date_input(say("Last day"), None, earliest, latest, format="DD.MM.YYYY")
        if st.form_submit_button(say("Add")) and first_day is not None:
            session.change({"timeline.closures": (*spans, (first_day, last_day or first_day))})
            st.rerun()


def rates(scenario: Scenario, language: Language) -> None:
    """Draw own rates, steering, horizon and cap."""
    say, labour, finance = language.say, scenario.labour, scenario.finance
    prices = PriceList(scenario, session.workspace().price_book)
    month = Month.of(scenario.timeline.start) if scenario.timeline.start else Month(2027, 1)
    cost = prices.price_of("internal-day", month)
    controls.decimal_number(
        say("Internal person-day, EUR"),
        "labour.internal_day_cost",
        None if cost is None else cost.amount,
        10,
    )
    steering = labour.coordination_days_per_month
    for name, path, value in (
        (say("Steering, internal days a month"), "internal", steering.internal),
        (say("Steering, consultant's days a month"), "external", steering.external),
    ):
        controls.decimal_number(name, f"labour.coordination_days_per_month.{path}", value, 0.5)
    controls.whole_number(say("Horizon in months"), "finance.horizon_months", finance.horizon_months)
    controls.decimal_number(
        say("Most that may be paid in a month, EUR"),
        "finance.monthly_cap",
        finance.monthly_cap,
        500,
        help=say("Empty: no limit. Months above it are named; the schedule is not changed by it."),
    )
