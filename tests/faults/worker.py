"""`python -m tests.faults.worker`: the product's worker, which also knows the jobs of the tests."""

import os

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

import tests.faults.slow_jobs  # noqa: E402, F401 - registering is its import

call_command("worker", concurrency=2)
