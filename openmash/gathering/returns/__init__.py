"""The agencies' own forms: one file each. A new file is a new form."""
