"""Explaining and changing plans."""
