"""What is asked about bookings: a bureau's rules, an event's terms and booths, an enterprise's record."""
