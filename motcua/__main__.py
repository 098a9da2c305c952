"""`python -m motcua`: Django's management commands."""

import os

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
execute_from_command_line()
