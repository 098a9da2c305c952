"""What the web server runs: `lines`, which receives requests and has the application answer them."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from motcua.config.processes import die_with_parent
from motcua.toolkit.arrivals import in_one_thread
from motcua.toolkit.lines import Lines
from motcua.toolkit.loaded import leave_to_itself
from motcua.toolkit.static import serve_static

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
die_with_parent()
django = get_wsgi_application()
hall = in_one_thread(
    django, busy=import_string(settings.BUSY_PAGE), proxies=settings.TRUSTED_PROXIES
)
application = serve_static(hall, folder=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
lines = Lines(application, hall)
leave_to_itself()
