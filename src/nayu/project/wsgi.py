"""The door that the web server knocks at."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
