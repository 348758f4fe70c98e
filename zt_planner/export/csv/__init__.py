"""CSV files: the plan, the price book, and two dialects."""
