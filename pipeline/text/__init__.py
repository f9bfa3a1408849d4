"""Characters: folding with offset maps, and Chinese numerals."""
