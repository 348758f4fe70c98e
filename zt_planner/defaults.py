"""The default limits of a server, each of which a setting changes."""

from typing import Final

DATABASE_CONNECTIONS: Final = 15
"""To a PostgreSQL server at once, of each process."""
SESSIONS_A_MINUTE: Final = 60
"""That one address may begin: more than a room full of people, less than a program fills a disk with."""
LINK_REQUESTS_A_MINUTE: Final = 300
"""Of one address: a full hall gets in, each with a look and a press."""
CALCULATIONS_AT_ONCE: Final = 2
"""A short question waits for no search of ten seconds; more at once only share the core that pages leave."""
CALCULATIONS_WAITING: Final = 50
