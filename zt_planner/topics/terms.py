"""What a plan's abbreviations mean, for those who decide and are not from IT."""

from __future__ import annotations

from zt_planner.domain.data.price_book import Capability
from zt_planner.language import Text
from zt_planner.topics.block import Group, TableBlock
from zt_planner.topics.labels import protection_text
from zt_planner.topics.table import Table

PROTECTIONS = {
    Capability.MFA: Text("Multi-factor authentication: a sign-in needs more than a password, such as an app."),
    Capability.SSO: Text("Single sign-on: one account and one sign-in for all applications."),
    Capability.CONDITIONAL_ACCESS: Text("Whether a sign-in is let through depends on person, device and place."),
    Capability.MDM: Text("All computers and telephones are managed from one place and, if lost, erased."),
    Capability.EDR: Text(
        "Endpoint detection and response: finds attacks on computers and takes these off the network."
    ),
    Capability.PIM: Text("Administrators get their rights for a task only, and these end by themselves."),
}
OTHERS = (
    (Text("Zero Trust"), Text("Nobody is trusted for being inside the network: each access is checked.")),
    (Text("Segmentation"), Text("The network is divided into zones; between them, only what is needed passes.")),
    ("FIDO2", Text("A standard for keys to sign in with, which no false page can copy.")),
    ("SIEM", Text("Security information and event management: collects logs and raises alerts.")),
    ("MDR", Text("Managed detection and response: a provider watches around the clock and steps in.")),
    ("LAPS", Text("Each computer has its own administrator password, which changes by itself.")),
    ("VPN", Text("Virtual private network: whoever is connected from outside reaches the network behind it.")),
    ("NIS2", Text("The EU's directive on cybersecurity, and the laws that follow it.")),
)


def terms_group() -> Group:
    """Return what stands behind each protection and abbreviation."""
    protections = ((protection_text((capability,)), meaning) for capability, meaning in PROTECTIONS.items())
    table = Table((Text("Word"), Text("Meaning")), (*protections, *OTHERS))
    return Group("terms", Text("What the words mean"), (TableBlock(Text("Words and meanings"), table),), is_folded=True)
