"""Screening, rating, and the basis on which agencies may be asked."""
