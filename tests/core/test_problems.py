"""Whatever is wrong with a request, the answer is a problem with a code, and never a 500."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


def problem(answer, status, code):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert (body["type"], body["status"], body["code"]) == ("about:blank", status, code)
    assert body["title"]
    assert body["detail"]
    return body


@pytest.fixture
def patch(api, bob):
    def send(body, content_type="application/json"):
        return api(bob).generic("PATCH", "/api/me", body, content_type=content_type)

    return send


def test_a_field_that_does_not_exist_is_named(api, bob):
    body = problem(api(bob).patch("/api/me", {"nome": "Bob", "name": "Rob"}), 400, "invalid")
    assert body["fields"] == {"nome": [{"code": "unknown_field", "message": "There is no such field."}]}
    bob.refresh_from_db()
    assert bob.name == "Bob"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"name": NaN}',
        b'{"name": ' + b"9" * 5000 + b"}",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"name":' * 50_000 + b"1" + b"}" * 50_000,
    ],
    ids=["empty", "cut", "not utf-8", "not a number", "huge number", "deep list", "deep object"],
)
def test_what_is_not_json_is_malformed(patch, bob, body):
    answer = patch(body)
    if body:
        problem(answer, 400, "malformed")
    else:
        assert answer.status_code == 200
    bob.refresh_from_db()
    assert bob.name == "Bob"


@pytest.mark.parametrize("body", [b"[]", b'"name"', b"1", b"null", b"true", b"[{}]"])
def test_what_is_no_object_is_refused(patch, body):
    answer = patch(body)
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        problem(answer, 400, "invalid")


@pytest.mark.parametrize("name", ["a\u0000b", {"a": 1}, [1], True, "x" * 100_000])
def test_a_value_that_no_database_takes_is_refused(patch, bob, name):
    body = problem(patch(json.dumps({"name": name}).encode()), 400, "invalid")
    assert set(body["fields"]) == {"name"}


def test_a_body_that_is_too_large_is_refused(patch):
    problem(patch(b'{"name": "' + b"x" * 1024**2 + b'"}'), 413, "too_large")


def test_another_kind_of_body_is_refused(patch):
    problem(patch(b"name=Bob", "application/x-www-form-urlencoded"), 415, "unsupported_media_type")
    problem(patch(b"<name/>", "application/xml"), 415, "unsupported_media_type")


def test_a_broken_upload_is_malformed(api, bob):
    client = api(bob)
    for content_type in (
        "multipart/form-data",
        "multipart/form-data; boundary=\u00e9",
        "multipart/form-data; boundary=x",
    ):
        answer = client.generic("PUT", "/api/me/photo", b"--y\r\nnot a part", content_type=content_type)
        assert answer.status_code == 400
        assert answer.json()["code"] in ("malformed", "invalid")


def test_an_upload_of_too_many_fields_or_files_is_refused(api, bob):
    many = {f"f{number}": "x" for number in range(1100)}
    problem(api(bob).put("/api/me/photo", many, format="multipart"), 400, "malformed")
    files = {f"f{number}": SimpleUploadedFile("a.jpg", b"x") for number in range(120)}
    problem(api(bob).put("/api/me/photo", files, format="multipart"), 400, "malformed")


@pytest.mark.parametrize("path", ["/api/nothing", "/api/", "/api/me/", "/api/people/%00", "/api/" + "x" * 5000])
@pytest.mark.parametrize("method", ["get", "post", "delete", "options"])
def test_an_address_that_does_not_exist_is_not_found(api, db, path, method):
    problem(getattr(api(None), method)(path), 404, "not_found")


def test_a_method_that_does_not_exist_is_refused(api, bob):
    problem(api(bob).delete("/api/me"), 405, "method_not_allowed")
    problem(api(bob).generic("BREW", "/api/me"), 405, "method_not_allowed")


def test_an_answer_is_json_or_nothing(api, bob):
    problem(api(bob).get("/api/me", headers={"accept": "text/html"}), 406, "not_acceptable")


def test_a_page_without_the_csrf_token_is_told_to_load_again(bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    problem(client.patch("/api/me", {"name": "Rob"}, content_type="application/json"), 403, "csrf_failed")
    bob.refresh_from_db()
    assert bob.name == "Bob"


def test_a_form_that_lies_about_its_kind_is_no_way_around_the_csrf_token(bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    for content_type in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"):
        answer = client.generic("POST", "/api/me/notices/read", b"--x", content_type=content_type)
        assert answer.status_code in (400, 403, 415)


def test_a_session_that_was_made_up_is_nobodys(api, db):
    client = api(None)
    client.cookies["sessionid"] = "x" * 32
    problem(client.get("/api/me"), 401, "not_signed_in")
    client.cookies["sessionid"] = "\u00e9;'--"
    problem(client.get("/api/me"), 401, "not_signed_in")


@pytest.mark.parametrize("language", ["", "xx", "fr;q=nonsense", "*", "-", "a" * 10_000, "en-" * 500])
def test_any_accept_language_will_do(api, bob, language):
    assert api(bob).get("/api/me", headers={"accept-language": language}).status_code == 200
