"""Domestic abuse at the point of enquiry: its grade, on whose judgement, what changed it; and the MARAC criteria."""
