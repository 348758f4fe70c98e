"""Tables from CSV files and spreadsheets: cells, rows, and what is wrong with one."""
