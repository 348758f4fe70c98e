"""Who is in a session: seats, those that a browser holds, and who is here."""
