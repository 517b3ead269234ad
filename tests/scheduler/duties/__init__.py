"""Tests of duties: what is owed, what counts, what is made."""
