"""The figures of a text: quantities with their units, and times."""
