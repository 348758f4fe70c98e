"""Bring the catalogues up to the texts in the source and in the data files: `make messages`.

Decides which texts can be translated: what the source names with `Text`,
`Plural`, `say`, `plural`, `Count`, `msgid` and `msgids`, what the help of the command line describes, and of
the data files what a reader sees (names of tasks, activities, products, measures, controls
and example companies, notes, what is known of losses, what a law or an insurer
asks, what a company is asked, how an exchange rate was found).
Sources of prices are quoted as they are, those of losses, laws and
insurers' questions are not: they hold dates and words. The house test of the language reads the texts from here. Laws:
translations that still fit are kept; running it twice changes nothing; the file
holds no dates and no places, so that it changes only when a text does.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from zt_planner import cli
from zt_planner.bootstrap import examples
from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.catalog.shipped.interview import load_interview
from zt_planner.catalog.shipped.scan_rules import load_scan_rules
from zt_planner.cli.help import Program, described
from zt_planner.language import LanguageCode
from zt_planner.resources import data_dir, locale_dir, root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.rules import Rules

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("say", "msgid", "Text")),
    **dict.fromkeys(("plural", "Plural", "Count", "msgids"), (1, 2)),
}
LANGUAGES = tuple(code for code in LanguageCode if code is not LanguageCode.ENGLISH)
FORMATS = {"python-format", "python-brace-format"}
"""Marks that Babel guesses: it takes "10 % of staff" for a format."""
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: ZT Planner\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def data_texts() -> Iterator[str]:
    """Yield the texts of the data files that a reader sees."""
    model, book = load_phase_model(data_dir()), load_price_book(data_dir())
    for task in model.tasks:
        yield task.name
        yield task.note or ""
    for activity in model.operations:
        yield activity.activity
    for measure in model.measures:
        yield measure.measure
    for point in model.points:
        yield point.title
    yield from rule_texts(model.rules)
    for price in book.prices:
        yield price.product
        yield price.note or ""
    for rate in book.rates:
        yield rate.source or ""
    yield from load_scan_rules(data_dir(), model.by_id, {price.id for price in book.prices}).meanings.values()
    yield from interview_texts(model)
    for example in examples():
        yield example.name


def interview_texts(model: PhaseModel) -> Iterator[str]:
    """Yield what a company is asked, and the answers that are offered."""
    for question in load_interview(data_dir(), model):
        yield from (question.text, question.help, *(answer.text for answer in question.answers))


SHOWN = {
    "laws": (
        *("law", "source", "documentation", "population", "register_where", "final_report", "ceiling_note"),
        *("duties_note", "measure_list", "measure_reference", "note"),
    ),
    "questions": ("question", "open", "population", "source"),
    "proposals": ("name", "note"),
    "benchmarks": ("what", "population", "source", "note"),
    "subsidies": ("conditions", "population", "source", "note"),
    "losses": ("counted", "population", "source", "note"),
    "claims": ("claim", "finding", "population", "source"),
    "decisions": ("decision",),
    "not_covered": ("subject", "text"),
    "deliverables": ("delivered", "accepted", "consultant", "team", "assumed", "excluded"),
    "subsectors": ("name", "why"),
    "outside_view": ("population", "source"),
}
"""What a reader sees of what others say, by the table; schemes keep their names."""


def rule_texts(rules: Rules) -> Iterator[str]:
    """Yield what laws and insurers ask, what is proposed and decided, what others report."""
    for table, fields in SHOWN.items():
        for row in getattr(rules, table):
            yield from (getattr(row, field) or "" for field in fields)


def help_texts() -> Iterator[str]:
    """Yield what the help of the command line describes: commands, options, arguments and placeholders."""
    program = get_command(cli.app)
    for command in (program, *(program.commands.values() if isinstance(program, Program) else ())):
        yield from (text for _, _, text in described(command))


@cache
def template() -> Catalog:
    """Return every text that can be translated, without translations; looked for once for all languages."""
    catalogue = Catalog()
    for _file, _line, text, _comments, context in extract_from_dir(
        root() / "zt_planner", [("**.py", "python")], keywords=KEYWORDS
    ):
        catalogue.add(text, context=context)
    for text in (*data_texts(), *help_texts()):
        if text:
            catalogue.add(text)
    return catalogue


def header(language: str) -> bytes:
    """Return how a catalogue begins."""
    return HEADER.format(language=language, plurals=Catalog(locale=language).plural_forms).encode()


def updated(existing: bytes, language: str) -> bytes:
    """Return a catalogue with the texts of today: translations that fit are kept, others dropped."""
    catalogue = read_po(io.BytesIO(existing), locale=language)
    catalogue.update(template(), no_fuzzy_matching=True)
    for message in catalogue:
        message.flags -= FORMATS
    out = io.BytesIO()
    write_po(out, catalogue, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=110)
    return header(language) + out.getvalue()


def catalogue_path(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return locale_dir() / language / "LC_MESSAGES" / "zt_planner.po"


def main() -> None:
    """Rewrite the catalogue of every language."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        existing = path.read_bytes() if path.exists() else header(language)
        path.write_bytes(updated(existing, language))


if __name__ == "__main__":
    main()
