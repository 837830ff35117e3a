"""Adults at risk: the Care Act test, capacity, what the adult wants, and whether a child was considered."""
