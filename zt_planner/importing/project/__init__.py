"""Project files that come back: read, told apart from what was exported, and turned into edits of the plan."""
