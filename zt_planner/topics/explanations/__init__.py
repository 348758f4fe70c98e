"""Why a figure is what it is, and where it changed."""
