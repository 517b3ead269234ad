"""The opening library (岗位库): an enterprise's openings, their events, and what is to be put right."""
