"""Person matching: who may this be, and who knows them? It never merges by itself.

`candidates` answers with people of the hub; `search` also with those whom only agencies know.
"""

from openmash.people.matching.search import Answer, Candidate, Elsewhere, KnownTo, candidates, search

__all__ = ["Answer", "Candidate", "Elsewhere", "KnownTo", "candidates", "search"]
