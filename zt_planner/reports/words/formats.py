"""What the formats are called, and for whom each is, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zt_planner.errors import msgid

if TYPE_CHECKING:
    from zt_planner.language import Language


class FormatWords(NamedTuple):
    """A format's name, for whom it is, and the icon beside it."""

    name: str
    purpose: str
    icon: str


WORDS = {
    "xlsx": FormatWords(
        msgid("Workbook (Excel)"),
        msgid("For the controller: totals are formulas over the cost lines; changes can be imported."),
        ":material/table:",
    ),
    "pdf": FormatWords(
        msgid("Board paper (PDF)"),
        msgid("Two to four pages for those who decide: figures, picture, NIS2, risks, the decision."),
        ":material/picture_as_pdf:",
    ),
    "mspdi": FormatWords(
        msgid("Project file (MS Project XML)"),
        msgid("For the IT lead: tasks, links, calendar, teams and costs in planning programs."),
        ":material/account_tree:",
    ),
    "ics": FormatWords(
        msgid("Calendar (iCalendar)"),
        msgid("For those who do the work: every task and milestone; a new export updates the old one."),
        ":material/calendar_month:",
    ),
    "html": FormatWords(
        msgid("Interactive page (HTML)"),
        msgid("One file that opens in any browser, without a network."),
        ":material/language:",
    ),
    "png": FormatWords(
        msgid("Picture (PNG)"), msgid("Roadmap and money for slides, in print size."), ":material/image:"
    ),
    "svg": FormatWords(msgid("Picture (SVG)"), msgid("The same, sharp at every size."), ":material/polyline:"),
    "csv": FormatWords(
        msgid("Tables (CSV)"), msgid("Tasks, cost lines and the budget by month for other programs."), ":material/csv:"
    ),
    "ztplan": FormatWords(
        msgid("Plan with its prices (.ztplan)"),
        msgid("Opens anywhere with the same amounts to the cent, even years later."),
        ":material/inventory_2:",
    ),
    "json": FormatWords(
        msgid("Scenario (JSON)"), msgid("What was entered, and nothing else."), ":material/data_object:"
    ),
}
"""By the names of the formats, in the order in which they are offered."""


def format_words(name: str, language: Language) -> FormatWords:
    """Return what a format is called and for whom it is."""
    words = WORDS[name]
    return FormatWords(language.say(words.name), language.say(words.purpose), words.icon)
