"""Person matching, behind one function: `candidates(given or person) -> list[Candidate]`. It never merges by itself."""

from openmash.people.matching.search import Candidate, candidates

__all__ = ["Candidate", "candidates"]
