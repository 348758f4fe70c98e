"""What somebody keeps who signs in: sessions, clients with their reviews, catalogues, and what finished plans teach."""
