"""Whether a document and a bundle are of one plan: by the checksum that the page of an approval has.

A document of any kind is searched, in a Word file its parts. Laws: nothing of it is executed; a document that also
says that its plan has changed since is never that of the approved plan.
"""

from __future__ import annotations

import re
from enum import StrEnum

from zt_planner.catalog.shipped.kept import kept_book, kept_model
from zt_planner.engine.case import case_of
from zt_planner.engine.under_way.approved import CHANGED_SINCE, CHECKSUM, approval_mark, changed_mark, checksum_of
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.bundle import bundle_from
from zt_planner.files.imports.archive import ArchiveLimits, archive_parts
from zt_planner.files.imports.kinds import ARCHIVE
from zt_planner.gaps import shortened

LARGEST_DOCUMENT_BYTES = 20_000_000
LIMITS = ArchiveLimits(LARGEST_DOCUMENT_BYTES, 100_000_000)
KNOWN = re.compile(rf"(?:{CHECKSUM}|{CHANGED_SINCE})[0-9a-f]{{64}}".encode())


class Verdict(StrEnum):
    """What the checksums of a document say of a bundle."""

    SAME = "same"
    CHANGED = "changed"
    OTHER = "other"
    NONE = "none"


def verified(bundle: bytes, bundle_file: str, document: bytes, document_file: str) -> Verdict:
    """Compare a bundle with what a document says; raise PlannerError where one of them cannot be read."""
    if len(document) > LARGEST_DOCUMENT_BYTES:
        problem = msgid("the file has more than {most} bytes")
        raise FileProblem(
            Place(shortened(document_file)),
            problem,
            msgid("Name the document as it was saved"),
            most=LARGEST_DOCUMENT_BYTES,
        )
    opened = bundle_from(bundle, bundle_file)
    book, model = kept_book(opened.tables), kept_model(opened.tables)
    own = checksum_of(opened.scenario, book, model)
    marks = {changed_mark(own)}
    approval = opened.scenario.status.approved
    if approval is not None:
        marks.add(approval_mark(case_of(opened.scenario, book, model, today=approval.today)) or "")
    parts = [document]
    if document.startswith(ARCHIVE):
        parts = [*archive_parts(document, document_file, limits=LIMITS).values()]
    said = {found.decode() for part in parts for found in KNOWN.findall(part)}
    if said & (marks - {own}):
        return Verdict.CHANGED
    if own in said:
        return Verdict.SAME
    return Verdict.OTHER if said else Verdict.NONE
