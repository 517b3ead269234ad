"""A fingerprint by which a stored allocation can be told to belong to a problem."""

import hashlib
import json

from solver.booths.problem import Problem
from solver.plain import to_plain

PROBLEM_FORMAT = "fair-booths-problem/1"
"""The JSON form whose hash is taken; another form gives another hash."""


def problem_hash(problem: Problem) -> str:
    """Return the SHA-256 of the canonical JSON: equal problems, and only they, have equal hashes."""
    canonical = json.dumps(to_plain(problem), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
