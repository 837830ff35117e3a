"""Plain Python that every room stands on: verdicts, workflows, shelves and working time.

Knows no Django and no safeguarding.
"""
