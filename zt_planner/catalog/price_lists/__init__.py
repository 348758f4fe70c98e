"""Price lists that come from outside, and tables that people edit: proposals for the price book."""
