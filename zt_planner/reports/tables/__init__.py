"""Tables, each a declaration of columns, and the numbers behind them."""
