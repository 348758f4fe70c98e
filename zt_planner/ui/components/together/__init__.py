"""Several people in one session: who is here, what they change, undo, proposals, and what the others see at once."""
