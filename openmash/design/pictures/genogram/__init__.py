"""How a family diagram is laid out and drawn: generations, then order, then places, then strokes and words."""
