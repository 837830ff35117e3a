"""How every page looks and reads: GOV.UK components, layouts, forms and dates in words.

This room knows Django, Jinja2 and the GOV.UK and MOJ design systems. It knows no safeguarding.
"""
