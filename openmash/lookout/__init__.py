"""Looking out for people: families who cannot be found, and people whom another area's hub knows (M51, M125)."""
