"""A fair's day as gates, organizers and enterprises see it."""
