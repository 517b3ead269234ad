"""What python -m solver can do, one file a group of commands."""
