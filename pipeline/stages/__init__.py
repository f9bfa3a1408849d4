"""The stages, one room each, in the order they run."""
