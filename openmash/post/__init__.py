"""Agencies that only have e-mail: what is written to them, and what they write back."""
