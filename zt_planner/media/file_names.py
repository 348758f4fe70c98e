"""What a file is called that somebody saves: whose plan it is, of which day, and what it holds.

Laws: one plan, language and kind have one name, wherever the file is saved; a name holds small letters, digits,
hyphens and one dot, so that every system takes it, and is never longer than 100 characters; a catalogue is for other
clients, so its name has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from zt_planner.domain.variants import PLAN
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.plan import AnyPlan
    from zt_planner.language import Language

CONTROLS, CATALOGUE = "applied_controls.csv", "zt-plan.zttemplate"
HOLDS = {
    "zt-plan.xlsx": msgid("workbook"),
    "zt-plan.pdf": msgid("board paper"),
    "zt-plan-status.pdf": msgid("status report"),
    "zt-plan.docx": msgid("board paper"),
    "zt-plan-work.docx": msgid("statement of work"),
    "zt-plan-project.xml": msgid("project"),
    "zt-plan.ics": msgid("calendar"),
    "zt-plan.html": msgid("page"),
    "zt-plan.png": msgid("picture"),
    "zt-plan.svg": msgid("picture"),
    "zt-plan-csv.zip": msgid("tables"),
    "tasks.csv": msgid("tasks"),
    "cost_lines.csv": msgid("cost lines"),
    "budget_by_month.csv": msgid("budget by month"),
    "comparison.csv": msgid("comparison"),
    "bridge.csv": msgid("bridge"),
    "stages.csv": msgid("stages"),
    "left_out.csv": msgid("left out"),
    "decisions.csv": msgid("decisions"),
    "questions.csv": msgid("questions"),
    CONTROLS: msgid("applied controls"),
    "zt-plan.ztplan": msgid("plan with prices"),
    CATALOGUE: msgid("catalogue"),
    "scenario.json": msgid("scenario"),
    "summary.json": msgid("summary"),
    "zt-plan.zip": msgid("all files"),
    "prices.csv": msgid("price book"),
    "price-list.csv": msgid("price list"),
    "draws.csv": msgid("draws"),
    "draws.parquet": msgid("draws"),
    "minutes.md": msgid("minutes"),
    "session.json": msgid("session"),
}
"""What a file holds, by its plain name: the command line writes that one into a folder."""
WITHOUT_A_COMPANY = "zero-trust-plan"
MOST_OF_A_COMPANY = MOST_OF_A_CATALOGUE = 40
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
"""Letters that Unicode does not take apart; it knows those with other marks, and that ß is ss."""


def file_name(file: str, plan: AnyPlan, language: Language, letter: str = PLAN) -> str:
    """Return the name under which a plan's file is saved: `acme-gmbh-2026-11-24-board-paper.pdf`.

    That of a variant names it: `acme-gmbh-b-2026-11-24-board-paper.pdf`.
    """
    company = "" if file == CATALOGUE else plain_word(plan.scenario.company.name)[:MOST_OF_A_COMPANY].strip("-")
    company = company or WITHOUT_A_COMPANY
    ending = file.rpartition(".")[2]
    company += "" if letter == PLAN else f"-{letter.lower()}"
    return f"{company}-{plan.today.isoformat()}-{plain_word(language.say(HOLDS[file]))}.{ending}"


def catalogue_file_name(name: str, language: Language) -> str:
    """Return the name under which a catalogue that somebody keeps is saved: `firm-gmbh.zttemplate`."""
    kept = plain_word(name)[:MOST_OF_A_CATALOGUE].strip("-") or plain_word(language.say(HOLDS[CATALOGUE]))
    return f"{kept}.zttemplate"


def named(files: Mapping[str, bytes], plan: AnyPlan, language: Language, letter: str = PLAN) -> dict[str, bytes]:
    """Return files by the names under which they are saved, given by their plain ones."""
    return {file_name(file, plan, language, letter): content for file, content in files.items()}


def plain_word(text: str) -> str:
    """Return a text in small letters, digits and hyphens; empty where it holds no Latin letter and no digit."""
    folded = normalize("NFKC", text).casefold().translate(FOLDED)
    return re.sub("[^a-z0-9]+", "-", normalize("NFKD", folded).encode("ascii", "ignore").decode()).strip("-")
