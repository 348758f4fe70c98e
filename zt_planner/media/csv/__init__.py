"""CSV files: the plan, the price book, and their dialects."""
