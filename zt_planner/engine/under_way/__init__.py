"""What has come of a plan since it was approved: what it is measured against, how its finish moved, what was earned."""
