"""The limits of a server, which settings change."""

from typing import Final, NamedTuple

DATABASE_CONNECTIONS: Final = 15
"""To a PostgreSQL server at once, of each process."""
SESSIONS_A_MINUTE: Final = 60
"""That one address may begin: more than a room full of people, less than a program fills a disk with."""
LINK_REQUESTS_A_MINUTE: Final = 300
"""Of one address: a full hall gets in, each with a look and a press."""
INVALID_LINKS_A_MINUTE: Final = 30
"""Of one address: the tries of whoever guesses links. No setting changes it."""
CALCULATIONS_AT_ONCE: Final = 2
"""A short question waits for no search of ten seconds; more at once only share the core that pages leave."""
CALCULATIONS_WAITING: Final = 50
SECONDS: Final = 60.0
"""In a minute."""


class Rate(NamedTuple):
    """How much there is at once, and how much comes back in a minute."""

    at_once: float
    a_minute: float

    @property
    def seconds_each(self) -> float:
        """How long one unit takes to come back."""
        return SECONDS / self.a_minute

    @property
    def seconds_whole(self) -> float:
        """How long an empty bucket takes to refill."""
        return self.at_once * self.seconds_each
