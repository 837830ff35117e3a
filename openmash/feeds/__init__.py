"""Whom each agency knows, as it sends it: identity, open or closed, whom to ask, and dated events where that is agreed.

What an agency sends stays its own. The hub learns from it only who knows a person; events are read from an enquiry.
"""
