"""The report card: what a partner learns of its own enquiries and answers. Reads everything, changes nothing."""
