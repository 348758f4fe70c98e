"""Findings on what was chosen, in plain words: licences, remote access, who watches, what NIS2 then lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.errors import msgid
from zt_planner.topics.findings.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICE_TEXTS: Mapping[Code, Texts] = {
    Code.LICENCE_NO_MIX: Texts(
        msgid("No licences fit"),
        msgid("With {provider}, no allowed combination of licences covers {capabilities}. Licences are not priced."),
        msgid("Choose another identity provider, or enter an own price for a product that covers it."),
    ),
    Code.LICENCE_OWNED_UNUSED: Texts(
        msgid("More seats than people who can use them"),
        msgid("Unused: {seats} of {licence}. Everyone who could use one already has it, or has another licence."),
        msgid("Check the seats and the order of today's licences, and cancel what nobody uses."),
    ),
    Code.LICENCE_OWNED_ABOVE_CAP: Texts(
        msgid("More seats than the owned licence allows"),
        msgid("{licence} is limited to {cap}; you have {seats} more. The plan does not count those."),
        msgid("Check with your reseller how these people are licensed today."),
    ),
    Code.LICENCE_CREDIT_ASSUMED: Texts(
        msgid("Savings on today's licences are assumed"),
        msgid("New licences replace {licence} for {people}; the plan takes off its price from the same month on."),
        msgid("Check when the contract ends, and enter its last day: until then both are paid."),
    ),
    Code.LICENCE_PAID_TWICE: Texts(
        msgid("Old and new licences run side by side"),
        msgid("{licence} is paid for longer than it is needed: from {from} until {until} it costs {amount} more."),
        msgid("Ask your reseller to end or convert the contract earlier, or start the plan later."),
    ),
    Code.LICENCE_SAVES: Texts(
        msgid("The new licences cost less than today's"),
        msgid("For {people}, every combination of licences that covers the plan costs less than today's licences."),
        msgid("Check which functions of today's licences are still needed."),
    ),
    Code.LICENCE_CAPABILITY_LOST: Texts(
        msgid("A feature of today's licences is lost"),
        msgid(
            "Licences that are given up cover {capabilities}. With {provider}, the plan can buy no product for that."
        ),
        msgid("Keep the product that covers it, outside this plan, or choose another identity provider."),
    ),
    Code.LICENCE_NO_TEAMS: Texts(
        msgid("Teams is not included"),
        msgid("The suites for {people} lack Teams, which Microsoft sells separately in Europe. It is not in the plan."),
        msgid("Add Teams to the quote if these people use it, or compare with a suite that includes it."),
    ),
    Code.LICENCE_TWO_ENDPOINT_PRODUCTS: Texts(
        msgid("Two endpoint products in one tenant"),
        msgid(
            "Some people would have Defender for Business, others Defender for Endpoint. Microsoft runs the whole "
            "tenant on one of the two unless it is set otherwise."
        ),
        msgid("Have your reseller confirm the mix and the setup of the tenant, or choose one product for everyone."),
    ),
    Code.LICENCE_NO_RISK_ACCESS: Texts(
        msgid("No product for risk-based sign-in"),
        msgid("With {provider}, no product of the price book rates the risk of sign-ins. The work stays in the plan."),
        msgid("Ask the provider which edition rates sign-ins by place, time and behaviour, and add its price."),
    ),
    Code.RUNNING_NOT_CHOSEN: Texts(
        msgid("Paid for, but not used by the plan"),
        msgid("You already pay for {running}, but the plan does not use it, so it changes nothing."),
        msgid("Choose it too, or remove it from what you pay for already."),
    ),
    Code.DEVICES_MACS_UNMANAGED: Texts(
        msgid("Macs are not managed"),
        msgid("You have Macs: {macs}. Google's own device management does not cover macOS as it does other devices."),
        msgid("Add a product that manages Macs as an own price, or choose another identity provider."),
    ),
    Code.LICENCE_SUITE_CHANGE: Texts(
        msgid("The office suite changes"),
        msgid("{people} move away from {licence} ({vendor}). Moving their mail and files is not in this plan."),
        msgid("Plan the migration separately, or choose an identity provider that keeps the office suite."),
    ),
    Code.LICENCE_SEAT_CAP: Texts(
        msgid("A licence family is full"),
        msgid("{family} is used up to its limit of {cap}; everybody else gets other licences."),
        msgid("Expect more expensive licences for each extra person."),
    ),
    Code.LICENCE_MIXED_TENANT: Texts(
        msgid("Two kinds of suites in one tenant"),
        msgid(
            "{capped} would have a suite with a seat limit, {uncapped} one without. The limit applies to the whole "
            "tenant, and each new person needs the more expensive suite. Some security settings apply to the whole "
            "tenant too: mixed suites need settings for each group of devices, and support has to look up who has what."
        ),
        msgid("Compare with one suite for everyone, and have your reseller confirm the mix before you order."),
    ),
    Code.LICENCE_NO_PIM: Texts(
        msgid("Just-in-time administration by process"),
        msgid(
            "Entra's just-in-time administration (PIM) does not govern Google's roles, so the plan buys no licence "
            "for it. The work stays in the plan: rights are granted for a limited time by a process."
        ),
        msgid("Agree who approves administrator rights, for how long, and who withdraws them."),
    ),
    Code.REMOTE_ACCESS_NEEDS_P1: Texts(
        msgid("Remote access lacks a licence"),
        msgid(
            "The app proxy for remote access is part of Entra ID P1, which the licences for {people} do not include."
        ),
        msgid("Choose Zero Trust network access or keep the VPN, or add Entra ID P1."),
    ),
    Code.REMOTE_ACCESS_VPN_KEPT: Texts(
        msgid("The VPN stays"),
        msgid(
            "A VPN opens networks, not single applications: whoever is connected reaches all that the firewall rules "
            "allow, also from a hijacked device."
        ),
        msgid("Choose the app proxy or Zero Trust network access, or limit what the VPN reaches."),
    ),
    Code.MONITORING_NONE: Texts(
        msgid("Nobody watches"),
        msgid("Without monitoring, an attacker who got in is found late or by chance."),
        msgid("Choose MDR, which watches day and night, or a SIEM and people who look at its alerts."),
    ),
    Code.OPERATION_UNWATCHED: Texts(
        msgid("Nobody watches at night"),
        msgid(
            "A SIEM collects alerts; your team looks at them in office hours, {days} a month. "
            "Without MDR, nobody looks at night and at weekends."
        ),
        msgid("Add MDR, which watches day and night, or decide who is called when an alert comes in."),
    ),
    Code.NIS2_MAIN_TASK_MISSING: Texts(
        msgid("NIS2: main tasks are left out"),
        msgid("Left out: {tasks}. These NIS2 points lack a main task, so they are partly supported at most: {points}."),
        msgid("Put the tasks back in scope, or change the choice that leaves them out."),
    ),
    Code.NIS2_REGISTRATION_OVERDUE: Texts(
        msgid("NIS2: the registration was due"),
        msgid("A first test says that the law probably applies. Then the registration was due by {day}."),
        msgid("Register now if you have not done so yet; the “NIS2” page says what it takes."),
    ),
}
