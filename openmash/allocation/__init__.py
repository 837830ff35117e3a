"""Handing on: receiving teams, acknowledgement, step-up and step-down."""
