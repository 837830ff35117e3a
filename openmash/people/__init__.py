"""Persons, names, identifiers, addresses, households and relationships."""
