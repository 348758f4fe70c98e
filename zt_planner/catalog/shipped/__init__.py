"""The files of `data/`: what each column means and what rows must be together."""
