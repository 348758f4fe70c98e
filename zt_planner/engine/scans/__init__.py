"""Scans of other programs as a proposal for a plan, and what is confirmed of it as one edit (M38)."""
