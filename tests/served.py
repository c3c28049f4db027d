"""What the site itself answers, as a web server runs it: Django's test client makes its requests in its own way."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from wsgiref.util import setup_testing_defaults

from django.db import connections
from django.test import Client

from bikeens.wsgi import application

# Of the cookie and of the header.
TOKEN = "a" * 32


def served(client: Client, method: str, path: str, body: bytes = b"", *, content_type: str = "") -> tuple[int, bytes]:
    """Status and body, in a thread with a connection of its own: for tests that commit. `client` lends its cookies."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": client.cookies.output(header="", sep=";"),
        "HTTP_X_CSRFTOKEN": TOKEN,
        "wsgi.input": BytesIO(body),
    }
    setup_testing_defaults(environ)
    started: list[str] = []

    def answer() -> bytes:
        try:
            return b"".join(application(environ, lambda status, headers: started.append(status)))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        content = thread.submit(answer).result()
    return int(started[0][:3]), content
