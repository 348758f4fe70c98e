"""The only code that draws charts: each with its description and its colours."""
