"""Plans side by side: tables of their figures and bridges, and what is said of them in sentences."""
