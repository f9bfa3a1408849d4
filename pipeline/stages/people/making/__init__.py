"""How the tables of names in `rules/officials` are made."""
