"""How fast it is: each stage, the whole build, and maintained peers, on the same text and one core."""
