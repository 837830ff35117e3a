"""The two forms for everybody: what they ask, page by page, and in which order.

A form is a list of pages (`public.py`, `professional.py`). Which of them apply follows from what has been typed.
"""
