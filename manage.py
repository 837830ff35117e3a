#!/usr/bin/env python
"""Django's own commands. `mash` calls these with the database already chosen; on their own they read the environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmash.settings")
    execute_from_command_line(sys.argv)
