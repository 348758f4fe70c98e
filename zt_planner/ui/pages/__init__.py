"""One module a page; each arranges reports and computes nothing."""
