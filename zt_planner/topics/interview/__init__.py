"""What a company answers: which of its answers matter most for the money and the finish."""
