"""Reads: every question the product asks its data."""
