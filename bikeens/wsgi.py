import os

from django.core.wsgi import get_wsgi_application

from bikeens.core.unicode import UTF8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bikeens.settings")
application = get_wsgi_application()
application.request_class = UTF8Request
