"""Notes every decision as it is written, whoever writes it: no service has to remember to do so."""

from scheduler.auditing.watching import By, act_as, concerning, note_made, note_of, noting, watch

__all__ = ["By", "act_as", "concerning", "note_made", "note_of", "noting", "watch"]
