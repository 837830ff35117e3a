"""The advice line: what a caller asked, what they were advised, and whether the promised enquiry came (seed 003)."""
