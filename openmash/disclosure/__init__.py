"""THE AIRLOCK: what is let out of the sealed room, to whom, in what words, on what basis."""
