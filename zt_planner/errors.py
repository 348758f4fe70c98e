"""Every error of ZT Planner, in one tree.

    PlannerError                 bad input or a fault outside; the message says what to do next
    ├── CatalogError             a data file is wrong
    │   ├── FileProblem          the file as a whole: missing, empty, too large, not UTF-8
    │   ├── ColumnProblem        a column is missing, unknown or there twice
    │   ├── RowProblem           one row has too many or too few cells, or quotes that do not match
    │   ├── CellProblem          one value in one row
    │   │   └── CircleProblem    tasks that wait for each other
    │   └── BackupProblem        a backup is damaged, or another version has written it
    ├── ScenarioError            a scenario does not hold together; keeps every faulty field
    │   └── SettingsError        environment variables that are wrong, each with its name
    ├── SessionError             a planning session does not allow something now
    │   ├── NotAllowed           a viewer, a locked session, or a seat that has ended
    │   ├── SeatEnded            the link was renewed, the seat taken away, or the session deleted
    │   ├── NothingToUndo        there is nothing of one's own to take back, or others have gone on
    │   ├── TextRefused          a name that is too long or cannot be printed
    │   │   └── NameMissing      a name that is empty
    │   ├── TooManySessions      one address has begun many sessions within a minute
    │   ├── QueueFull            so many calculations wait already that one more would wait too long
    │   ├── TooManyAsked         calculations asked for from one address wait already
    │   ├── CalculationStopped   the process that calculated was killed
    │   ├── SessionFull          as many people have a seat in the session as it takes
    │   ├── SeatsFull            a browser or an account has as many seats as are listed
    │   ├── PlanGone             the browser's own plan is not kept any more
    │   ├── VariantGone          a variant that somebody has deleted, or replaced
    │   ├── PlanReplaced         the plan that a page showed is not the plan any more
    │   ├── TooManyVariants      a session has as many variants as it takes
    │   ├── VariantInTheWay      a variant would not hold with what is changed in the plan
    │   ├── NothingToPropose     a copy differs in nothing from what it was copied from
    │   ├── SourceGone           the session that a plan was copied from is over, or one's seat there
    │   ├── TooManyProposals     so many proposals wait in a session that it takes no more
    │   ├── ProposalEnded        somebody else has decided on a proposal
    │   │   └── ProposalDecided  the same, told with what was decided
    │   ├── TooManyCatalogues    an account keeps as many catalogues as it may
    │   ├── CatalogueGone        a catalogue that was deleted
    │   ├── TooManyReviews       an account keeps as many reviews as it may
    │   ├── NoSchedule           a plan without a schedule is neither approved nor forecast
    │   ├── NoStatusDate         a forecast is saved by its status date, and there is none
    │   ├── NotesRefused         notes that are too long
    │   ├── FileNotMade          a file to save could not be made
    │   └── FileTooLarge         a file to save is larger than a seat may have
    ├── InputRefused             what was typed cannot be read, or lies beyond its bounds
    │   ├── NumberRefused        a number, which may also be too exact
    │   ├── DayRefused           a day
    │   └── GoalRefused          what is asked backwards for can be asked of no plan
    └── StoreError               the plan could not be kept or fetched
        ├── StoreTakenAway       the file that was in use is there no more
        ├── HoldsSessions        a backup would take the place of what is there
        ├── UnreadableRevision   another version of the program has saved it, or owns the tables by now
        ├── NotDecided           a decision on a proposal could not be kept
        ├── TooManyWriters       others changed it again and again at the same moment
        └── TooMuchWritten       one address has had much saved within a short time
            └── TooManyUnsaved   and so many of its changes wait that one more is not taken

An error keeps its parts, so that every medium can arrange and translate them; its own text, in English, is composed
from them. A doubtful but usable input is not an error: it is a `Finding` beside the plan. Other exceptions are bugs,
but for signals, which the calling code catches: `BeyondLimitError`, `BrokenSealError`, `DamagedError`, `FileRefused`,
`JobCancelled`, `NameNeeded`, `NoScanError`, `OtherVersionError`, `StaleRevisionError`, `TooManyStepsError`,
`WriteRefused`, `WrongCell`, `_FileError`, `_GivenBackError`, `_NotDoneError`, `_NothingToGain`, `_RefusedError` and
`_TakenAwayError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zt_planner.gaps import CIRCLE_LENGTH, shortened


def msgid(text: str) -> str:
    """Mark a text for translation that is shown later, by `Language.say`."""
    return text


def msgids(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a text with a number for translation; they are shown later, as a `Plural`."""
    return one, many


class PlannerError(Exception):
    """Base of all errors that a person can mend."""

    def __reduce__(self) -> tuple[object, ...]:
        """Be pickled with all parts: only the composed text is in `args`, from which no error can be made again."""
        return type(self).__new__, (type(self), *self.args), self.__dict__


def sentences(problem: str, remedy: str, values: Mapping[str, object]) -> str:
    """Fill the gaps of problem and remedy and write them as two English sentences."""
    filled = (problem.format(**values), remedy.format(**values))
    return " ".join(text if text.endswith("?") else f"{text}." for text in filled)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a data file. `row` counts as a spreadsheet does: the header is row 1."""

    file: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Read as `prices.csv, row 41, column amount`."""
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{column}"


class CatalogError(PlannerError):
    """A data file is wrong: `file`, `row`, `column` and `value` say where, `problem` and `remedy` what.

    `file` is a name without folders; row, column and value are None where the fault has none.
    Problem and remedy are texts to translate, with gaps like `{value}` that `values` fill.
    """

    def __init__(self, place: Place, problem: str, remedy: str, **values: object) -> None:
        """Compose the text, as in `prices.csv, row 41, column amount: '1.200' is not a number. Write 1200`."""
        self.file, self.row, self.column = place.file, place.row, place.column
        self.problem, self.remedy, self.value = problem, remedy, values.get("value")
        self.values = values | {"value": shortened(self.value)} if isinstance(self.value, str) else values
        super().__init__(f"{place}: {sentences(problem, remedy, self.values)}")


class FileProblem(CatalogError):
    """The file cannot be used as a whole."""


class ColumnProblem(CatalogError):
    """A column is missing, unknown or there twice."""


class RowProblem(CatalogError):
    """One row cannot be split into the cells of its header."""


class CellProblem(CatalogError):
    """One value in one row."""


class CircleProblem(CellProblem):
    """A task depends on itself through a chain; `circle` spells it out, first task repeated."""

    def __init__(self, place: Place, circle: tuple[str, ...]) -> None:
        """Compose the circle as `a -> b -> a`."""
        self.circle, chain = circle, " -> ".join(circle)
        problem = msgid("{circle} is a circle: each task waits for the next")
        remedy = msgid("Remove one of these dependencies")
        super().__init__(place, problem, remedy, value=chain, circle=shortened(chain, CIRCLE_LENGTH))


class BackupProblem(CatalogError):
    """A backup cannot be restored: damaged, cut off, or of a later version."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a scenario's field; problem and remedy are to translate, with gaps that `values` fill."""

    path: str
    problem: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Read as one line of an error message, in English."""
        return f"{self.path}: {sentences(self.problem, self.remedy, self.values)}"


class ScenarioError(PlannerError):
    """A scenario that cannot be planned; `problems` holds one entry a faulty field, of very many the first."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        """Compose one line a field."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class SettingsError(ScenarioError):
    """Settings that are wrong, by the names of their environment variables."""


class InputRefused(PlannerError):
    """What was typed cannot be read, or lies beyond its bounds; `values` are in the reader's form."""

    def __init__(self, problem: str, remedy: str, **values: object) -> None:
        """Compose the text."""
        self.problem, self.remedy, self.values = problem, remedy, values
        super().__init__(sentences(problem, remedy, values))


class NumberRefused(InputRefused):
    """A typed number; it may also be too exact."""


class DayRefused(InputRefused):
    """A typed day."""


class GoalRefused(InputRefused):
    """A day or an amount for which no plan can be asked; those in `values` are shown in the reader's form."""


class StoreError(PlannerError):
    """The plan could not be kept or fetched: where, and why as the database says it; pages say neither."""

    problem = "{place} cannot be used ({reason})"
    remedy = "Check the disk, the file or the database server"

    def __init__(self, place: str = "", reason: str = "") -> None:
        """Compose what happened, to what, what to do next."""
        self.values = {"place": place, "reason": reason}
        super().__init__(sentences(self.problem, self.remedy, self.values))


class StoreTakenAway(StoreError):
    """The file that keeps the plans was there and is there no more; it may come back."""

    problem = msgid("The file that stores the plans is missing")
    remedy = msgid("Your change stays on this page and is saved automatically once the file is back")


class HoldsSessions(StoreError):
    """A backup would be restored where sessions are kept already."""

    problem = msgid("There are sessions already in {place}")
    remedy = msgid("Add --replace to overwrite them with the backup")


class UnreadableRevision(StoreError):
    """This program cannot read the latest revision, or the tables, which a later one has brought up."""

    problem = msgid("Another version of ZT Planner has saved this plan")
    remedy = msgid("Update ZT Planner, or reload the page in a minute. Until then, nothing is saved here")


class NotDecided(StoreError):
    """A decision on a proposal could not be saved; unlike a change, it does not wait."""

    problem = msgid("Your decision could not be saved")
    remedy = msgid("The proposal stays open and nothing has changed. Decide again in a moment")


class TooManyWriters(StoreError):
    """Others changed the plan at the same moment, again and again."""

    problem = msgid("Others are changing this plan at the same moment")
    remedy = msgid("Your change stays on this page and is saved automatically in a few seconds")


class TooMuchWritten(StoreError):
    """One address has had so much saved within a short time that it has to wait."""

    problem = msgid("A lot has been saved from your network address in a short time")
    remedy = msgid("Your change stays on this page and is saved automatically within a few minutes")


class TooManyUnsaved(TooMuchWritten):
    """As many changes wait on a page as it keeps; one more is not taken."""

    problem = msgid("Too many of your changes are waiting to be saved")
    remedy = msgid("This change was not made. Wait until the others are saved, then make it again")


class SessionError(PlannerError):
    """A planning session does not allow something now; `problem` and `remedy` are texts to translate."""

    problem = remedy = ""
    typed: Mapping[str, object] = {}
    """What somebody typed that can be shown nowhere else, by the fields' paths."""

    def __init__(self, **values: object) -> None:
        """Compose what happened and what to do next."""
        self.values = values
        super().__init__(sentences(self.problem, self.remedy, values))


class NotAllowed(SessionError):
    """A viewer, a locked session, or a seat that has ended."""

    problem = msgid("You can watch this plan, but not change it now")
    remedy = msgid("Ask the owner of the session")


class SeatEnded(SessionError):
    """The participant's key opens nothing: the link was renewed, the seat taken away, the session deleted."""

    problem = msgid("Your seat in the planning session has ended")
    remedy = msgid("Ask the owner of the session for a new link")


class PlanGone(SessionError):
    """The plan that a browser's page showed is not in the store any more: deleted, expired, or another store by now."""

    problem = msgid("Your plan is no longer stored here: it was deleted, or the server now uses another database")
    remedy = msgid("You now see the example. If you saved your plan as a file, open that file")


class NothingToUndo(SessionError):
    """There is nothing of one's own to undo or redo."""

    problem = msgid("You have no change left to undo")
    remedy = msgid("Others may have changed this since. Enter the value you want")


class TextRefused(SessionError):
    """A name that is too long or cannot be printed."""

    problem = msgid("'{value}' cannot be a name")
    remedy = msgid("Use 1 to {most} printable characters")


class NameMissing(TextRefused):
    """A name that is empty."""

    problem = msgid("The name is empty")
    remedy = msgid("Write a name")


class TooManySessions(SessionError):
    """One address has begun many sessions within a minute: a machine does that, not a person."""

    problem = msgid("Too many new plans were begun from this address")
    remedy = msgid("Wait a minute and change the plan again")


class QueueFull(SessionError):
    """So many calculations wait at this server that one more would wait too long."""

    problem = msgid("Too many calculations are waiting on this server")
    remedy = msgid("Try again in a minute")


class TooManyAsked(SessionError):
    """Calculations that were asked for from the same address wait already."""

    problem = msgid("Too many calculations from your network address are waiting")
    remedy = msgid("Wait until one of them starts, or cancel one, then try again")


class CalculationStopped(SessionError):
    """The process that calculated was killed, as the system does when memory runs out."""

    problem = msgid("The calculation was stopped on the server")
    remedy = msgid("Start it again")


class SessionFull(SessionError):
    """As many people have a seat in a session as it takes."""

    problem = msgid("This session is full")
    remedy = msgid("Ask the owner to remove unused seats")


class SeatsFull(SessionError):
    """A browser or an account has as many seats as are listed."""

    problem = msgid("You already take part in {most} sessions, which is the limit")
    remedy = msgid("On the “My sessions” page, leave or delete some that you no longer need, then try again")


class VariantGone(SessionError):
    """A variant that should be changed is not there any more."""

    problem = msgid("Variant {letter} was deleted or replaced in the meantime")
    remedy = msgid("Your change was not saved. Whoever deleted or replaced the variant can restore it with Undo")


class PlanReplaced(SessionError):
    """The plan that should be changed is not there any more, or is no longer the plan."""

    problem = msgid("The plan was replaced in the meantime")
    remedy = msgid("Your change was not saved. You see the new plan: make your change again if you want it there")


class TooManyVariants(SessionError):
    """All variants of a session are taken."""

    problem = msgid("A plan has at most {most} variants beside it")
    remedy = msgid("Delete one of them, or make one of them the plan")


class VariantInTheWay(SessionError):
    """What differs in a variant does not fit the plan as it would become."""

    problem = msgid("With this, variant {letter} ({name}) would not be valid: {reason}")
    remedy = msgid("Change the variant first, or delete it")


class NothingToPropose(SessionError):
    """A copy differs in nothing that can be proposed."""

    problem = msgid("There is nothing to propose: your copy is the same as the session")
    remedy = msgid("Change something first. Names, what was recorded, and hidden day rates are not proposed")


class SourceGone(SessionError):
    """The session that a plan was copied from is over, or one's seat in it."""

    problem = msgid("The session this plan was copied from has ended, or you no longer have a seat in it")
    remedy = msgid("Your copy stays. Ask the owner for a new link, or send them the scenario as a file")


class TooManyProposals(SessionError):
    """So many proposals wait in a session that it takes no more."""

    problem = msgid("{most} proposals wait for a decision already")
    remedy = msgid("Propose this once one of them is decided")


class ProposalEnded(SessionError):
    """Somebody has decided on a proposal meanwhile."""

    problem = msgid("Somebody has decided on this proposal in the meantime")
    remedy = msgid("The “Record” page shows the outcome")


class ProposalDecided(ProposalEnded):
    """The same, with what was decided, by whom and when."""

    problem = msgid("This proposal was decided in the meantime: {outcome}")
    remedy = msgid("What you pressed has changed nothing")


class TooManyCatalogues(SessionError):
    """An account keeps as many catalogues as it may."""

    problem = msgid("You keep {most} catalogues, as many as you may")
    remedy = msgid("Delete one of them first")


class CatalogueGone(SessionError):
    """A catalogue was deleted meanwhile."""

    problem = msgid("This catalogue was deleted in the meantime")
    remedy = msgid("Choose another one, or save it again")


class TooManyReviews(SessionError):
    """An account keeps as many reviews as it may."""

    problem = msgid("You keep the reviews of {most} days, as many as you may")
    remedy = msgid("Delete one of the reviews first")


class NoSchedule(SessionError):
    """A plan without a schedule comes to nothing that could be approved or saved."""

    problem = msgid("The plan has no schedule, so there are no figures to keep")
    remedy = msgid("Resolve the findings that stop it first")


class NoStatusDate(SessionError):
    """A forecast is saved by its status date, and there is none."""

    problem = msgid("There is no status date to save the forecast for")
    remedy = msgid("Set the status date on the “Roadmap” page first")


class NotesRefused(SessionError):
    """Notes that are too long; those that are kept stay as they are."""

    problem = msgid("The notes have {length} characters; at most {most} are kept")
    remedy = msgid("Shorten them, or keep a part elsewhere")


class FileNotMade(SessionError):
    """Nobody knows what went wrong but the log."""

    problem = msgid("The file could not be created")
    remedy = msgid("Try again in a minute")


class FileTooLarge(SessionError):
    """A single file would take more than a seat may."""

    problem = msgid("The file is larger than {most} MB")
    remedy = msgid("Save single formats, or a plan with fewer tasks")
