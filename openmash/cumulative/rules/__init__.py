"""One rule a file: a plain sentence with its numbers, and how its evidence is found."""
