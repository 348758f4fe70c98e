"""The one picture: roadmap and money on one time axis."""
