"""Documents: the paper for the board, the page for a browser, the picture."""
