"""The product's settings, with the floor beside its routes and a count of queries in each answer."""

from openmash.settings import *  # noqa: F403
from openmash.settings import MIDDLEWARE as _MIDDLEWARE

ROOT_URLCONF = "bench.server"
MIDDLEWARE = ["bench.server.CountQueries", *_MIDDLEWARE]
SECOND_FACTOR = WORKING_PRACTICES = False  # whoever measures signs in by password and has read nothing
