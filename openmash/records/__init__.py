"""How long each record is kept, what holds it, and who destroyed it with whom."""
