"""The data that plans are made with: the price book and the phase model."""
