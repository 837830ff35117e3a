"""THE SEALED ROOM: what each agency holds. Three doors: deposit, read, count."""
