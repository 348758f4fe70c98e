"""What is not sure, drawn: spreads, what drives them, date and money together."""
