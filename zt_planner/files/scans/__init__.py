"""Files in which other programs wrote down what a company has: a reader a format, told apart by content (M38).

Laws: what is read passes as `domain.scan` only, so that nothing personal comes through; a file that no reader knows is
refused, and nothing of it is kept; in an archive it is passed over, unless nothing else is in there; neither the names
of files nor their order change what is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import Scan, ScanFiles, ScanKind
from zt_planner.errors import FileProblem, msgid
from zt_planner.files.scans import graph, lists, microsoft, prowler, scuba
from zt_planner.files.scans.source import (
    Document,
    JsonDocument,
    NoScanError,
    TableDocument,
    document_from,
    is_archive,
    is_json,
    parts_of,
    refused,
)
from zt_planner.gaps import shortened

__all__ = ["read_each", "read_scans"]

LONGEST_NAME = 120
"""Characters of a file's name; what cannot be printed is made visible, as an archive names its parts itself."""
KnownControls = Mapping[ScanKind, Mapping[str, str]]
Items = Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class _Reading:
    """What was read so far; scores and profiles wait for each other."""

    known: KnownControls
    scans: list[Scan] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    scores: list[tuple[str, Items]] = field(default_factory=list)
    profiles: list[tuple[str, Items]] = field(default_factory=list)
    refused: list[FileProblem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many documents were read, or refused by their own names."""
        return len(self.scans) + len(self.scores) + len(self.profiles) + len(self.refused)


def read_scans(files: Iterable[tuple[str, bytes]], rules: ScanRules) -> ScanFiles:
    """Read files by name, with the refusals; raise FileProblem for the first one where no file is a scan."""
    read = read_each(files, rules)
    if read.refused and not read.scans:
        raise read.refused[0]
    return read


def read_each(files: Iterable[tuple[str, bytes]], rules: ScanRules) -> ScanFiles:
    """Read files by name, with the refusals of those, and of parts of archives, that are no scans or unreadable."""
    reading = _Reading(rules.known_controls)
    for name, content in files:
        read = _read_archive if is_archive(content) else _read_document
        try:
            read(content, shortened(name, LONGEST_NAME), reading)
        except FileProblem as problem:
            reading.refused.append(problem)
    try:
        reading.scans += _joined_scores(reading)
    except FileProblem as problem:
        reading.refused.append(problem)
    refusals = map(_without_content, reading.refused)
    return ScanFiles(tuple(reading.scans), tuple(reading.passed_over), tuple(refusals))


def _without_content(problem: FileProblem) -> FileProblem:
    """Return a refusal without its traceback, which would keep the whole file."""
    problem.__context__ = None
    return problem.with_traceback(None)


def _read_document(content: bytes, file: str, reading: _Reading) -> None:
    try:
        _read(document_from(content, file), reading)
    except NoScanError as no_scan:
        raise no_scan.refusal from None


def _read_archive(content: bytes, file: str, reading: _Reading) -> None:
    """Read every part that is a scan, and keep why one cannot be read; raise FileProblem if none is a scan."""
    parts = parts_of(content, file)
    before = reading.count
    refusals: list[FileProblem] = []
    for given, part in parts.items():
        name = shortened(given, LONGEST_NAME)
        try:
            _read(_document_in_archive(part, name), reading)
        except NoScanError as no_scan:
            refusals.append(no_scan.refusal)
            reading.passed_over.append(name)
        except FileProblem as problem:
            reading.refused.append(problem)
    if reading.count == before:
        if len(parts) == 1 and refusals:
            raise refusals[0]
        raise refused(file, msgid("none of the files in it is a scan that can be read"))


def _document_in_archive(part: bytes, name: str) -> Document:
    """Read a part; what is no JSON may be anything, and is no scan where it cannot be read."""
    try:
        return document_from(part, name)
    except FileProblem as problem:
        if is_json(part):
            raise
        raise NoScanError(problem) from None


def _unknown(document: Document) -> NoScanError:
    return NoScanError(refused(document.file, msgid("it is not a scan that can be read")))


def _read(document: Document, reading: _Reading) -> None:
    if isinstance(document, TableDocument):
        reading.scans += _table_scans(document, reading.known)
    elif (scan := _test_scan(document, reading.known)) is not None:
        reading.scans.append(scan)
    else:
        _read_data(document, reading)


def _test_scan(document: JsonDocument, known: KnownControls) -> Scan | None:
    """Read a report that is a list of tests; None for what is none."""
    data, file = document.data, document.file
    if not isinstance(data, dict) or "Tests" not in data:
        return None
    if microsoft.is_assessment(data):
        return microsoft.assessment_from(data, file, known[ScanKind.ZTA])
    return microsoft.maester_from(data, file, known[ScanKind.MAESTER]) if microsoft.is_maester(data) else None


def _read_data(document: JsonDocument, reading: _Reading) -> None:
    """Read any other JSON: results of Scuba or Prowler, or an answer of Microsoft Graph."""
    data, file, known = document.data, document.file, reading.known
    kind = scuba.kind_of(data) if isinstance(data, dict) else None
    if kind is not None:
        reading.scans.append(scuba.scuba_from(data, file, kind, known[kind]))
    elif isinstance(data, dict) and "Tenants" in data:
        raise refused(file, msgid("it holds several tenants"), msgid("Choose the report of one of them"))
    elif prowler.is_findings(data):
        reading.scans += prowler.findings_from(document, known)
    else:
        _read_answer(document, reading)


def _read_answer(document: JsonDocument, reading: _Reading) -> None:
    items, file = graph.items_of(document.data), document.file
    if graph.is_licences(items):
        reading.scans.append(graph.licences_from(items, file))
    elif graph.is_scores(items):
        reading.scores.append((file, items))
    elif graph.is_profiles(items):
        reading.profiles.append((file, items))
    else:
        raise _unknown(document)


TABLES: Sequence[tuple[Callable[[TableDocument], bool], Callable[[TableDocument, KnownControls], Iterable[Scan]]]] = (
    (scuba.is_table, lambda document, known: [scuba.table_from(document, known)]),
    (prowler.is_table, prowler.table_from),
    (lists.is_devices, lambda document, _: [lists.devices_from(document)]),
    (lists.is_people, lambda document, _: [lists.people_from(document)]),
)
"""By which columns a table is known, and how it is read; a list of devices may name the account of each."""


def _table_scans(document: TableDocument, known: KnownControls) -> Iterable[Scan]:
    for is_one, read in TABLES:
        if is_one(document):
            return read(document, known)
    raise _unknown(document)


def _joined_scores(reading: _Reading) -> Iterator[Scan]:
    """Yield scores with the profiles of all files; raise FileProblem for profiles alone."""
    if reading.profiles and not reading.scores:
        problem = msgid("it holds the profiles of Secure Score without the scores")
        raise refused(reading.profiles[0][0], problem, msgid("Choose the answer to /security/secureScores as well"))
    profiles = [profile for _, items in reading.profiles for profile in items]
    for file, scores in reading.scores:
        yield graph.score_from(scores, profiles, file, reading.known[ScanKind.SECURE_SCORE])
