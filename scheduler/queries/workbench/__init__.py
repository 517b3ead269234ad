"""What organizers see on their workbench; every question is asked within a member's scope."""
