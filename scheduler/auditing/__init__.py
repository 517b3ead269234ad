"""Notes every decision as it is written, whoever writes it: no service has to remember to do so."""

from scheduler.auditing.watching import EVERYWHERE, By, act_as, concerning, note_made, watch

__all__ = ["EVERYWHERE", "By", "act_as", "concerning", "note_made", "watch"]
