"""The callable that the web server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from motcua.config.processes import die_with_parent
from motcua.toolkit.arrivals import in_one_thread
from motcua.toolkit.loaded import leave_to_itself
from motcua.toolkit.static import serve_static

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
die_with_parent()
application = serve_static(
    in_one_thread(get_wsgi_application()), folder=settings.STATIC_ROOT, prefix=settings.STATIC_URL
)
leave_to_itself()
