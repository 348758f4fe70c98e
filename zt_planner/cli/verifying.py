"""`zt-planner verify`: whether a document and a bundle are of the plan that was approved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zt_planner.cli.inputs import LocaleOption, opened, plain_errors
from zt_planner.cli.output import print_line
from zt_planner.errors import msgid
from zt_planner.language import LanguageCode, Text, language_for

DIFFERENT = 1
Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="The plan with its prices, a .ztplan file.")]
Document = Annotated[Path, typer.Argument(metavar="DOCUMENT", help="The board paper, as PDF or Word.")]


def verify(bundle: Bundle, document: Document, locale: LocaleOption = LanguageCode.ENGLISH) -> None:
    """Say whether a document has the approval of the plan in a bundle; exit code 1 if not."""
    from zt_planner.files.verify import LARGEST_DOCUMENT_BYTES, Verdict, verified  # noqa: PLC0415 - paid only where it is asked for

    language = language_for(locale)
    with plain_errors(language):
        with opened(bundle, msgid("Name a .ztplan file")) as plan, opened(document, msgid("Name a document")) as paper:
            contents = plan.read(LARGEST_DOCUMENT_BYTES + 1), paper.read(LARGEST_DOCUMENT_BYTES + 1)
        verdict = verified(contents[0], bundle.name, contents[1], document.name)
    said = {
        Verdict.SAME: Text("{document} has the approval of the plan in {bundle}."),
        Verdict.CHANGED: Text(
            "{document} is of a plan that has changed since it was approved: its figures are not the approved ones."
        ),
        Verdict.OTHER: Text("{document} has the approval of another plan than the one in {bundle}."),
        Verdict.NONE: Text("{document} has no approval with a checksum."),
    }
    print_line(language.say(said[verdict].text, document=document.name, bundle=bundle.name))
    if verdict is not Verdict.SAME:
        raise typer.Exit(DIFFERENT)
