"""Writes: one file per verb; services take the session first and never commit."""
