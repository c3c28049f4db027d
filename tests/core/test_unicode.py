"""Text that cannot be written as UTF-8 is refused where it comes in: no answer has to repeat it."""

import json

import pytest
from django.test import Client

from bikeens.accounts.models import User
from tests.accounts.browser import ROOT, Browser
from tests.core.test_problems import problem
from tests.factories import listings, people
from tests.served import TOKEN, served

HALVES = [
    {"\ud800": 1},
    {"name": "a\ud800"},
    {"name": {"deep": ["\udfff"]}},
    {"name": "\ude00\ud83d"},
    ["\ud800"],
    "\ud800",
]
# Codecs of Python that a Content-Type may name: some make half letters, some do not decode text at all.
CODECS = ["utf-7", "unicode_escape", "raw_unicode_escape", "rot13", "hex", "zlib", "idna", "undefined", "utf-16"]


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = TOKEN
    return client


@pytest.fixture
def client(alice) -> Client:
    return signed_in(alice)


@pytest.mark.parametrize("body", HALVES, ids=json.dumps)
def test_half_a_letter_is_malformed_at_every_address_that_takes_json(client, alice, body) -> None:
    bike = listings.draft(alice)
    mine = f"/api/my/listings/{bike.uuid}"
    for method, path in (
        ("POST", "/api/searches/stop"),
        ("POST", "/api/my/searches"),
        ("POST", "/api/my/listings"),
        ("PATCH", mine),
        ("POST", f"{mine}/blocks"),
        ("PUT", f"{mine}/photos/order"),
        ("POST", f"{mine}/stolen"),
        ("POST", "/api/bookings"),
        ("PATCH", "/api/me"),
        ("POST", "/api/me/notices/read"),
    ):
        problem(client.generic(method, path, json.dumps(body), content_type="application/json"), 400, "malformed")
    alice.refresh_from_db()
    assert alice.name == "Alice"
    assert list(alice.listings.values_list("pk", flat=True)) == [bike.pk]


def test_a_whole_letter_may_be_written_as_two_escapes(client, alice) -> None:
    address = f"/api/my/listings/{listings.draft(alice).uuid}"
    body = b'{"title": "V\\u00e9lo \\ud83d\\udeb2 \\\\ud800"}'
    answer = client.generic("PATCH", address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["title"]) == (200, "Vélo \U0001f6b2 \\ud800")


def test_an_encoding_that_the_request_names_changes_nothing(commits) -> None:
    client = signed_in(people.alice())
    for path in (
        "/api/search?near=43,3&%5Cud800=1",
        "/api/search/map?%5Cud800=1&+2AA-=1",
        "/api/listings/0b8e8b9e-0000-4000-8000-000000000000/quote?%5Cud800=1",
        "/api/places?%5Cud800=1",
    ):
        plain = served(client, "GET", path, content_type="")
        assert plain[0] in (400, 404)
        for codec in CODECS:
            assert served(client, "GET", path, content_type=f"application/json; charset={codec}") == plain
    for codec in CODECS:
        kind = f"application/json; charset={codec}"
        status, content = served(client, "PATCH", "/api/me", b'{"+2AA-": 1}', content_type=kind)
        assert (status, set(json.loads(content)["fields"])) == (400, {"+2AA-"})
        assert served(client, "GET", "/en/search/?%5Cud800=1", content_type=kind)[0] == 200


def test_names_of_fields_and_files_are_refused_or_read_as_utf_8(commits) -> None:
    alice = people.alice()
    client = signed_in(alice)
    for part in (
        b'name="+2AA-\\ud800"',
        b'name="\xed\xa0\x80"',
        b'name="file"; filename="\xed\xa0\x80.csv"',
        b"name=file; filename*=utf-7''%2B2AA-.csv",
        b"name=file; filename*=unicode_escape''%5Cud800.csv",
        b"name=file; filename*=rot13''%41.csv",
        b"name*=undefined''%41",
    ):
        body = b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n\r\n+2AA-\\ud800\r\n--x--\r\n"
        for codec in ("utf-8", *CODECS):
            for method, path in (("POST", "/api/my/imports"), ("PUT", "/api/me/photo")):
                kind = f"multipart/form-data; boundary=x; charset={codec}"
                status, content = served(client, method, path, body, content_type=kind)
                assert (status, json.loads(content)["status"]) == (400, 400)
    assert not alice.imports.exists()


@pytest.mark.parametrize(
    "body",
    [
        b'{"email": "alice@example.com", "password": "a long one \\ud800"}',
        b'{"email": "\\ud800@example.com", "password": "a long one"}',
        b'{"\\ud800": 1}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"email": ' + b"9" * 5_000 + b"}",
        b"\xff",
    ],
    ids=["password", "address", "name of a field", "deep", "huge number", "not utf-8"],
)
@pytest.mark.parametrize("path", ["/auth/login", "/auth/signup", "/auth/code/request"])
def test_signing_in_and_up_takes_no_such_text_either(alice, path: str, body: bytes) -> None:
    browser = Browser()
    browser.client.raise_request_exception = False
    token = browser.client.cookies["csrftoken"].value
    answer = browser.client.generic(
        "POST", f"{ROOT}{path}", body, content_type="application/json", headers={"x-csrftoken": token}
    )
    assert (answer.status_code, answer.content) == (400, b"")
    assert User.objects.count() == 1
