"""Where planning sessions are kept: one store on two SQL databases."""
