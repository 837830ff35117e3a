"""Small concerns added up: rules over what came in about the same people; each hit is a task for a person (M76)."""
