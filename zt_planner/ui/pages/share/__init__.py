"""The page Share & export."""
