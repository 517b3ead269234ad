"""Who gets in: the published order, walked from the first to the last."""

from solver.booths.admission.walk import Admission, Walk

__all__ = ["Admission", "Walk"]
