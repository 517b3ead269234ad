"""A real server asked odd things as each role: python3 do.py fuzz."""
