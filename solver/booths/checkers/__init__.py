"""The checkers of every hard rule, in plain Python."""
