"""What may come in from a browser."""
