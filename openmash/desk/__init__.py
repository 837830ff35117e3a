"""A worker's desk: worklists, the enquiry page, the person page, search. Composes; owns no table."""
