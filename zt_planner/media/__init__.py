"""Draws what topics say: paper, web page, workbook, CSV."""
