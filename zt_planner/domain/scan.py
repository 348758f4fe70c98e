"""What a scan says of a company: results by control, licences with their seats, and counts (M38).

A scan is a file in which another program wrote down what it found. Law: no type here has a field for a name of a
person, an address or free text; what readers pass on is all that is known of a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zt_planner.errors import FileProblem

NO_DAY = "unknown"
"""What a scenario keeps of a scan that does not say when it was run."""


class ScanKind(StrEnum):
    """Which program wrote a file, and for which platform."""

    ZTA = "zta"
    MAESTER = "maester"
    SCUBAGEAR = "scubagear"
    SCUBAGOGGLES = "scubagoggles"
    SECURE_SCORE = "secure_score"
    PROWLER_M365 = "prowler_m365"
    PROWLER_GOOGLEWORKSPACE = "prowler_googleworkspace"
    PROWLER_OKTA = "prowler_okta"
    LICENCES = "licences"
    USERS = "users"
    DEVICES = "devices"


class ControlOutcome(StrEnum):
    """What came of a control; `PARTLY` where it holds for some of the resources only."""

    PASSED = "passed"
    FAILED = "failed"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"


class UnseenReason(StrEnum):
    """Why a control says nothing."""

    ABSENT = "absent"
    """It is not in the file."""
    NO_LICENCE = "no_licence"
    NOT_BUILT = "not_built"
    """The vendor has not written the test."""
    SKIPPED = "skipped"
    ERROR = "error"
    MANUAL = "manual"
    """Somebody has to look."""
    NO_EVENTS = "no_events"
    """The log that it reads holds nothing."""
    SET_ASIDE = "set_aside"
    """The user has muted it, left it out or marked it as wrong."""
    NOT_YET = "not_yet"
    """It is set, and begins to hold after the day of the scan."""
    NOT_COUNTED = "not_counted"
    """The numbers are missing or do not fit together."""
    UNCLEAR = "unclear"
    """The file has a result that no version of its format is known to have."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How far something is: so many of so many, or only a share."""

    share: Fraction
    count: int | None = None
    total: int | None = None


def quantity_of(count: int | None, total: int | None) -> Quantity | None:
    """Return so many of so many; None unless both are known, there are some, and they fit together."""
    if count is None or total is None or total <= 0 or not 0 <= count <= total:
        return None
    return Quantity(Fraction(count, total), count, total)


@dataclass(frozen=True, slots=True)
class Result:
    """What a scan says of one control; `unseen` says why it says nothing."""

    control: str
    outcome: ControlOutcome
    unseen: UnseenReason | None = None
    quantity: Quantity | None = None


def unseen_result(control: str, why: UnseenReason) -> Result:
    """Return the result of a control that says nothing."""
    return Result(control, ControlOutcome.NOT_SEEN, why)


def counted_result(control: str, quantity: Quantity | None) -> Result:
    """Return the result of a control that counts: passed where all have it, failed where nobody has."""
    if quantity is None:
        return unseen_result(control, UnseenReason.NOT_COUNTED)
    whole = {Fraction(0): ControlOutcome.FAILED, Fraction(1): ControlOutcome.PASSED}
    return Result(control, whole.get(quantity.share, ControlOutcome.PARTLY), None, quantity)


def combined(control: str, rows: Collection[Result]) -> Result:
    """Return one result for the rows of a control, one for each user or resource: passed only if all are.

    What was set aside does not count, unless everything was. A row that failed is enough for the control to fail, even
    where others say nothing; a task of which one control failed and another says nothing is not seen.
    """
    counting = [row for row in rows if row.unseen is not UnseenReason.SET_ASIDE] or list(rows)
    outcomes = {row.outcome for row in counting}
    if len(counting) == 1 or outcomes == {ControlOutcome.NOT_SEEN}:
        return counting[0]
    passed = sum(row.outcome is ControlOutcome.PASSED for row in counting)
    quantity = quantity_of(passed, sum(row.outcome is not ControlOutcome.NOT_SEEN for row in counting))
    if outcomes == {ControlOutcome.PASSED} or outcomes <= {ControlOutcome.FAILED, ControlOutcome.NOT_SEEN}:
        outcome = ControlOutcome.PASSED if passed else ControlOutcome.FAILED
        return Result(control, outcome, None, quantity)
    if outcomes == {ControlOutcome.PASSED, ControlOutcome.NOT_SEEN}:
        return next(row for row in counting if row.outcome is ControlOutcome.NOT_SEEN)
    return Result(control, ControlOutcome.PARTLY, None, quantity)


@dataclass(frozen=True, slots=True)
class FoundLicence:
    """A licence that was found: what its vendor calls it, how many seats are paid for, and how many are used."""

    sku: str
    id: str | None = None
    owned: int | None = None
    used: int | None = None


class CountKind(StrEnum):
    """What is counted in a company; guests are accounts of other companies."""

    PEOPLE = "people"
    GUESTS = "guests"
    DEVICES = "devices"
    SERVERS = "servers"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of something."""

    what: CountKind
    number: int


def tallies(numbers: Mapping[CountKind, int | None]) -> tuple[Tally, ...]:
    """Return what was counted; a number of 0 says that nobody counted."""
    return tuple(Tally(what, number) for what, number in numbers.items() if number)


@dataclass(frozen=True, slots=True)
class Scan:
    """One file, as far as it is read; `day` is the day on which the scan was run, where it says so.

    `other_versions` are controls, by their ids in the file, of a version that the rules were not written for.
    """

    kind: ScanKind
    file: str
    day: date | None = None
    results: tuple[Result, ...] = ()
    licences: tuple[FoundLicence, ...] = ()
    counts: tuple[Tally, ...] = ()
    other_versions: tuple[str, ...] = ()
    is_demonstration: bool = False


def latest(days: Iterable[date | None]) -> date | None:
    """Return the last of the days that are known."""
    return max((day for day in days if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class ScanFiles:
    """What came of several files; `passed_over` are parts of an archive that are no scans.

    `refused` says of each file that could not be read why.
    """

    scans: tuple[Scan, ...]
    passed_over: tuple[str, ...] = ()
    refused: tuple[FileProblem, ...] = ()
