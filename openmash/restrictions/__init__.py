"""What stays closed: restricted enquiries, conflicts of interest, and what was opened in an emergency."""
