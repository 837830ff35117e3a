"""How long each record is kept, what holds it, who destroyed it with whom; and what people are given of theirs."""
