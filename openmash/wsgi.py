"""What the web server calls (`openmash.wsgi:application`)."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmash.settings")
application = get_wsgi_application()
settings.SECRET_KEY  # noqa: B018 - refuses to start without one
