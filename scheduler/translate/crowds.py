"""Who draws a crowd, in a hall and on the screen."""

CROWD_HEADCOUNT = 30
"""An enterprise that looks for so many people draws one."""
