"""Findings in plain words: what was noticed, what it means, what to do."""
