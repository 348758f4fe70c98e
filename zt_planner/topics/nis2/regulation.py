"""NIS2 in a country: its law, what is due when, what the directors owe, and whether it probably applies (M29).

Laws: nobody is told that a law applies; what a country's row does not say is the directive's, and said to be; what
was not found has no amount, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.data.rules import DIRECTIVE, Duty, LawStatus
from zt_planner.engine.costing.trust import Mark
from zt_planner.engine.nis2.regulation import CONCERNED, Applicability, applicability, country_of, excluded_by, has_nis2
from zt_planner.engine.plan import StoppedPlan
from zt_planner.errors import msgid
from zt_planner.language import Country, LongDay, Plural, Text, Trimmed, Words, sentences
from zt_planner.topics.badges import Badge
from zt_planner.topics.labels import label
from zt_planner.topics.nis2.concerned import cautions
from zt_planner.topics.published import source_word
from zt_planner.topics.table import Column, table_of

if TYPE_CHECKING:
    from zt_planner.domain.data.rules import Regulation
    from zt_planner.topics.table import Table
    from zt_planner.topics.view import AnyView

TRAINING = "directors-training"
"""The proposed task by which directors are trained."""
DUTIES = {
    Duty.APPROVE: msgid("Approve the measures"),
    Duty.IMPLEMENT: msgid("Put the measures into effect"),
    Duty.SUPERVISE: msgid("Supervise that they are carried out"),
    Duty.TRAIN: msgid("Attend training"),
}
PROBABLY = {
    Applicability.UNKNOWN: msgid("Name the sector to see whether the law probably applies."),
    Applicability.ESSENTIAL: msgid("Probably an essential entity: {sector}, {size}."),
    Applicability.IMPORTANT: msgid("Probably an important entity: {sector}, {size}."),
    Applicability.SOME_KINDS: msgid(
        "Probably not by its size ({size}), but some kinds of {sector} fall under the law whatever their size."
    ),
    Applicability.NOT_DIRECTLY: msgid(
        "Probably not directly ({sector}, {size}), but customers may ask for the same measures."
    ),
    Applicability.EXCLUDED: msgid(
        "Probably not, because the definition excludes {subsector} ({why}). This is our own reading, and customers "
        "may still ask for the same measures."
    ),
    Applicability.NO_SUCH_LAW: msgid(
        "Probably not directly: NIS2 is not law here, but customers may ask for the same measures."
    ),
}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of the directors, what the plan does for it, and when."""

    duty: Words
    plan: Words
    when: Words
    source: Words


@dataclass(frozen=True, slots=True)
class CountryLaw:
    """The law of a country, as far as it is known; `own` is None where there is no row, or no country."""

    view: AnyView
    country: str
    own: Regulation | None
    directive: Regulation

    @property
    def is_own(self) -> bool:
        """Tell whether anything of the country's own law is shown."""
        return self.own is not None and self.own.status is not LawStatus.NOT_VERIFIED

    @property
    def judged(self) -> Applicability:
        """What the test says of the company."""
        return applicability(self.view.plan.scenario.company, self.country, self.view.case.base_model.rules)

    @property
    def is_concerned(self) -> bool:
        """Tell whether the test says that the law probably concerns the company, or some of its kinds."""
        return self.judged in CONCERNED

    @property
    def is_known(self) -> bool:
        """Tell whether anything follows here: the country's own law, or the directive where it binds the country."""
        return self.is_own or has_nis2(self.country, self.own)

    @property
    def shown(self) -> Regulation:
        """The row that is shown: the country's, otherwise the directive's."""
        return self.own if self.own is not None and self.is_own else self.directive

    def from_directive(self, *, is_directive: bool) -> Words:
        """Say of what the country's row does not hold that it is the directive's."""
        return Text("under the directive") if is_directive and self.is_own else ""

    @property
    def duties(self) -> dict[Duty, bool]:
        """The directors' duties, and whether one is known from the directive alone; none where NIS2 is no law."""
        if not has_nis2(self.country, self.own):
            return {}
        own, common = self.shown.duties, self.directive.duties
        return {duty: duty not in own for duty in Duty if duty in own or duty in common}


def law_in(view: AnyView, country: str | None = None) -> CountryLaw | None:
    """Return the law of a country, by default of the plan's; None for a model that knows no directive."""
    rules = view.case.base_model.rules
    directive, chosen = rules.law_of(DIRECTIVE), country_of(view.plan.scenario) if country is None else country
    return None if directive is None else CountryLaw(view, chosen, rules.law_of(chosen), directive)


def countries_known(view: AnyView) -> dict[str, Words]:
    """Return the countries that have a row by their code, the plan's own among them."""
    codes = {law.country for law in view.case.base_model.rules.laws} - {DIRECTIVE}
    own = country_of(view.plan.scenario)
    return {code: Country(code) for code in sorted(codes | {own} if own else codes)}


def law_sentence(found: CountryLaw) -> Words:
    """Say what the law is, and how far it is known."""
    own = found.own
    if not found.country:
        return Text("The plan has no region. What follows is the directive.")
    name = Country(found.country)
    if not found.is_known:
        return Text("{country}: nothing is known here of its law, and NIS2 does not bind it.", country=name)
    if own is None:
        return Text("{country}: nothing is known here of its law. What follows is the directive.", country=name)
    if own.law is None:
        return Text("{country}: no source of its law was found. What follows is the directive.", country=name)
    law = Text(own.law)
    if own.in_force is None:
        return Text(
            "{country}: {law}; no source says that it is in force. What follows is the directive.",
            country=name,
            law=law,
        )
    day = own.in_force
    is_to_come = own.in_force > found.view.plan.today
    if own.status is LawStatus.OTHER_LAW:
        text = msgid("{country}: no NIS2. {law}, in force since {day}.")
        text = msgid("{country}: no NIS2. {law}, in force from {day} on.") if is_to_come else text
    else:
        text = msgid("{country}: {law}, in force since {day}.")
        text = msgid("{country}: {law}, in force from {day} on.") if is_to_come else text
    return Text(text, country=name, law=law, day=day)


def law_badges(found: CountryLaw) -> tuple[Badge, ...]:
    """Return what must be known about the source: that no law in force was found, or that it is old."""
    own = found.own
    marks = []
    if found.country and not found.is_own:
        marks.append(Badge(Mark.ASSUMED, Text("no law in force was found")))
    if (own or found.directive).is_stale(found.view.plan.today):
        marks.append(Badge(Mark.STALE, Text("read over two years ago")))
    return tuple(marks)


def law_notes(found: CountryLaw) -> tuple[Words, ...]:
    """Return what is to be known of the law and its directors, whom it is about, the list of measures, the source."""
    if not found.is_known:
        return ()
    row = found.own or found.directive
    listed = Text("National list of measures: {name}.", name=Text(row.measure_list)) if row.measure_list else ""
    note = Text("Note: {text}.", text=Text(row.note)) if row.note else ""
    words = {"source": Text(row.source), "confidence": source_word(row.confidence)}
    source = Text("Source: {source}; {confidence}.", **words)
    if row.read_on is not None:
        source = Text("Source: {source}; read on {day}; {confidence}.", day=row.read_on, **words)
    whom = Text("Who is covered: {population}.", population=Text(row.population))
    directors = Text("Directors: {text}.", text=Text(row.duties_note)) if row.duties_note else ""
    return tuple(text for text in (note, directors, whom, listed, source) if text)


def applies_sentence(found: CountryLaw) -> Words:
    """Say whether the law probably applies, and that this is a first test."""
    company = found.view.plan.scenario.company
    judged, excluded = found.judged, excluded_by(company, found.view.case.base_model.rules)
    people = company.employees if company.full_time_equivalents is None else company.full_time_equivalents
    answer = Text(
        PROBABLY[judged],
        sector="" if company.sector is None else label(company.sector),
        size=Plural("{n} full-time equivalent", "{n} full-time equivalents", Trimmed(people)),
        subsector="" if excluded is None else Text(excluded.name),
        why="" if excluded is None else Text(excluded.why),
    )
    if judged is Applicability.UNKNOWN:
        return answer
    is_directive = bool(found.country) and not found.is_own
    parts = [answer, *cautions(found.view, found.own, judged, is_directive=is_directive)]
    parts.append(Text("This is a first test by sector and size, no legal advice: have a lawyer check it."))
    return sentences(*parts)


def duties_of(found: CountryLaw) -> tuple[DutyRow, ...]:
    """Return the directors' duties, with what the plan does for each."""
    view = found.view
    plan = view.plan
    approved = plan.scenario.status.approved
    trained: Words = next((LongDay(task.finish) for task in plan.tasks if task.task.id == TRAINING), "")
    if isinstance(plan, StoppedPlan) and TRAINING in plan.scenario.tasks.own:
        trained = Text("no schedule")
    done = {
        Duty.APPROVE: (
            Text("The board paper asks for this decision, for the measures of this plan only"),
            Text("not approved yet") if approved is None else LongDay(approved.on),
        ),
        Duty.IMPLEMENT: (Text("The roadmap carries out the measures of this plan only"), Text("task by task")),
        Duty.SUPERVISE: (Text("The status report compares the work with the approved plan"), Text("every month")),
        Duty.TRAIN: (
            Text("An own task trains them") if trained else Text("No task of the five steps trains them"),
            trained or Text("not in the plan"),
        ),
    }
    return tuple(
        DutyRow(Text(DUTIES[duty]), *done[duty], found.from_directive(is_directive=is_directive))
        for duty, is_directive in found.duties.items()
    )


def duty_table(found: CountryLaw) -> Table:
    """Return the directors' duties as a table; where one is known from the directive alone, it says so."""
    rows = duties_of(found)
    columns: list[Column[DutyRow]] = [
        Column(Text("Duty of the directors"), value=lambda row: row.duty),
        Column(Text("What the plan does for it"), value=lambda row: row.plan),
        Column(Text("When"), value=lambda row: row.when),
    ]
    if any(row.source for row in rows):
        columns.append(Column(Text("Note"), value=lambda row: row.source))
    return table_of(columns, rows)
