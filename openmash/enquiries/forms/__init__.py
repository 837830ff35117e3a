"""What the three forms ask: the public's, the professionals' and the coordinator's on the telephone.

Each class is one subject. The public and professional forms show one on a page; the telephone screen shows all at once,
so every field has a name of its own. Source: reference formats 5.2 and lists E.16.
"""
