"""A statement of the web server takes ten seconds at most, then the answer is 503. Nothing else is hurried."""

import json

import pytest
from django.db import connection
from django.test import Client

from bikeens.accounts.models import User
from bikeens.core import web
from listings.models import Listing
from tests import database
from tests.factories import listings, people
from tests.served import TOKEN, served


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = TOKEN
    return client


def timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        return str(cursor.fetchone()[0])


def test_jobs_and_commands_take_the_time_they_need(commits) -> None:
    connection.close()
    assert timeout() == "0"
    assert served(Client(), "GET", "/healthz")[0] == 200
    connection.close()
    assert timeout() == "0"


def test_what_takes_too_long_is_answered_503_and_changes_nothing(commits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the table of listings: every statement that needs it waits."""
    monkeypatch.setattr(web, "STATEMENT_TIMEOUT", "150ms")
    alice = people.alice()
    bike = listings.listing(alice)
    client = signed_in(alice)
    mine = f"/api/my/listings/{bike.uuid}"
    asked = [
        ("GET", "/api/search?near=43.2,3.1", b""),
        ("GET", "/api/search?near=43.2,3.1&from=2027-07-05T10:00&to=2027-07-07T18:00", b""),
        ("GET", "/api/search/facets?near=43.2,3.1", b""),
        ("GET", "/api/search/map?bbox=2.9,43.1,3.2,43.3&zoom=15", b""),
        ("GET", f"/api/listings/{bike.uuid}", b""),
        ("GET", mine, b""),
        ("PATCH", mine, b'{"title": "Another"}'),
    ]
    with database.connect(connection.settings_dict["NAME"]) as other, other.transaction():
        other.execute("LOCK TABLE listings_listing IN ACCESS EXCLUSIVE MODE")
        answers = [served(client, method, path, body, content_type="application/json") for method, path, body in asked]

    assert [status for status, _content in answers] == [503] * len(asked)
    for _status, content in answers:
        body = json.loads(content)
        assert (body["status"], body["code"], body["title"]) == (503, "too_slow", "Service Unavailable")
    assert Listing.objects.get().title == "Gitane with a basket"
    assert [served(client, "GET", path)[0] for method, path, _body in asked if method == "GET"] == [200] * 6
