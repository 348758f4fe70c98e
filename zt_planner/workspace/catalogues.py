"""The catalogues of somebody who signs in: kept, read again, deleted.

Law: what is kept is a catalogue that this program reads, or was one when it was kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.engine.learning import LearnedTask, with_learned
from zt_planner.engine.own_catalogue import catalogue_of
from zt_planner.errors import CatalogueGone, NotAllowed, TooManyCatalogues
from zt_planner.workspace.keys import Account
from zt_planner.workspace.limits import Allowance
from zt_planner.workspace.names import clean_name
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.catalogue import Catalogue
    from zt_planner.store.account.catalogues import KeptCatalogue
    from zt_planner.store.session_store import SessionStore

MOST_KEPT = 30
"""By one account."""


class OwnCatalogues:
    """The catalogues of accounts."""

    def __init__(self, store: SessionStore, plans: Plans, write_allowance: Allowance) -> None:
        self.store, self.plans, self.write_allowance = store, plans, write_allowance

    def of(self, account: Account) -> tuple[KeptCatalogue, ...]:
        """Return what an account keeps, by name."""
        return self.store.catalogues.of(account.id)

    def content(self, account: Account, name: str) -> bytes:
        """Return the file of a catalogue; raise CatalogueGone."""
        content = self.store.catalogues.content(account.id, name)
        if content is None:
            raise CatalogueGone
        return content

    def keeps(self, account: Account, name: str) -> bool:
        """Tell whether an account keeps a catalogue of a name; raise TextRefused."""
        return clean_name(name, NAME_LENGTH) in {kept.name for kept in self.of(account)}

    def save(self, account: Account, state: State, name: str) -> None:
        """Keep what a plan has otherwise than this program, under a name; raise PlannerError.

        Who sees no day rates keeps none.
        """
        if not state.may_change:
            raise NotAllowed
        named = clean_name(name, NAME_LENGTH)
        case = self.plans.plan(state.scenario, shows_labour=state.sees_labour).case
        self._keep(account, state, catalogue_of(case, named, self.plans.price_book, self.plans.phase_model))

    def keep_learned(self, account: Account, state: State, found: Iterable[LearnedTask], name: str) -> None:
        """Keep what finished plans teach under a name; raise PlannerError."""
        self._keep(account, state, with_learned(None, found, clean_name(name, NAME_LENGTH), self.plans.today()))

    def _keep(self, account: Account, state: State, catalogue: Catalogue) -> None:
        from zt_planner.files.catalogue import catalogue_bytes  # noqa: PLC0415 - paid only where one is kept

        content, now = catalogue_bytes(catalogue), datetime.now(UTC)
        self.write_allowance.check(state.address)
        if not self.store.catalogues.save(account.id, catalogue.use.name, content, now, most=MOST_KEPT):
            raise TooManyCatalogues(most=MOST_KEPT)
        self.write_allowance.charge(state.address, len(content))

    def delete(self, account: Account, name: str) -> None:
        """Forget a catalogue."""
        self.store.catalogues.delete(account.id, name)
