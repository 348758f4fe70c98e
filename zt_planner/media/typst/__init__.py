"""Documents and pictures set by typst."""
