"""A session that several people work in: seats, rules, the record, notes."""
