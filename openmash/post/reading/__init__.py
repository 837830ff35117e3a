"""Reading a reply: from raw bytes to a form that is filled in as far as it can be. Knows no database."""
