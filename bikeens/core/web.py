"""The site as a web server runs it: requests are UTF-8, and no statement takes for ever."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponseBase

from bikeens.core.postgresql.base import DatabaseWrapper
from bikeens.core.unicode import UTF8Request

# A page waits for milliseconds, and behind a lock for moments. Jobs, migrations and commands take the time they need.
STATEMENT_TIMEOUT = "10s"


class Site(WSGIHandler):
    request_class = UTF8Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        # Each thread has a connection of its own, which is told when it is made.
        here = connections[DEFAULT_DB_ALIAS]
        assert isinstance(here, DatabaseWrapper)
        here.statement_timeout = STATEMENT_TIMEOUT
        return super().__call__(environ, start_response)
