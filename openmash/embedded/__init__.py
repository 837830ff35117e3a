"""The PostgreSQL of `./mash demo` and `./mash test`: a server that needs no set-up and leaves nothing running.

It is started from the binaries of a wheel, or of any directory that is named, listens on a private socket only, and
dies with the process that started it. It knows nothing of safeguarding and nothing of Django. A hub in real use names
its own PostgreSQL with `DATABASE_URL` and never comes here.
"""

from openmash.embedded.lifeline import spawn, stop
from openmash.embedded.place import Unusable
from openmash.embedded.server import Server, attach, is_free

__all__ = ["Server", "Unusable", "attach", "is_free", "spawn", "stop"]
