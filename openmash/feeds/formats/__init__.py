"""One file for each format in which an agency may send whom it knows."""
