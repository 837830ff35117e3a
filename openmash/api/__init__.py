"""The machine's desk: the same acts and queries as the pages, over JSON. Owns no table."""
