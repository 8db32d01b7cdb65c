"""The real door with the tiny room's addresses, for tests that start a real server."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
settings.ROOT_URLCONF = "tests.room.urls"
